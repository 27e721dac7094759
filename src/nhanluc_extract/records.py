"""Articles and facts as rows of the tables."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from nhanluc_extract.limits import pieces
from nhanluc_extract.model import Article, Fact

Record = dict[str, Any]

WEAK = "weak_evidence"


def is_stated(fact: Record) -> bool:
    """Whether a fact rests on enough to be stated."""
    return WEAK not in fact["flags"]


_PLAIN = (
    "start", "end", "quote", "sentence", "zone", "indicator", "unit", "per", "qualifier", "status",
    "degree", "role", "level", "group", "scope", "place", "province", "province_code",
    "province_list", "province_now", "province_now_code", "period", "period_start", "period_end",
    "rule", "evidence",
)  # fmt: skip


def article_id(text: str) -> str:
    """16 hex digits of SHA-256 over ``text`` in NFC with runs of white space as one space."""
    digest, ends_in_space = hashlib.sha256(), False
    for start, end in pieces(text):  # a long text is not held three times
        folded = _single_spaced(unicodedata.normalize("NFC", text[start:end]))
        digest.update(folded.removeprefix(" " * ends_in_space).encode("utf-8", "surrogatepass"))
        ends_in_space = folded.endswith(" ")
    return digest.hexdigest()[:16]


def _single_spaced(text: str) -> str:
    words = text.split()
    opens, ends = text[:1].isspace(), bool(words) and text[-1].isspace()
    return " " * opens + " ".join(words) + " " * ends


def fact_records(article: Article, published: date | None, facts: Sequence[Fact]) -> list[Record]:
    """Rows of the facts table, in text order; several facts at one place are numbered from 1."""
    if not facts:
        return []
    identity = article_id(article.text)
    seen: Counter[int] = Counter()
    ids = []
    for fact in facts:
        seen[fact.start] += 1
        ids.append(f"{identity}-{fact.start}-{seen[fact.start]}")
    return [
        {
            "fact_id": fact_id,
            "article_id": identity,
            "source": article.source,
            "published": published,
            **{name: getattr(fact, name) for name in _PLAIN},
            "value": float(fact.value),
            "high": None if fact.high is None else float(fact.high),
            "of": None if fact.of is None else float(fact.of),
            "parent_id": None if fact.parent is None else ids[fact.parent],
            "flags": list(fact.flags),
        }
        for fact_id, fact in zip(ids, facts, strict=True)
    ]


def article_record(
    article: Article, title: str | None, published: date | None, facts: list[Record]
) -> Record:
    """Row of the articles table with its facts inside."""
    letters = any(character.isalpha() for character in article.text)
    return {
        "article_id": article_id(article.text),
        "source": article.source,
        "title": title,
        "published": published,
        "characters": len(article.text),
        "status": "ok" if letters else "empty",
        "reason": None if letters else "There is no letter in it.",
        "duplicate_of": None,
        "text": article.text if facts else None,
        "facts": facts,
    }


def rejected_record(source: str, reason: str) -> Record:
    """Row of an input that could not be read."""
    return {
        "article_id": None,
        "source": source,
        "title": None,
        "published": None,
        "characters": None,
        "status": "rejected",
        "reason": reason,
        "duplicate_of": None,
        "text": None,
        "facts": [],
    }
