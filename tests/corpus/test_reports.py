"""Sentences made from the public bug reports of neighbouring tools: what they got wrong is right here.

``reports.csv`` holds the number and the tool of each report, the class of its fault, a sentence of our
field that has it, and the facts that the sentence states: ``indicator value [field=value ...]``, with bars
between them; what is not named is not compared.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from nhanluc_extract.model import Article
from nhanluc_extract.pipeline import Extractor
from nhanluc_extract.records import fact_records

_FIELD = re.compile(r"(\w+)=(.*?)(?= \w+=|$)")


@dataclass(frozen=True)
class Report:
    """One report: the sentence and the facts that it states."""

    id: str
    text: str
    expected: list[dict[str, str]]


def _facts(cell: str) -> list[dict[str, str]]:
    stated = [] if cell == "none" else cell.split(" | ")
    facts = []
    for fact in stated:
        indicator, value = fact.split()[:2]
        facts.append({"indicator": indicator, "value": value, **dict(_FIELD.findall(fact))})
    return facts


def _reports() -> list[Report]:
    with (Path(__file__).parent / "reports.csv").open(encoding="utf-8", newline="") as file:
        return [
            Report(row["id"], row["input"].replace("\\n", "\n"), _facts(row["expected"]))
            for row in csv.DictReader(file)
        ]


def _shown(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("report", _reports(), ids=lambda report: report.id)
def test_a_reported_fault_is_none_of_ours(report: Report, extractor: Extractor) -> None:
    reading = extractor.read(Article(report.id, report.text))
    stated = [
        fact
        for fact in fact_records(Article(report.id, report.text), None, reading.facts)
        if "weak_evidence" not in fact["flags"]
    ]
    found = [
        {name: f"{float(fact['value']):g}" if name == "value" else _shown(fact[name]) for name in expected}
        for fact, expected in zip(stated, report.expected, strict=False)
    ]
    expected = [{**fact, "value": f"{float(fact['value']):g}"} for fact in report.expected]
    assert len(stated) == len(expected)
    assert found == expected
