"""How the outcome of a check is printed: for people, for programs, for CI."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as Xml

from nhanluc_extract.checking.check import Checked, Miss, misses
from nhanluc_extract.checking.score import FIELDS, Score


def as_lines(found: Iterable[Miss]) -> Iterator[str]:
    """A line for each miss, false alarm and differing field, the first two with their sentence."""
    for miss in found:
        told = f"{miss.kind:8}  {miss.fixture.name}: {miss.told}"
        yield told if miss.kind == "field" else f"{told}\n          {miss.around}"


def lines_of(score: Score) -> Iterator[str]:
    """The figures of a score, as text."""
    if score.matched:
        shares = (f"{name} {score.fields[name] / score.matched:.2f}" for name in FIELDS)
        yield "fields   " + "  ".join(shares)
    yield f"gold {score.gold}  predicted {score.predicted}  matched {score.matched}"
    yield (
        f"precision {score.precision:.3f}  recall {score.recall:.3f}  "
        f"F1 {score.f1:.3f}  strict F1 {score.strict_f1:.3f}"
    )


def table_lines(scores: dict[str, Score]) -> Iterator[str]:
    """One line for each name, aligned."""
    width = max((len(name) for name in scores), default=0)
    for name, score in scores.items():
        false_alarms = score.predicted - score.matched
        yield (
            f"{name:{width}}  gold {score.gold:4}  hits {score.matched:4}  "
            f"misses {score.gold - score.matched:4}  false alarms {false_alarms:4}  "
            f"F1 {score.f1:.3f}  strict F1 {score.strict_f1:.3f}"
        )


def as_json(score: Score, parts: dict[str, Score]) -> str:
    """The figures as one JSON object."""

    def figures(one: Score) -> dict[str, object]:
        return {
            "gold": one.gold,
            "predicted": one.predicted,
            "matched": one.matched,
            "precision": one.precision,
            "recall": one.recall,
            "f1": one.f1,
            "strict_f1": one.strict_f1,
            "fields": {n: one.fields[n] / one.matched for n in FIELDS} if one.matched else {},
        }

    return json.dumps(
        {**figures(score), "by": {name: figures(part) for name, part in parts.items()}},
        ensure_ascii=False,
        indent=2,
    )


def as_junit(checked: Iterable[Checked]) -> str:
    """JUnit XML: a test case for each article, failed where it has a miss; of blind ones only how many."""
    entries = list(checked)
    suite = Xml.Element("testsuite", name="extract check", tests=str(len(entries)))
    failures = 0
    for entry in entries:
        case = Xml.SubElement(suite, "testcase", classname="fixtures", name=entry.fixture.name)
        score = entry.comparison.score
        if entry.fixture.is_blind:
            Xml.SubElement(case, "system-out").text = f"F1 {score.f1:.3f}  strict F1 {score.strict_f1:.3f}"
            continue
        told = list(as_lines(misses([entry])))
        if told:
            failures += 1
            failure = Xml.SubElement(case, "failure", message=f"{len(told)} facts differ")
            failure.text = "\n".join(told)
    suite.set("failures", str(failures))
    return Xml.tostring(suite, encoding="unicode", xml_declaration=True)


def as_github(found: Iterable[Miss]) -> Iterator[str]:
    """Workflow commands of GitHub: a warning at the line of the article that each miss stands in."""
    for miss in found:
        path = miss.fixture.article.as_posix().replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
        told = miss.told.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        yield f"::warning file={path},line={miss.line},title={miss.kind}::{told}"
