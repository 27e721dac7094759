"""Counts of IT and digital-transformation people, read out of Vietnamese newspaper articles."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from nhanluc_extract.pipeline import Extractor
    from nhanluc_extract.reporting.notebook import Facts

__all__ = ["extract", "extract_batch"]


@cache
def _extractor() -> Extractor:
    from nhanluc_extract.pipeline import Extractor

    return Extractor.from_directory()


def extract(text: str) -> Facts:
    """Facts of one article's ``text``, in text order; offsets are code points of ``text``.

    A list, which a notebook shows as the text with its facts marked, and which pandas takes as a table.
    """
    from nhanluc_extract.model import Article
    from nhanluc_extract.reporting.notebook import Facts

    return Facts(text, _extractor().facts(Article("", text)))


def extract_batch(articles: pa.RecordBatch) -> pa.RecordBatch:
    """Rows of the articles table with a column ``facts``, one for each row of ``articles``.

    ``articles`` has the columns ``source`` ``text`` ``title`` ``published``; the last two may be
    null. Every engine, one process or a cluster, maps this one function.
    """
    return _extractor().batch(articles)
