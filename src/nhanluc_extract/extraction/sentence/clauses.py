"""A sentence cut into its statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.model import Token
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie

_NEAR = 3  # tokens from words for parts to the number they open (trong đó có gần 31 người)


@dataclass(frozen=True, slots=True)
class _Words:
    marks: frozenset[str]
    stops: frozenset[str]
    joins: frozenset[str]
    respectively: SurfaceTrie[bool]
    no_predicates: frozenset[str]
    apart_from: frozenset[str]
    openers: SurfaceTrie[bool]
    behind: SurfaceTrie[bool]
    behind_comma: SurfaceTrie[bool]
    parts_behind: SurfaceTrie[bool]
    auxiliaries: frozenset[str]
    having: frozenset[str]


@cache
def _words() -> _Words:
    data = language("clauses")
    return _Words(
        marks=frozenset(data["marks"]),
        stops=frozenset([*data["marks"], ",", "(", ")"]),
        joins=frozenset(fold(word) for word in data["joins"]),
        respectively=SurfaceTrie.of(language("connectors")["respectively"]),
        apart_from=frozenset(fold(word) for word in data["apart_from"]),
        no_predicates=frozenset(fold(word) for word in data["no_predicates"]),
        openers=SurfaceTrie.of(data["openers"]),
        behind=SurfaceTrie.of(data["openers_behind"]),
        behind_comma=SurfaceTrie.of(data["openers_behind_comma"]),
        parts_behind=SurfaceTrie.of(language("connectors")["parts_behind"]),
        auxiliaries=frozenset(fold(word) for word in data["auxiliaries"]),
        having=frozenset(fold(word) for word in data["having"]),
    )


def cut(tokens: Sequence[Token], terms: Sequence[Term]) -> list[int]:
    """The clause of each token, numbered in the order in which they begin.

    A mark ends a clause, a connective opens one, what somebody says begins behind the verb of saying, a
    bracket is one clause inside another. Behind a comma, or
    ``và`` before a verb, a new clause begins where the one before has its predicate and another
    predicate follows; a comma inside a coordination or behind an adverbial (``Năm 2024, tỉnh …``)
    opens none.
    """
    return _Cutter(tokens, terms).cut()


class _Cutter:
    def __init__(self, tokens: Sequence[Token], terms: Sequence[Term]) -> None:
        self.tokens = tokens
        self.words = _words()
        verbs = [t for t in terms if t.word.kind == "verb"]
        self.predicates = {t.first for t in verbs if tokens[t.first].key not in self.words.no_predicates}
        self.predicates |= {t.first for t in terms if tokens[t.first].key in self.words.having}
        self.inside = {i for t in terms for i in range(t.first + 1, t.last)}
        self.verb_ends = {t.last for t in verbs}
        self.begun = {t.first for t in terms}
        people = [t for t in terms if t.word.kind == "noun" and t.word.family == "people"]
        # "500 cán bộ, đoàn viên được tập huấn": the commas between those who are one subject.
        # ... but not "năm người, người trẻ nhất 20 tuổi"
        apart = {one.last for one, other in pairwise(people) if one.word is other.word and one.word.generic}
        self.listed = ({t.last for t in people} & {t.first - 1 for t in people}) - apart
        self.openers = set(self.words.openers.begun(tokens))
        self.told = set(self.words.behind.begun(tokens))

    def cut(self) -> list[int]:
        clauses: list[int] = []
        outer: list[tuple[int, bool]] = []
        current, count, predicate = 0, 0, False
        skip, said = 0, None
        for index, token in enumerate(self.tokens):
            if index == said:
                count += 1
                current, predicate = count, False
            told = self.words.behind.longest(self.tokens, index) if index in self.told else None
            said = told[0] if told is not None else said
            if index < skip or index in self.inside:
                clauses.append(current)
                continue
            opener = None if not predicate and self._goes_on(index) else self._opener(index)
            if token.text == "(":
                clauses.append(current)
                outer.append((current, predicate))
                count += 1
                current, predicate = count, False
                continue
            if token.text == ")" and outer:
                current, predicate = outer.pop()
                clauses.append(current)
                continue
            if opener is not None:
                skip = opener
                if clauses and clauses[-1] == current:
                    count += 1
                    current, predicate = count, False
            clauses.append(current)
            ends = token.text in self.words.marks
            joins = predicate and (token.text == "," or token.key in self.words.joins)
            if ends or (joins and self._begins_statement(index)):
                count += 1
                current, predicate = count, False
            predicate = predicate or self._is_predicate(index) or token.key in self.words.apart_from
        return clauses

    def _is_predicate(self, index: int) -> bool:
        return index in self.predicates or self.tokens[index].key in self.words.auxiliaries

    def _opener(self, index: int) -> int | None:
        found = self.words.openers.longest(self.tokens, index) if index in self.openers else None
        if found is None and index and self.tokens[index - 1].text == ",":
            found = self.words.behind_comma.longest(self.tokens, index)
        return found[0] if found is not None else None

    def _goes_on(self, index: int) -> bool:
        """``31 người trong đó có bằng``: the subject's own predicate follows."""
        hit = self.words.parts_behind.longest(self.tokens, index)
        if hit is None or not index or self.tokens[index - 1].text in self.words.stops:
            return False
        behind = self.tokens[hit[0] : hit[0] + _NEAR]
        return not any(token.text[0].isdecimal() for token in behind)

    def _goes_on_with_names(self, index: int) -> bool:
        """``của các huyện A, B và C tham dự``: names on both sides of the comma, the last behind *và*."""

        def is_name(at: int) -> bool:
            return at < len(self.tokens) and at not in self.begun and self.tokens[at].text[0].isupper()

        last = index + 1
        while is_name(last) or (is_name(last + 1) and self.tokens[last].text == ","):
            last += 1
        joined = is_name(last + 1) and self.tokens[last].key in self.words.joins
        return joined and is_name(index - 1) and last > index + 1

    def _begins_statement(self, index: int) -> bool:
        """Whether what follows the comma or ``và`` at ``index`` has a predicate of its own."""
        first = index + 1
        if first >= len(self.tokens):
            return False
        if self._is_predicate(first):
            # "đào tạo, bồi dưỡng": verbs of one coordination.
            return index not in self.verb_ends
        if self.tokens[index].text != "," or index in self.listed or self._goes_on_with_names(index):
            return False
        if (
            self.tokens[first].text.isdecimal()
            and self.tokens[first + 1 : first + 2]
            and (self.tokens[first + 1].key in self.words.joins)
        ):
            return False  # "năm 2021, 2022 và 2023 lần lượt là"
        for at in range(first, len(self.tokens)):
            if self.tokens[at].text in self.words.stops or self.words.respectively.longest(self.tokens, at):
                return False
            if at not in self.inside and self._is_predicate(at):
                return True
        return False
