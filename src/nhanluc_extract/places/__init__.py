"""Provinces, districts and where an article speaks of them."""
