"""Characters, lines, sentences, numbers and words of an article."""
