"""What a process of the command does before anything heavy is imported."""

from __future__ import annotations

import gc
import sys
from importlib.abc import MetaPathFinder

# A rule pack is some 100,000 objects that all stay: looking for garbage among them costs a tenth of a start.
_OBJECTS_BETWEEN_COLLECTIONS = 200_000


class _Unneeded(MetaPathFinder):
    """Says of packages that pyarrow imports where it finds them that they are not installed.

    numpy comes with the package itself, pandas with the first array that it makes: a fifth of a start, and no
    command needs them. The tokenizer's own engine, which few texts ask for, does need numpy.
    """

    def find_spec(self, name: str, path: object, target: object = None) -> None:
        if name == "pandas" or (name == "numpy" and "underthesea" not in sys.modules):
            raise ModuleNotFoundError(name=name)


def prepare() -> None:
    """Make the start of a process cheap; for processes of our own, not for those that import us."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    sys.meta_path.insert(0, _Unneeded())
