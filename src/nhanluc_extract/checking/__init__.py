"""Fixtures, scores and the lint of the rule pack."""
