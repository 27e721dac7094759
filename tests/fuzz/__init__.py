"""Inputs nobody thinks of, and what must hold for each of them."""
