"""Engines that map the extraction over articles."""
