"""Run every example of a rule pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nhanluc_extract.extraction.article import extract_article
from nhanluc_extract.model import Article, Fact
from nhanluc_extract.rulepack.model import Example, Exclusion, Frame, RulePack


def example_faults(pack: RulePack) -> Iterator[str]:
    """A message, with file and line, for each example that does not turn out as written.

    The bracketed number of an example must be decided by its frame, with the fields given; that of a
    counter-example by any other frame or none. That of an exclusion must be no fact, and be one without it.
    """
    for exclusion in pack.exclusions:
        yield from _exclusion_faults(pack, exclusion)
    for frame in pack.frames:
        where = f"{frame.file}:{frame.line}: frame {frame.id}"
        decided = 0
        for example in frame.examples:
            fact = decided_fact(pack, example)
            if fact is not None and fact.rule == frame.id:
                decided += 1
            yield from (f"{where}: {fault}" for fault in _faults(frame, example, fact))
        if not decided:
            yield f"{where}: it decides none of its own examples; it can go, or it stands too late."
        for example in frame.counter_examples:
            fact = decided_fact(pack, example)
            if fact is not None and fact.rule == frame.id:
                yield f"{where}: it decides its counter-example {example.written!r}."


def _exclusion_faults(pack: RulePack, exclusion: Exclusion) -> Iterator[str]:
    others = tuple(other for other in pack.exclusions if other is not exclusion)
    without = replace(pack, exclusions=others)
    where = f"{exclusion.file}:{exclusion.line}: this exclusion"
    for example in exclusion.counter_examples:
        if decided_fact(pack, example) is not None:
            yield f"{where} doesn't reach {example.written!r}."
        elif decided_fact(without, example) is None:
            yield f"{where} is not needed for {example.written!r}, which is no fact without it either."


def decided_fact(pack: RulePack, example: Example) -> Fact | None:
    """The fact at the bracketed number of an example, or None."""
    for fact in extract_article(pack, Article("", example.text), None).facts:
        if fact.start < example.end and example.start < fact.end:
            return fact
    return None


def _faults(frame: Frame, example: Example, fact: Fact | None) -> Iterator[str]:
    if fact is None:
        yield f"no fact at the marked number of {example.written!r}."
        return
    if fact.rule != frame.id:
        yield f"frame {fact.rule} decides {example.written!r}."
        return
    for name, expected in example.expected.items():
        found = getattr(fact, name, None)
        if not _agrees(found, expected):
            yield f"{name} is {found!r}, not {expected!r}, in {example.written!r}."


def _agrees(found: object, expected: str) -> bool:
    if found is None:
        return expected == ""
    try:
        return float(str(found)) == float(expected)
    except ValueError:
        return str(found) == expected
