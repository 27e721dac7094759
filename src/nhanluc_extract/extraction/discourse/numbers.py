"""The numbers of an article, sentence by sentence, with what those before leave to each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nhanluc_extract.extraction.discourse.evidence import Before
from nhanluc_extract.extraction.discourse.views import Views
from nhanluc_extract.extraction.sentence.connectors import continues_list
from nhanluc_extract.extraction.sentence.reader import read_sentence
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.tables import Columns, columns_of, is_line_of_table
from nhanluc_extract.text.document import Sentence

_COLUMN_HEAD = 12  # sentences before that may hold the head of a table's column


class Numbers(Mapping[int, Sequence[Reading]]):
    """Readings by the index of their sentence, which is read, with those it goes on with, when asked for."""

    def __init__(self, views: Views, told: Sequence[Before]) -> None:
        self._views = views
        self._told = told
        self._read: dict[int, list[Reading]] = {}
        self._columns: dict[int, Columns] = {}
        self._numbered: dict[int, int | None] = {0: None}

    def __getitem__(self, index: int) -> list[Reading]:
        waiting = [index]
        while index not in self._read:
            sentence = self._views.sentences[waiting[-1]]
            lenders = (self._lender(sentence), self._opener(sentence))
            unread = [lender for lender in lenders if lender is not None and lender not in self._read]
            if unread:
                waiting.append(unread[0])
            else:
                self._read[waiting.pop()] = self._readings(sentence)
        return self._read[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self._views)

    def __len__(self) -> int:
        return len(self._views)

    def previous(self, sentence: Sentence) -> Sequence[Reading]:
        """The readings of the last sentence with numbers, where it stands in the same line."""
        lender = self._numbered_in_line(sentence)
        return self[lender] if lender is not None else []

    def _readings(self, sentence: Sentence) -> list[Reading]:
        before = self._told[sentence.index]
        lender, opener = self._lender(sentence), self._opener(sentence)
        return read_sentence(
            self._views[sentence.index],
            self._read[lender] if lender is not None else [],
            self._read[opener] if opener is not None else [],
            [*before.sentences[:_COLUMN_HEAD], before.intro, before.heading],
            self._columns_at(sentence),
        )

    def _lender(self, sentence: Sentence) -> int | None:
        """The sentence whose numbers this one may go on with."""
        if continues_list(sentence.tokens):
            return self._numbered_before(sentence.index)
        return self._numbered_in_line(sentence)

    def _opener(self, sentence: Sentence) -> int | None:
        """The sentence whose numbers an item of a list goes on with; ``Trong đó:`` only leads on from it."""
        if sentence.intro is None:
            return None
        intro = self._views.sentences[sentence.intro]
        leads_on = continues_list(intro.tokens) and not _is_numbered(intro)
        return self._lender(intro) if leads_on else sentence.intro

    def _numbered_in_line(self, sentence: Sentence) -> int | None:
        """The last sentence with numbers, where it stands in the same line."""
        before = self._numbered_before(sentence.index)
        return before if before is not None and self._views.sentences[before].line == sentence.line else None

    def _numbered_before(self, index: int) -> int | None:
        """The last sentence of the running text before that holds a number."""
        at = index
        while at not in self._numbered and not _is_numbered(self._views.sentences[at - 1]):
            at -= 1
        found = self._numbered[at] if at in self._numbered else at - 1
        self._numbered |= dict.fromkeys(range(at, index + 1), found)
        return found

    def _columns_at(self, sentence: Sentence) -> Columns:
        """The heads of the table that a sentence is a line of."""
        if not is_line_of_table(sentence):
            return ()
        first = sentence.index
        while first and first - 1 not in self._columns and is_line_of_table(self._views.sentences[first - 1]):
            first -= 1
        columns = self._columns.get(first - 1, ())
        for at in range(first, sentence.index + 1):
            columns = self._columns[at] = columns_of(self._views[at], columns)
        return columns


def _is_numbered(sentence: Sentence) -> bool:
    return sentence.is_running and any(quantity.is_candidate for quantity in sentence.quantities)
