"""From a document to its facts."""
