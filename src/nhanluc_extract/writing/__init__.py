"""Facts become tables."""
