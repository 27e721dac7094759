"""What each number counts and what is said of it: the features that rules ask for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from nhanluc_extract.extraction.terms import Term, View, merged
from nhanluc_extract.model import Quantity
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie, is_quote, tokenize

_LONGEST_LABEL = 14  # tokens between a noun and the number it is the label of
_LARGEST_IN_NAME = 20
_COUNTED_FAMILIES = frozenset({"people", "team", "course", "body"})
_BRACKETS_OPEN = frozenset("([")
_BRACKETS_CLOSE = frozenset(")]")


@dataclass(slots=True)
class Reading:
    """One number, the noun it counts and its company.

    ``counted`` are the terms of the noun group; ``span`` the tokens of the phrase; ``verb`` what
    governs from the left, ``after`` what is said behind the noun; ``parent`` the total it is a part
    of; ``source`` the number whose noun it shares.
    """

    quantity: Quantity
    view: View
    index: int
    counted: list[Term] = field(default_factory=list)
    span: tuple[int, int] = (0, 0)
    left: int = 0
    verb: list[Term] = field(default_factory=list)
    after: list[Term] = field(default_factory=list)
    parent: Reading | None = None
    source: Reading | None = None
    unknown: str | None = None
    dropped: bool = False
    label: tuple[int, int] | None = None
    is_whole: bool = False
    whole: Reading | None = None
    is_located: bool = False
    in_list: bool = False

    @property
    def counted_classes(self) -> frozenset[str]:
        return merged(term.classes for term in self.counted)

    @property
    def family(self) -> str | None:
        return next((term.word.family for term in self.counted if term.word.family), None)

    @property
    def phrase_terms(self) -> list[Term]:
        """Terms of the noun group, the label before the number and what follows to the comma."""
        terms = list(self.counted) + self.view.between(*self.span)
        if self.label is not None:
            terms += self.view.between(*self.label)
        return list(dict.fromkeys(terms))

    @property
    def hedge_first(self) -> int:
        """First token of the number's hedge, or of the number."""
        first = self.quantity.first
        while first > 0 and self.view.tokens[first - 1].start >= self.quantity.hedge_start:
            first -= 1
        return first

    @property
    def near_terms(self) -> list[Term]:
        """Terms from the number before, or a semicolon, to the end of the phrase."""
        view = self.view
        start = 0
        for index in range(self.quantity.first - 1, -1, -1):
            owner = view.quantity_at.get(index)
            if view.tokens[index].text == ";" or (owner is not None and owner.first in view.counting):
                start = index + 1
                break
        return view.between(start, max(self.span[1], self.quantity.last))

    @property
    def item_terms(self) -> list[Term]:
        """Terms between the mark before the number and the number (``cấp xã: 12 người``)."""
        return self.view.between(self.left, self.quantity.first)


@dataclass(frozen=True, slots=True)
class _Words:
    parts: SurfaceTrie[bool]
    continues: SurfaceTrie[bool]
    respectively: SurfaceTrie[bool]
    coordinators: frozenset[str]
    functions: frozenset[str]
    marks: frozenset[str]
    conjunctions: frozenset[str]
    joins: frozenset[str]
    prepositions: frozenset[str]
    label_breaks: frozenset[str]
    again: SurfaceTrie[bool]
    whole: frozenset[tuple[str, ...]]
    of: tuple[tuple[str, ...], ...]


@cache
def _words() -> _Words:
    data = language("connectors")
    tries: dict[str, SurfaceTrie[bool]] = {}
    for name in ("parts", "continues", "respectively", "again"):
        tries[name] = SurfaceTrie()
        for surface in data[name]:
            tries[name].add(surface, True)
    return _Words(
        parts=tries["parts"],
        continues=tries["continues"],
        respectively=tries["respectively"],
        coordinators=frozenset(data["coordinators"]),
        functions=frozenset(data["functions"]),
        marks=frozenset(data["clause_marks"]),
        conjunctions=frozenset(data["conjunctions"]),
        joins=frozenset([*data["conjunctions"], ","]),
        prepositions=frozenset(data["prepositions"]),
        label_breaks=frozenset(data["label_breaks"]),
        again=tries["again"],
        whole=frozenset(tuple(t.key for t in tokenize(words)) for words in data["whole"]),
        of=tuple(
            tuple(token.key for token in tokenize(words))
            for words in sorted(language("hedges")["ratio"]["of"], key=len, reverse=True)
        ),
    )


def read_sentence(view: View, previous: list[Reading], intro: list[Reading]) -> list[Reading]:
    """Readings of the candidate numbers of one sentence.

    ``previous`` are those of the sentence before in the paragraph, ``intro`` those of the sentence
    that opens the list this one is an item of.
    """
    return _Reader(view, previous, intro).read()


class _Reader:
    def __init__(self, view: View, previous: list[Reading], intro: list[Reading]) -> None:
        self.view = view
        self.previous = previous
        self.intro = intro
        self.words = _words()
        self.candidates = [q for q in view.sentence.quantities if q.is_candidate]
        self.firsts = {q.first: q for q in self.candidates}
        self.wholes: dict[int, Quantity] = {}

    def read(self) -> list[Reading]:
        self._join_wholes()
        readings = [Reading(q, self.view, i) for i, q in enumerate(self.candidates)]
        for reading in readings:
            self._head(reading)
        for reading in readings:
            reading.is_located = self._located(reading)
        for reading in reversed(readings):
            self._shared_noun(reading, readings)
        for reading in readings:
            self._span(reading, readings)
        for reading in readings:
            if reading.counted and all(term.word.generic for term in reading.counted):
                self._label(reading, readings)
            elif not reading.counted and reading.unknown is None:
                if not self._share_of(reading, readings):
                    self._noun_before(reading, readings)
        self.view.counting.update(r.quantity.first for r in readings if r.counted)
        for reading in readings:
            self._whole(reading, readings)
            self._parent(reading, readings)
            self._lean(reading, readings)
            self._verb(reading, readings)
            reading.in_list = any(r.family == reading.family for r in readings[: reading.index])
        return readings

    def _is_said_of_other(self, term: Term, readings: list[Reading]) -> bool:
        """Whether a verb is the predicate of another number's noun."""
        return any(term in other.after for other in readings)

    def _lean(self, reading: Reading, readings: list[Reading]) -> None:
        """A share or a noun that says nothing by itself leans on the number before it."""
        if reading.parent is not None or reading.source is not None or reading.label is not None:
            return
        earlier = [r for r in readings[: reading.index] if r.counted and not r.is_whole]
        if reading.quantity.kind == "percent":
            if not self._is_share(reading):
                return
            owners = [r for r in earlier if r.family in ("people", "body")]
        elif reading.family == "body":
            if self._says_something(reading):
                return
            following = readings[reading.index + 1 : reading.index + 2]
            if following and following[0].family == "body" and self._only_joined(reading, following[0]):
                reading.source = following[0]
                return
            owners = [r for r in earlier if r.family == "body"]
        else:
            if not reading.counted or self._says_something(reading):
                return
            owners = [r for r in earlier if r.family == reading.family]
            if not all(term.word.generic for term in reading.counted):
                names = {t.word.name for t in reading.counted}
                owners = [
                    r
                    for r in owners
                    if names & {t.word.name for t in r.counted}
                    or any(t.is_a("role_word") for t in reading.phrase_terms)
                ]
        if owners:
            reading.source = owners[-1]

    def _says_something(self, reading: Reading) -> bool:
        """Whether a phrase tells enough to be read without the number before it."""
        if reading.family == "body":
            said = [t for t in reading.view.between(*reading.span) if t not in reading.counted]
            return any(t.word.kind == "verb" or t.is_a("duty", "team_word", "teams") for t in said)
        if all(term.word.generic for term in reading.counted):
            return False
        terms = reading.phrase_terms
        if len(terms) == len(reading.counted) and not any(t.is_a("public") for t in terms):
            before = self.view.between(reading.hedge_first - 3, reading.hedge_first)
            if before and before[-1].last == reading.hedge_first and before[-1].word.weak:
                return False
        duty = any(t.is_a("role_word") for t in terms)
        return not (duty and not any(t.word.kind == "subject" for t in terms))

    def _only_joined(self, reading: Reading, following: Reading) -> bool:
        tokens = self.view.tokens[reading.span[1] : following.hedge_first]
        return all(token.key in self.words.joins for token in tokens)

    def _share_of(self, reading: Reading, readings: list[Reading]) -> bool:
        """A share without a noun, behind a mark, is that of the number before."""
        if reading.quantity.kind != "percent" or not self._is_share(reading):
            return False
        before = [r for r in readings[: reading.index] if r.quantity.kind != "percent" or r.counted]
        if not before:
            return False
        people = [r for r in before if r.family in ("people", "body")]
        if before[-1].unknown or not people:
            reading.unknown = before[-1].unknown or "…"
            return True
        self._share(reading, people[-1])
        return True

    def _is_share(self, reading: Reading) -> bool:
        """``…, đạt 100%``: the share stands right behind a mark and a weak verb."""
        view, hedge = self.view, reading.hedge_first
        before = next((t for t in view.terms if t.last == hedge), None)
        opens = before.first if before is not None and before.word.weak else hedge
        return opens > 0 and view.tokens[opens - 1].text in ",(" and opens <= hedge

    def _join_wholes(self) -> None:
        """``2 trong số 22 xã``: the second number is the denominator of the first."""
        kept: list[Quantity] = []
        index = 0
        while index < len(self.candidates):
            quantity = self.candidates[index]
            following = self.candidates[index + 1] if index + 1 < len(self.candidates) else None
            if following is not None and quantity.of is None and following.kind == "count":
                gap = tuple(
                    token.key
                    for token in self.view.tokens[quantity.last : following.first]
                    if token.start < following.hedge_start
                )
                if quantity.kind == "percent":
                    if gap in self.words.of and gap != ("/",):
                        kept.append(replace(quantity, of=following.value))
                        self.wholes[following.first] = following
                        index += 2
                        continue
                    kept.append(quantity)
                    index += 1
                    continue
                if quantity.value == 1 and gap in self.words.of:
                    index += 1  # "1 trong 11 lớp": eleven are counted, the one is only picked out
                    continue
                if gap in self.words.of and gap != ("/",) and following.value >= quantity.value:
                    joined = replace(quantity, of=following.value, last=following.last)
                    kept.append(joined)
                    index += 2
                    continue
            kept.append(quantity)
            index += 1
        self.candidates = kept
        self.firsts = {q.first: q for q in kept}

    def _whole(self, reading: Reading, readings: list[Reading]) -> None:
        """``Trong số 22 xã, chỉ 2 xã có …``: the first number is the denominator of the second."""
        first = reading.quantity.first
        before = [self.view.key(i) for i in range(max(first - 3, 0), first)]
        if not any(tuple(before[-n:]) in self.words.whole for n in range(1, len(before) + 1)):
            return
        if reading.index + 1 == len(readings):
            return
        part = readings[reading.index + 1]
        fits = part.family == reading.family and part.quantity.value <= reading.quantity.value
        if fits and part.quantity.of is None and part.quantity.kind == "count":
            reading.is_whole = True
            part.whole = reading
            part.quantity = replace(part.quantity, of=reading.quantity.value)

    # --- the noun -------------------------------------------------------------------------------

    def _located(self, reading: Reading) -> bool:
        """Bodies behind a preposition (``ở 23 xã``) only say where; nothing is said of them."""
        at = reading.hedge_first - 1
        if reading.family != "body" or self.view.key(at) not in self.words.prepositions:
            return False
        if at == 0 or self.view.tokens[at - 1].text in ",;:.":
            # "Ở 31 xã chưa có cán bộ": it opens the clause, and something is said of it.
            end = max(t.last for t in reading.counted)
            following = self.view.term_at.get(end)
            return following is None or not following.is_a("lacks", "have")
        return True

    def _skip(self, index: int) -> int:
        """Pass quotation marks and words that may stand between a number and its noun."""
        view = self.view
        while index < len(view.tokens):
            term = view.term_at.get(index)
            if is_quote(view.tokens[index]):
                index += 1
            elif term is not None and term.is_a("fillers"):
                index = term.last
            else:
                break
        return index

    def _head(self, reading: Reading) -> None:
        view, quantity = self.view, reading.quantity
        start = quantity.last
        if quantity.kind == "zero":
            near = range(start, min(start + 3, len(view.tokens)))
            nouns = [i for i in near if i in view.term_at and view.term_at[i].word.kind == "noun"]
            if not nouns:
                reading.unknown = view.tokens[start].text if start < len(view.tokens) else "…"
                return
            start = nouns[0]
        index = self._skip(start)
        reading.span = (quantity.last, quantity.last)
        term = view.term_at.get(index)
        if term is not None and term.word.kind == "noun" and not self._is_boundary_before(index):
            reading.counted, end = self._group(index)
            reading.span = (quantity.last, end)
            return
        if any(quantity.last <= first <= quantity.last + 6 for first in self.wholes):
            reading.dropped = True
            return
        if quantity.kind == "percent" and self._is_of_unknown(quantity, index):
            reading.unknown = view.tokens[quantity.first - 1].text
            return
        if _is_year(view, quantity) or (term is not None and term.word.kind == "subject"):
            reading.unknown = view.tokens[index].text if index < len(view.tokens) else "…"
            return
        if self._is_in_name(quantity) and (term is None or term.word.kind != "noun"):
            reading.unknown = view.tokens[quantity.first - 1].text
            return
        if term is not None or index >= len(view.tokens):
            reading.dropped = True
            return
        token = view.tokens[index]
        if not token.text[0].isalnum() or token.key in self.words.functions or index in self.firsts:
            reading.dropped = True
            return
        if index in view.quantity_at or token.text.isdigit():
            reading.dropped = True
            return
        reading.unknown = view.tokens[index].text

    def _is_of_unknown(self, quantity: Quantity, index: int) -> bool:
        """``lấp đầy 100%``: a share without a noun behind a word the pack doesn't know."""
        view = self.view
        term = view.term_at.get(index)
        if term is not None and term.word.kind == "noun" and not self._is_boundary_before(index):
            return False
        first = quantity.first
        while first > 0 and view.tokens[first - 1].start >= quantity.hedge_start:
            first -= 1
        if first == 0 or not view.tokens[first - 1].text[0].isalpha():
            return False
        known = any(t.last == first for t in view.terms) or any(m.last == first for m in view.mentions)
        return not known and view.key(first - 1) not in self.words.functions

    def _is_in_name(self, quantity: Quantity) -> bool:
        """``làng Kép 2``: a small number right behind a capital, with no noun of its own."""
        first = quantity.first
        if first < 2 or quantity.value > _LARGEST_IN_NAME or quantity.kind != "count":
            return False
        before = self.view.tokens[first - 1]
        return before.text.isalpha() and before.text[0].isupper()

    def _is_boundary_before(self, index: int) -> bool:
        return index > 0 and self.view.tokens[index - 1].text in ",;:()"

    def _group(self, index: int) -> tuple[list[Term], int]:
        """Nouns of one coordination beginning at ``index`` and the index behind them."""
        view = self.view
        group = [view.term_at[index]]
        family = group[0].word.family
        last = group[0].last
        while True:
            after = self._skip(last)
            links = 0
            while view.key(after) in self.words.coordinators and links < 2:
                after = self._skip(after + 1)
                links += 1
            term = view.term_at.get(after)
            if (
                term is None
                or term.word.kind != "noun"
                or term.word.family != family
                or (links == 0 and after != last and not self._only_quotes(last, after))
                or any(i in view.quantity_at for i in range(last, after))
            ):
                return group, last
            if links and view.key(last) in ("-", "–") and group[0].word.family == "people":
                return group, last
            if links and self._is_label_of_next(term):
                return group, last
            group.append(term)
            last = term.last

    def _is_label_of_next(self, term: Term) -> bool:
        """``2 thạc sĩ, đại học 28``: the noun behind the comma belongs to the number behind it."""
        return any(
            q.first >= term.last and q.hedge_start <= self.view.tokens[term.last].start
            for q in self.candidates
            if term.last < len(self.view.tokens)
        ) and any(
            q.first >= term.last
            and all(t.start >= q.hedge_start for t in self.view.tokens[term.last : q.first])
            for q in self.candidates
        )

    def _only_quotes(self, first: int, last: int) -> bool:
        return all(is_quote(token) for token in self.view.tokens[first:last])

    def _shared_noun(self, reading: Reading, readings: list[Reading]) -> None:
        """``612, 95 và 1.040 người``: the noun stands behind the last number only."""
        if reading.counted or reading.unknown or reading.quantity.kind == "percent":
            return
        if reading.index + 1 >= len(readings):
            return
        following = readings[reading.index + 1]
        gap = [
            token.key
            for token in self.view.tokens[reading.quantity.last : following.quantity.first]
            if token.start < following.quantity.hedge_start
        ]
        if gap and all(key in self.words.joins for key in gap) and following.counted:
            if following.quantity.kind != reading.quantity.kind:
                return
            reading.counted = following.counted
            reading.source = following
            reading.dropped = True

    def _noun_before(self, reading: Reading, readings: list[Reading]) -> None:
        """The noun stands before (``số lớp: 12``), or is that of an earlier number."""
        earlier = [r for r in readings[: reading.index] if r.counted]
        if self._takes_up_again(reading, earlier):
            return
        label = self._label_noun(reading, earlier)
        owner = next((r for r in reversed(earlier) if label is not None and label in r.counted), None)
        if label is not None and owner is None:
            if self._behind_quantity(label, earlier):
                owner = earlier[-1]
            else:
                reading.counted = self._label_group(label)
                behind, _ = self._group(label.first)
                reading.counted += [term for term in behind if term not in reading.counted]
                reading.label = (reading.counted[0].first, reading.quantity.first)
                return
        if reading.unknown is not None:
            return
        if owner is None and earlier:
            owner = earlier[-1]
        for others in (self.intro, self.previous if self._continues() else []):
            if owner is None:
                owner = next((r for r in reversed(others) if r.counted), None)
        if owner is not None:
            self._share(reading, owner)

    def _takes_up_again(self, reading: Reading, earlier: list[Reading]) -> bool:
        """``tỷ lệ này là 91%``: of the same as the number before, in this sentence or the last."""
        near = range(max(reading.quantity.first - 14, 0), reading.quantity.first)
        if not any(self.words.again.longest(self.view.tokens, index) for index in near):
            return False
        kind = reading.quantity.kind
        owners = [r for r in [*self.previous, *earlier] if r.counted and r.quantity.kind == kind]
        if owners:
            self._share(reading, owners[-1])
        return bool(owners)

    def _label_noun(self, reading: Reading, earlier: list[Reading]) -> Term | None:
        """The noun before a number that it counts: behind ``số`` or ``tỷ lệ``, else the nearest.

        A body does so only when nothing else can: before a number it is mostly the subject.
        """
        view, first = self.view, reading.quantity.first
        floor = max((r.quantity.last for r in earlier if r.family != "body"), default=0)
        nouns: list[Term] = []
        opener = blocked = False
        for term in reversed(view.between(0, first)):
            if any(view.key(i) in (";", "!", "?") for i in range(term.last, first)):
                break
            if term.is_a("share_opener" if reading.quantity.kind == "percent" else "count_opener"):
                opener, blocked = bool(nouns), not nouns
                break
            if term.word.kind != "noun" or term.word.family not in _COUNTED_FAMILIES:
                continue
            if self._is_named_place(term):
                continue
            if term.first < floor and not any(term in r.counted for r in earlier):
                break
            nouns.append(term)
            if term.first < floor:
                break
        if opener:
            return nouns[-1]
        if blocked:
            reading.unknown = self.view.key(first - 1)
            return None
        near = [
            term
            for term in nouns
            if reading.quantity.kind == "percent" or first - term.last <= _LONGEST_LABEL
        ]
        if earlier and reading.quantity.kind == "percent":
            near = [term for term in near if term.word.family != "body"]
        people = [term for term in near if term.word.family != "body"]
        return (people or near or [None])[0]

    def _behind_quantity(self, term: Term, earlier: list[Reading]) -> bool:
        """Whether ``term`` stands in the phrase of an earlier number."""
        return any(r.span[0] <= term.first < r.span[1] and r.quantity.kind != "percent" for r in earlier)

    def _label(self, reading: Reading, readings: list[Reading]) -> None:
        """``số học viên là 1.395 người``: a generic noun is filled up by the label before it."""
        view, end = self.view, reading.hedge_first
        for term in reversed(view.between(0, end)):
            if end - term.last > _LONGEST_LABEL or any(
                view.tokens[i].text in ";,:()" for i in range(term.last, end - 1)
            ):
                return
            if view.tokens[end - 1].text in ",;" or self._is_named_place(term):
                return
            if term.word.kind == "verb" and not term.word.weak and not term.is_a("employs", "needs", "joins"):
                return
            if any(term in r.counted for r in readings) or self._breaks_label(term.last, end):
                return
            if term.is_a("quota") and reading.quantity.kind == "percent":
                return
            if term.word.kind == "noun" and term.word.family == "people":
                reading.counted = [*self._label_group(term), *reading.counted]
                reading.label = (reading.counted[0].first, end)
                return

    def _breaks_label(self, first: int, last: int) -> bool:
        return any(token.key in self.words.label_breaks for token in self.view.tokens[first:last])

    def _label_group(self, term: Term) -> list[Term]:
        view = self.view
        group = [term]
        index = term.first - 1
        while index > 0 and view.key(index) in self.words.coordinators:
            before = next((t for t in view.terms if t.last == index), None)
            if before is None or before.word.family != term.word.family or before.word.kind != "noun":
                break
            if before.first - 1 in view.quantity_at:
                break
            group.insert(0, before)
            index = before.first - 1
        return group

    def _is_named_place(self, term: Term) -> bool:
        return any(m.first <= term.first < m.last and not m.again for m in self.view.mentions)

    def _share(self, reading: Reading, owner: Reading) -> None:
        reading.counted = owner.counted
        reading.source = owner

    def _continues(self) -> bool:
        return self.words.continues.longest(self.view.tokens, 0) is not None

    # --- the phrase -----------------------------------------------------------------------------

    def _span(self, reading: Reading, readings: list[Reading]) -> None:
        view = self.view
        begin = max(reading.span[1], reading.quantity.last)
        limit = len(view.tokens)
        if view.tokens[-1].text in ".!?…":
            limit -= 1
        following = readings[reading.index + 1 :]
        if reading.family == "people":
            while following and following[0].is_located:
                following = following[1:]
        if following:
            limit = self._cut(begin, following[0].quantity)
        index = begin
        while index < limit:
            term = view.term_at.get(index)
            if term is not None and term.last <= limit:
                index = term.last
                continue
            text = view.tokens[index].text
            if text == "(":
                closed = self._closing(index)
                if closed is None or closed >= limit:
                    break
                index = closed + 1
                continue
            if text in ";:)[]" or text in self.words.marks:
                break
            if text == "," and not self._goes_on(index, limit):
                break
            if self.words.parts.longest(view.tokens, index) is not None:
                break
            index += 1
        reading.span = (reading.quantity.last, max(index, begin))
        reading.left = self._item_start(reading, readings)

    def _closing(self, index: int) -> int | None:
        """Index of the bracket that closes the one at ``index``, when it holds no count."""
        for at in range(index + 1, len(self.view.tokens)):
            if at in self.view.counting or at in self.firsts:
                return None
            if self.view.tokens[at].text == ")":
                return at
        return None

    def _cut(self, begin: int, following: Quantity) -> int:
        """Where the phrase before ``following`` ends at the latest."""
        view = self.view
        first = following.first
        while first > begin and view.tokens[first - 1].start >= following.hedge_start:
            first -= 1
        inside = {i for t in view.terms for i in range(t.first + 1, t.last)}
        for index in range(first - 1, begin - 1, -1):
            if index in inside:
                continue
            if view.tokens[index].text in (",", ";", "(", ":") or view.key(index) in self.words.conjunctions:
                return index
        return first

    def _goes_on(self, index: int, limit: int) -> bool:
        """Whether a comma only joins two words of one kind (``đào tạo, bồi dưỡng``)."""
        view = self.view
        before = next((t for t in view.terms if t.last == index), None)
        after = view.term_at.get(self._skip(index + 1))
        if before is None or after is None or after.first >= limit:
            return False
        if before.word.kind == after.word.kind and not after.word.weak:
            return before.word.kind != "noun" or before.word.family == after.word.family
        return False

    def _item_start(self, reading: Reading, readings: list[Reading]) -> int:
        view = self.view
        first = reading.quantity.first
        floor = readings[reading.index - 1].quantity.last if reading.index else 0
        for index in range(first - 1, floor - 1, -1):
            if view.tokens[index].text in ",;()" or view.key(index) in self.words.conjunctions:
                if index + 1 < first and view.tokens[index].text in ",":
                    # "cán bộ, công chức: 12": a comma inside the label.
                    before = next((t for t in view.terms if t.last == index), None)
                    after = view.term_at.get(index + 1)
                    if before and after and before.word.family and before.word.family == after.word.family:
                        continue
                return index + 1
        return floor

    # --- totals and parts -----------------------------------------------------------------------

    def _parent(self, reading: Reading, readings: list[Reading]) -> None:
        view, first = self.view, reading.quantity.first
        earlier = [r for r in readings[: reading.index] if r.counted or r.parent]
        opener = self._opener(first)
        depth = self._depth(first)
        if opener is not None and opener > 0:
            total = self._total([r for r in earlier if r.quantity.first < opener], reading)
            if total is not None:
                reading.parent = total
                return
        if opener == 0 or (opener is not None and not earlier):
            total = self._total(self.previous, reading) or self._total(self.intro, reading)
            if total is not None:
                reading.parent = total
                return
        if depth:
            opened = self._bracket(first)
            total = self._total([r for r in earlier if r.quantity.first < opened], reading)
            if total is not None:
                reading.parent = total
                return
        colon = max((i for i in range(first) if view.tokens[i].text == ":"), default=None)
        if colon is not None:
            before = [r for r in earlier if r.quantity.first < colon]
            total = self._total(before[-1:], reading)
            if total is not None:
                reading.parent = total
                return
        if view.sentence.is_bullet and self.intro and not earlier:
            reading.parent = self._total(self.intro, reading)

    def _opener(self, first: int) -> int | None:
        found = None
        for index in range(first):
            if self.words.parts.longest(self.view.tokens, index) is not None:
                found = index if found is None or index - found > 3 else found
        return found

    def _depth(self, first: int) -> int:
        depth = 0
        for token in self.view.tokens[:first]:
            depth += (token.text in _BRACKETS_OPEN) - (token.text in _BRACKETS_CLOSE)
        return max(depth, 0)

    def _bracket(self, first: int) -> int:
        return max(i for i in range(first) if self.view.tokens[i].text in _BRACKETS_OPEN)

    def _total(self, candidates: list[Reading], part: Reading) -> Reading | None:
        """The nearest earlier count of the same kind that is large enough to hold the part."""
        for total in reversed(candidates):
            if not total.counted or total.quantity.kind == "percent":
                continue
            if part.counted and total.family != part.family:
                continue
            if part.quantity.kind == "count" and total.quantity.value < part.quantity.value:
                continue
            if part.quantity.kind == "percent" and not part.source:
                continue
            return total
        return None

    # --- the verb -------------------------------------------------------------------------------

    def _verb(self, reading: Reading, readings: list[Reading]) -> None:
        view, first = self.view, reading.quantity.first
        start, end = reading.span
        counted_last = max((t.last for t in reading.counted if t.first >= start), default=start)
        reading.after = [
            t for t in view.between(counted_last, end) if t.word.kind == "verb" and not t.word.weak
        ]
        if reading.label is not None:
            reading.after += [
                t for t in view.between(*reading.label) if t.word.kind == "verb" and not t.word.weak
            ]
        own = bool(reading.after) or any(
            t.is_a("diploma", "duty", "degree_word") for t in view.between(counted_last, end)
        )
        weak: Term | None = None
        # A part is governed by what governs its total, not by what the total's own phrase says.
        floor = reading.parent.span[1] if reading.parent and reading.parent.view is view else 0
        for term in reversed(view.between(floor, first)):
            if any(view.tokens[i].text == ";" for i in range(term.last, first)):
                break
            if self._is_named_place(term):
                continue
            governs = term.word.kind == "verb" or term.is_a("courses")
            if governs and own and not term.word.weak and self._is_said_of_other(term, readings):
                continue
            if not governs or (reading.label and term.first >= reading.label[0] and term in reading.counted):
                continue
            if term.word.weak:
                weak = weak or term
                continue
            if weak is not None and any(view.tokens[i].text == "," for i in range(term.last, weak.first)):
                break
            if reading.verb and any(view.tokens[i].text == "," for i in range(term.last, first)):
                break
            owner = reading.source
            if owner is not None and owner.view is view and owner.span[0] <= term.first < owner.span[1]:
                reading.verb = list(owner.verb)
                break
            reading.verb += self._verb_group(term)
            # "lớp tập huấn được mở cho …": who holds it says less than what is held.
            if not term.is_a("holds"):
                break
        if not reading.verb and weak is not None:
            reading.verb = [weak]
        strong = reading.verb and not reading.verb[0].word.weak
        if not strong and reading.parent is not None and not reading.after:
            reading.verb = [*reading.verb, *reading.parent.verb]
            reading.after = list(reading.parent.after)
        elif not strong and reading.source is not None and not reading.after:
            reading.verb = [*reading.verb, *reading.source.verb]
            reading.after = list(reading.source.after)

    def _verb_group(self, term: Term) -> list[Term]:
        """``term`` and the verbs coordinated before it (``tập huấn, hướng dẫn``)."""
        view = self.view
        group = [term]
        index = term.first
        while True:
            gap = index - 1
            if view.key(gap) not in self.words.coordinators:
                before = next((t for t in view.terms if t.last == index), None)
            else:
                while view.key(gap - 1) in self.words.coordinators:
                    gap -= 1
                before = next((t for t in view.terms if t.last == gap), None)
            if before is None or before.word.weak or before.word.kind != "verb":
                return group
            group.append(before)
            index = before.first


def _is_year(view: View, quantity: Quantity) -> bool:
    """A bare four-digit number without a noun of its own is a year."""
    text = view.tokens[quantity.first].text
    return (
        quantity.kind == "count"
        and quantity.last == quantity.first + 1
        and (len(text) == 4 and text.isdigit() and 1950 <= int(text) <= 2060)
    )


def respectively_at(view: View, before: int) -> int | None:
    """Index of the word that deals out a list of names to a list of numbers, if one governs."""
    for index in range(before - 1, -1, -1):
        if view.tokens[index].text == ";":
            return None
        if _words().respectively.longest(view.tokens, index) is not None:
            return index
    return None


def continues_list(view: View) -> bool:
    """Whether a sentence goes on with the list of the one before (``Trong đó``)."""
    return any(_words().continues.longest(view.tokens, index) for index in (0, 1) if view.tokens[index:])
