"""Whether a number is exact, over, about …, with hedges that stand behind its noun."""

from __future__ import annotations

from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.model import Qualifier
from nhanluc_extract.text.hedges import trailing_qualifier


def qualifier_of(reading: Reading) -> Qualifier:
    """Qualifier of a number; ``trở lên`` may stand behind its noun and the noun's subject.

    Behind a diploma it says which others are counted too, not how many.
    """
    quantity, view = reading.quantity, reading.view
    if quantity.qualifier != "exact" or reading.source is not None or not reading.counted:
        return quantity.qualifier
    if any(term.word.degree is not None for term in reading.counted):
        return "exact"
    end = max(t.last for t in reading.counted)
    while (term := view.term_at.get(end)) is not None and term.word.kind == "subject":
        end = term.last
    return trailing_qualifier(view.tokens, end) or "exact"
