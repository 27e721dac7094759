"""How Hypothesis runs here: the first example also reads the language data, so none has a deadline."""

from hypothesis import settings

settings.register_profile("nhanluc", deadline=None)
settings.load_profile("nhanluc")
