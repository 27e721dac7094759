"""What every number of an article was taken for, for a reader at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from nhanluc_extract.extraction.article import Decision, Extraction
from nhanluc_extract.model import Fact

_SHOWN = ("unit", "high", "of", "qualifier")
# Fields that are found somewhere, and the columns they fill.
_FOUND = {
    "per": ("per",), "status": ("status",), "degree": ("degree",), "role": ("role",), "level": ("level",),
    "group": ("group",), "where": ("scope", "place", "province"), "period": ("period",),
}  # fmt: skip
_AROUND = 30


def explain(extraction: Extraction) -> Iterator[str]:
    """A block of lines for each number, in text order."""
    document = extraction.document
    yield f"title      {document.title or '-'}"
    yield f"published  {document.published or '-'}"
    if extraction.facts and not extraction.tells:
        yield "in no table: none of its sentences tells a fact by itself"
    for decision in extraction.decisions:
        quantity, text = decision.quantity, document.text.clean
        before = text[max(0, quantity.start - _AROUND) : quantity.start]
        number, after = text[quantity.start : quantity.end], text[quantity.end : quantity.end + _AROUND]
        yield ""
        yield f"  {_line(before)}[{_line(number)}]{_line(after)}"
        yield from _verdict(decision)


def _line(text: str) -> str:
    return text.replace("\n", " ⏎ ")


def _verdict(decision: Decision) -> Iterator[str]:
    fact = decision.fact
    if fact is None:
        yield f"    no fact: {decision.reason}"
        return
    yield f"    {fact.indicator} = {fact.value.normalize():f}, by frame {fact.rule}"
    yield "    " + ", ".join(_fields(fact))
    yield f"    evidence: {fact.evidence}" + _conditions(decision)
    if len(decision.candidates) > 1:
        other = decision.candidates[1]
        yield f"    runner-up: {other.indicator}, by frame {other.frame.id} ({other.evidence.name})"
    if fact.flags:
        yield "    flags: " + ", ".join(fact.flags)


def _conditions(decision: Decision) -> str:
    met = ", ".join(f"{name} in {at.name}" for name, at in decision.candidates[0].conditions)
    return f" ({met})" if met else ""


def _fields(fact: Fact) -> Iterator[str]:
    for name in _SHOWN:
        value = getattr(fact, name)
        if value is not None:
            yield f"{name} {value}"
    for field, columns in _FOUND.items():
        told = [f"{name} {value}" for name in columns if (value := getattr(fact, name)) is not None]
        if told:
            yield f"{' '.join(told)} [{fact.sources[field]}]"
