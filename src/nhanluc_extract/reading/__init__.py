"""Inputs become articles."""
