"""What makes a fact of a claim."""
