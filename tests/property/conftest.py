"""How Hypothesis runs here: the first example also reads the language data, so none has a deadline.

``SOAK=1`` asks of every property a hundred times as much as a suite has time for.
"""

import os

from hypothesis import settings

settings.register_profile("nhanluc", deadline=None)
settings.register_profile("soak", deadline=None, max_examples=10_000)
settings.load_profile("soak" if os.environ.get("SOAK") else "nhanluc")
