"""Neighbouring tools on the part of the work that they can do, where they are installed.

None of them knows whose a count is, when, or what for: spaCy's matcher finds a number before one of a few
nouns, quantulum3 (without its classifier) numbers with units of English, pyvi only words. yargy finds none at
all: its tokenizer takes words with Vietnamese marks apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec

NOUNS = ("người", "tổ", "lớp", "sinh viên", "cán bộ", "công chức", "thành viên")

Work = Callable[[str], object]


def installed() -> Iterator[tuple[str, Work]]:
    """The tools that are here, by name; each takes an article."""
    for name, package, make in (
        ("spaCy, blank Vietnamese and Matcher", "spacy", _spacy),
        ("pyvi, words", "pyvi", _pyvi),
        ("quantulum3, quantities", "quantulum3", _quantulum3),
    ):
        if find_spec(package) is not None:
            yield name, make()


def _spacy() -> Work:
    import spacy
    from spacy.matcher import Matcher

    language = spacy.blank("vi")
    matcher = Matcher(language.vocab)
    matcher.add("count", [[{"LIKE_NUM": True}, {"LOWER": noun.replace(" ", "_")}] for noun in NOUNS])
    return lambda text: matcher(language(text))


def _pyvi() -> Work:
    from pyvi import ViTokenizer

    return ViTokenizer.tokenize


def _quantulum3() -> Work:
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # what it ships was made with a scikit-learn of years ago
    return parser.parse
