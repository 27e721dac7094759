"""Run every example of a rule pack."""

from __future__ import annotations

from collections.abc import Iterator

from nhanluc_extract.model import Article, Fact
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.rulepack.model import Example, Rule


def example_faults(extractor: Extractor) -> Iterator[str]:
    """A message, with file and line, for each example that does not turn out as written.

    The bracketed number of an example must be decided by its rule, with the fields given; that of a
    counter-example by any other rule or none.
    """
    for rule in extractor.pack.rules:
        where = f"{rule.file}:{rule.line}: rule {rule.id}"
        decided = 0
        for example in rule.examples:
            fact = decided_fact(extractor, example)
            if fact is not None and fact.rule == rule.id:
                decided += 1
            yield from (f"{where}: {fault}" for fault in _faults(rule, example, fact))
        if not decided:
            yield f"{where}: it decides none of its own examples; it can go, or it stands too late."
        for example in rule.counter_examples:
            fact = decided_fact(extractor, example)
            if fact is not None and fact.rule == rule.id:
                yield f"{where}: it decides its counter-example {example.written!r}."


def decided_fact(extractor: Extractor, example: Example) -> Fact | None:
    """The fact at the bracketed number of an example, or None."""
    for fact in extractor.facts(Article("", example.text)):
        if fact.start < example.end and example.start < fact.end:
            return fact
    return None


def _faults(rule: Rule, example: Example, fact: Fact | None) -> Iterator[str]:
    if fact is None:
        yield f"no fact at the marked number of {example.written!r}."
        return
    if fact.rule != rule.id:
        yield f"rule {fact.rule} decides {example.written!r}."
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
