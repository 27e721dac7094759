"""The rule pack: what it says and how it is loaded."""
