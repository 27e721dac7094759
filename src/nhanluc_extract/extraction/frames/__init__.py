"""What each number is taken for."""
