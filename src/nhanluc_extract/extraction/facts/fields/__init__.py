"""The fields of a fact, each settled once."""
