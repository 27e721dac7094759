"""What the sentences of an article leave to each other."""
