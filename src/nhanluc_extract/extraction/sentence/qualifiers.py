"""Whether a number is exact, over, about …, with hedges that stand behind its noun."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.model import Qualifier, Quantity
from nhanluc_extract.text.hedges import trailing_qualifier

_NEAR = Decimal("0.1")  # of a round number: how far the count lies that it stands for
# How a count is cut to it.
_ROUNDED = {"over": ROUND_FLOOR, "under": ROUND_CEILING, "about": ROUND_HALF_UP}


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


def is_rounded(told: Quantity, exact: Quantity) -> bool:
    """``Hơn 1.100`` for ``1.137``: whether a number is what another comes to, cut to a round one."""
    rounding = _ROUNDED.get(told.qualifier)
    if rounding is None or exact.qualifier != "exact":
        return False
    if not 0 < abs(exact.value - told.value) <= told.value * _NEAR:
        return False  # no "gần 1.000" for 342
    unit = Decimal(10) ** (len(str(int(told.value))) - len(str(int(told.value)).rstrip("0")))
    return (exact.value / unit).to_integral_value(rounding) * unit == told.value
