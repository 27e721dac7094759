"""Which list of provinces a name belongs to, and where its territory lies now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nhanluc_extract.places.gazetteer import MERGER, gazetteer
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.text.document import Document


@dataclass(frozen=True, slots=True)
class ListedProvince:
    """A province's list (``2004`` or ``2025``), its code there and its successor."""

    list: str | None
    code: str | None
    now: str | None
    now_code: str | None


class ProvinceList:
    """What an article tells about the list its names are from."""

    def __init__(self, document: Document, mentions: Iterable[Sequence[Mention]]) -> None:
        self.published = document.published
        self.has_district = any(
            mention.level == "district" and not mention.again and mention.province
            for found in mentions
            for mention in found
        )
        years = [
            period.iso.split("/")[-1][:7]
            for sentence in document.sentences
            for period in sentence.periods
            if period.iso and period.kind != "horizon"
        ]
        self.latest = max(years, default=None)

    def of(self, name: str) -> str | None:
        """List of ``name``: by the article's date, else by what the text itself shows."""
        table = gazetteer()
        old = name in table.provinces
        new = name in table.codes_2025
        if not (old and new):
            return "2004" if old else "2025" if new else None
        if self.published is not None:
            return "2025" if self.published >= MERGER else "2004"
        if self.has_district:
            return "2004"
        if self.latest is not None:
            return "2025" if self.latest >= MERGER.isoformat()[:7] else "2004"
        return None


def province_list(chooser: ProvinceList, name: str | None) -> ListedProvince:
    """List, codes and successor of the province ``name`` as an article uses it."""
    table = gazetteer()
    if name is None:
        return ListedProvince(None, None, None, None)
    chosen = chooser.of(name)
    province = table.provinces.get(name)
    now = name if chosen == "2025" else province.now if province else None
    code = table.code(name, chosen) if chosen else None
    return ListedProvince(chosen, code, now, table.codes_2025.get(now) if now else None)
