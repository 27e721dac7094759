"""What a sentence, a heading or a part of one tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from nhanluc_extract.extraction.sentence.terms import Term, merged


class Said:
    """Terms and all their classes, worked out when they are first asked for: few are."""

    def __init__(
        self, terms: Callable[[], Sequence[Term]], classes: Callable[[], frozenset[str]] | None = None
    ) -> None:
        self._terms = terms
        self._classes = classes

    @cached_property
    def terms(self) -> Sequence[Term]:
        return self._terms()

    @cached_property
    def classes(self) -> frozenset[str]:
        return self._classes() if self._classes is not None else merged(t.classes for t in self.terms)


NOTHING = Said(tuple)
