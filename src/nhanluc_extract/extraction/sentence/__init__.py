"""What one sentence says."""
