"""Which articles tell what another has told: the same text, or nearly so with the same numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from nhanluc_extract.records import Record

_NUMBER = re.compile(r"\d+")
_ALIKE = 0.9  # share of their words that nearly equal texts have in common
_TRIED = 20  # originals of the same numbers that a text is compared with


def mark_duplicates(articles: Sequence[Record]) -> None:
    """Let each article that repeats an earlier one point to it and hold no facts.

    ``articles`` are rows with their facts inside, in the order of the table. Nearly equal ones are
    sought only among those that hold facts: the same numbers stand in the same sentences, and nearly
    all words are the same.
    """
    by_text: dict[str, str] = {}
    by_numbers: dict[tuple[str, ...], list[Record]] = {}
    moved: dict[str, str] = {}
    for article in articles:
        if article["status"] == "duplicate":
            known = str(by_text.get(article["article_id"]) or article["duplicate_of"])
            article["duplicate_of"] = moved.get(known, known)
        if article["status"] != "ok":
            continue
        original = by_text.get(article["article_id"]) or _nearly_equal(article, by_numbers)
        if original is None:
            by_text[article["article_id"]] = article["source"]
            continue
        moved[article["source"]] = original
        article |= {"status": "duplicate", "duplicate_of": original, "text": None, "facts": []}


def _nearly_equal(article: Record, by_numbers: dict[tuple[str, ...], list[Record]]) -> str | None:
    """Source of an earlier article that says nearly the same; without one it is kept for later ones."""
    if not article["facts"]:
        return None
    alike = by_numbers.setdefault(tuple(_numbers(article)), [])
    words = _words(article["text"]) if alike else Counter[str]()
    for other in alike[:_TRIED]:
        others = _words(other["text"])
        if (words & others).total() >= _ALIKE * max(words.total(), others.total()):
            return str(other["source"])
    alike.append(article)
    return None


def _numbers(article: Record) -> Iterator[str]:
    """The numbers of all sentences with a fact, in text order."""
    for sentence in dict.fromkeys(fact["sentence"] for fact in article["facts"]):
        yield from _NUMBER.findall(sentence)


def _words(text: str) -> Counter[str]:
    return Counter(unicodedata.normalize("NFC", text).casefold().split())
