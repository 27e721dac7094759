"""The noun behind a number: what is counted, or why nothing is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from nhanluc_extract.extraction.sentence.connectors import linking, majors, phrases
from nhanluc_extract.extraction.sentence.reading import Context, NounGroup, Reading
from nhanluc_extract.extraction.sentence.terms import Term
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.model import Quantity, Token
from nhanluc_extract.text.tokens import is_quote

_LARGEST_IN_NAME = 20
_AGAIN = 5  # tokens from words that take an earlier number up again to the number


class Nouns:
    """Finds the noun group that follows a number."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.view

    @cached_property
    def _share_opener(self) -> int:
        """The first word that opens a share; behind the last token without one."""
        openers = (term.first for term in self.view.terms if term.is_a("share_opener"))
        return next(openers, len(self.view.tokens))

    def is_located(self, reading: Reading) -> bool:
        """Bodies behind a preposition (``ở 23 xã``) only say where; nothing is said of them."""
        at = self._before_coordination(reading.hedge_first) - 1
        if self.view.key(at) in linking("summing"):
            at -= 1  # "ở cả 6 thôn"
        if reading.family == "body" and self.view.phrase_before(phrases("meeting"), at + 1) is not None:
            return True  # "hội nghị trực tuyến với 63 tỉnh, thành phố"
        reached = self.view.ending_at(at + 1)
        if reached is not None and reached.is_a("set_up"):
            return False  # "có mặt tại 45/45 xã"
        today = any(o.last == at + 1 for o in self.view.operators("today"))  # "Hiện tại 225 xã"
        if reading.family != "body" or today or self.view.key(at) not in linking("prepositions"):
            return False
        if at == 0 or self.view.tokens[at - 1].text in ",;:.":
            # "Ở 31 xã chưa có cán bộ": it opens the clause, and something is said of it.
            end = max(t.last for t in reading.counted)
            following = self.view.term_at.get(end)
            return following is None or not following.is_a("lacks", "have")
        return True

    def _before_coordination(self, first: int) -> int:
        """``tại các sở và 15 huyện``: where the coordination of bodies begins that a number stands in."""
        while self.view.key(first - 1) in linking("conjunctions"):
            before = self.view.ending_at(first - 1)
            if before is None or before.word.family != "body":
                break
            first = before.first
            while self.view.key(first - 1) in linking("several"):
                first -= 1
        return first

    def find(self, reading: Reading) -> NounGroup:
        """The noun behind a number, or the word of no rule that it counts instead."""
        view, quantity = self.view, reading.quantity
        start = quantity.last
        if quantity.kind == "count" and _is_share_of_those(view, start):
            return NounGroup(unknown=view.tokens[start].text)
        if quantity.kind == "zero":
            near = range(start, min(start + 3, len(view.tokens)))
            nouns = [i for i in near if i in view.term_at and view.term_at[i].word.kind == "noun"]
            if not nouns:
                return NounGroup(unknown=view.tokens[start].text if start < len(view.tokens) else "…")
            start = nouns[0]
        if (behind := self._behind_note(quantity)) is not None:
            start = behind
        index = self.view.skip_fillers(start)
        nothing = NounGroup(span=(quantity.last, quantity.last))
        term = view.term_at.get(index)
        is_noun = term is not None and term.word.kind == "noun"
        if term is not None and is_noun and (index == start or not self._is_boundary_before(index)):
            if self.is_a_name(term) or self._is_institution(term):
                return nothing.but(unknown=view.tokens[index].text)
            terms, end = self.group(index)
            return NounGroup(tuple(terms), (quantity.last, end))
        return nothing.but(unknown=self._unknown(reading, index, term))

    def _unknown(self, reading: Reading, index: int, term: Term | None) -> str | None:
        """The word that a number counts, or is the name of, where no noun of ours stands behind it."""
        view, quantity = self.view, reading.quantity
        before = view.tokens[quantity.first - 1].text
        if quantity.needs_noun:
            return before
        if quantity.kind == "percent" and self._is_of_unknown(reading, index):
            return before
        subject = term is not None and (term.word.kind == "subject" or term.is_a("field_words"))
        if term is not None and term.word.object_only and quantity.kind == "count":
            subject = True  # "với 1.050 phiếu trả lời"
        if subject or is_year(view.tokens, quantity):
            return view.tokens[index].text if index < len(view.tokens) else "…"
        if self._is_in_name(quantity) and (term is None or term.word.kind != "noun"):
            return before
        if (major := self._major_at(index, term)) is not None:
            return major
        if term is not None or index >= len(view.tokens):
            return None
        token = view.tokens[index]
        plain = token.text[0].isalnum() and token.key not in linking("functions")
        numbered = index in self.context.firsts or index in view.quantity_at or token.text.isdigit()
        return token.text if plain and not numbered else None

    def _major_at(self, index: int, term: Term | None) -> str | None:
        """The word by which subjects are counted (``ba chuyên ngành``)."""
        if not self.view.key(index)[:1].isalpha():
            return None
        found = next((i for i in (index, index + 1) if self.view.key(i) in majors()), None)
        return self.view.key(found) if found is not None and (term is None or term.last > found) else None

    def _behind_note(self, quantity: Quantity) -> int | None:
        """``100% (20/20) xã``: the noun of both stands behind the bracket."""
        view = self.view
        if view.key(quantity.last) == "(":
            noted = view.quantity_at.get(quantity.last + 1)
            closed = noted is not None and noted.is_candidate and view.key(noted.last) == ")"
            return noted.last + 1 if noted is not None and closed else None
        noted = view.quantity_at.get(quantity.first - 2)
        opened = view.key(quantity.first - 1) == "(" and view.key(quantity.last) == ")"
        return quantity.last + 1 if opened and noted is not None and noted.is_candidate else None

    def is_a_name(self, noun: Term) -> bool:
        """``năm lớp 11``: the noun is named by the number behind it, and none of it is counted."""
        named = self.view.quantity_at.get(noun.last)
        return named is not None and (named.kind == "name" or named.needs_noun)

    def _is_institution(self, noun: Term) -> bool:
        """``sáu đại học công lập``: a degree counts people only where people are counted before it."""
        if not noun.is_a("degree_word") or noun.word.named is None:
            return False
        people = [*self.context.previous, *self.context.intro]
        before = any(t.word.family == "people" for t in self.view.terms if t.last <= noun.first)
        return not before and not any(r.family == "people" for r in people)

    def _is_of_unknown(self, reading: Reading, index: int) -> bool:
        """``lấp đầy 100%``: a share without a noun behind a word the pack doesn't know."""
        view = self.view
        term = view.term_at.get(index)
        if term is not None and term.word.kind == "noun" and not self._is_boundary_before(index):
            return False
        if term is not None and term.is_a("workers") and term.is_a("field_again"):
            return False  # "phần cứng chiếm 70% số lao động này"
        first = reading.hedge_first
        verb = view.ending_at(first)
        if verb is not None and verb.word.weak:
            first = verb.first
        near = max(first - _AGAIN, 0)
        if view.begins_in(phrases("again"), near, first) or view.begins_in(phrases("ranks"), near, first):
            return False
        if first == 0 or not view.tokens[first - 1].text[0].isalpha():
            return False
        before = view.ending_at(first)
        # "đào tạo công nghệ thông tin 100% bằng tiếng Anh": how something is done.
        known = before is not None and (before.word.kind in ("noun", "modifier") or before.word.weak)
        known = known or view.mention_ending(first) is not None or self._share_opener < first
        known = known or any(
            o.first < first <= o.last for o in view.operators("status")
        )  # "phấn đấu nâng lên"
        return not known and view.key(first - 1) not in linking("functions")

    def _is_in_name(self, quantity: Quantity) -> bool:
        """``làng Kép 2``: a small number right behind a capital, with no noun of its own."""
        first = quantity.first
        if first < 2 or quantity.value > _LARGEST_IN_NAME or quantity.kind != "count" or quantity.of:
            return False
        before = self.view.tokens[first - 1]
        return before.text.isalpha() and before.text[0].isupper()

    def _is_boundary_before(self, index: int) -> bool:
        return index > 0 and self.view.tokens[index - 1].text in ",;:()"

    def group(self, index: int) -> tuple[list[Term], int]:
        """Nouns of one coordination beginning at ``index`` and the index behind them."""
        view = self.view
        group = [view.term_at[index]]
        family = group[0].word.family
        last = group[0].last
        while True:
            after = self.view.skip_fillers(last)
            links = 0
            while view.key(after) in linking("coordinators") and links < 2:
                after = self.view.skip_fillers(after + 1)
                links += 1
            term = view.term_at.get(after)
            if links and view.key(last) == "," and view.key(last + 1) in linking("several"):
                return group, last  # "80 nghìn dân, các thành viên …": another subject begins
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
            if links and (self._is_label_of_next(term) or self._opens_statement(term, last)):
                return group, last
            group.append(term)
            last = term.last

    def _opens_statement(self, term: Term, last: int) -> bool:
        """``11 thành viên, người nhiều tuổi nhất là …``: a bare *người* behind a comma begins another."""
        behind = self.view.term_at.get(term.last)
        told = behind is not None and behind.word.kind == "verb" and behind.word.weak
        return self.view.key(last) == "," and (term.word.name == "person" or (term.word.generic and told))

    def _is_label_of_next(self, term: Term) -> bool:
        """``2 thạc sĩ, đại học 28``, ``…, đại học: 28``: the noun belongs to the number behind it.

        Not ``100% sở, huyện có ít nhất 2``: bodies have what is counted.
        """
        had = self.view.term_at.get(term.last)
        if term.word.family == "body" and had is not None and had.is_a("have"):
            return False
        numbers, behind = self.context.candidates, term.last + (self.view.key(term.last) == ":")
        at = bisect_left(numbers, behind, key=lambda quantity: quantity.first)
        return at < len(numbers) and numbers[at].hedge_start <= self.view.tokens[behind].start

    def _only_quotes(self, first: int, last: int) -> bool:
        return all(is_quote(token) for token in self.view.tokens[first:last])


def _is_share_of_those(view: View, index: int) -> bool:
    """``chiếm 30 số người học``: a share whose sign was lost."""
    behind = view.term_at.get(index)
    return behind is not None and behind.is_a("count_opener")


def is_year(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """Whether a number may be a year: a bare one of four figures is, without a noun of its own."""
    text = tokens[quantity.first].text
    return (
        quantity.kind == "count"
        and quantity.last == quantity.first + 1
        and (len(text) == 4 and text.isdigit() and 1950 <= int(text) <= 2060)
    )
