"""Numbers that say too little by themselves lean on the one beside them."""

from __future__ import annotations

from bisect import bisect_left

from nhanluc_extract.extraction.sentence.connectors import linking
from nhanluc_extract.extraction.sentence.reading import Context, NounGroup, Reading, earlier


class Leaning:
    """Finds the number another one takes its noun and verb from."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.view = context.view

    def lean(self, reading: Reading, readings: list[Reading]) -> NounGroup:
        """A share or a noun that says nothing by itself leans on the number before it."""
        if reading.parent is not None or reading.source is not None:
            return reading.noun
        if reading.label is not None:
            return self._beside(reading, readings)
        before = [
            r for r in earlier(readings, reading) if r.counted and not r.is_whole and r.source is not reading
        ]
        if reading.quantity.kind == "percent":
            if not self._is_share(reading) or self._is_of_things(reading, readings):
                return reading.noun
            families = {reading.family} if reading.counted else {"people", "body"}
            owners = [r for r in before if r.family in families]
        elif reading.family == "body":
            if self._says_something(reading):
                return reading.noun
            following = readings[reading.index + 1 : reading.index + 2]
            if following and following[0].family == "body" and self._only_joined(reading, following[0]):
                return reading.noun.but(source=following[0])
            owners = [r for r in before if r.family == "body"]
        else:
            if not reading.counted or self._says_something(reading) or self._is_of_course(reading, before):
                return reading.noun
            owners = [r for r in before if r.family == reading.family]
            if not all(term.word.generic for term in reading.counted):
                names = {t.word.name for t in reading.counted}
                owners = [
                    r
                    for r in owners
                    if names & {t.word.name for t in r.counted}
                    or any(t.is_a("role_word") for t in reading.phrase_terms)
                ]
        if owners:
            return self._leaning_on(owners[-1], reading)
        generic = all(term.word.generic for term in reading.counted)
        if generic and reading.family == "people" and reading.quantity.kind == "count":
            return self._lean_back(reading)
        return reading.noun

    def _is_of_course(self, reading: Reading, before: list[Reading]) -> bool:
        """``70% người dân có kỹ năng số; mở 6 lớp cho 450 người``: those whom a course is for."""
        for_them = self.view.key(reading.hedge_first - 1) in linking("beneficiary")
        return for_them and bool(before) and before[-1].family == "course"

    def _leaning_on(self, owner: Reading, reading: Reading) -> NounGroup:
        """``3.900 sinh viên, riêng khoa công nghệ thông tin 655 người``: students too, of another body."""
        view, first = self.view, reading.hedge_first
        begin = view.mark_before(",;:", first) + 1
        apart = view.key(begin) in linking("set_apart") and all(t.word.generic for t in reading.counted)
        body = any(term.word.family == "body" for term in view.between(begin, first))
        return reading.noun.of(owner) if apart and body else reading.noun.but(source=owner)

    def _beside(self, reading: Reading, readings: list[Reading]) -> NounGroup:
        """``80% người dân biết dùng …, riêng công chức 96%``: the same share, of others."""
        view, (first, last) = self.view, reading.label or (0, 0)
        shares = [r for r in earlier(readings, reading) if r.quantity.kind == "percent" and r.counted]
        apart = view.key(first - 1) in linking("set_apart")
        said = any(t.word.kind == "verb" and not t.word.weak for t in view.between(first, last))
        if reading.quantity.kind != "percent" or not shares or not apart or said:
            return reading.noun
        return reading.noun.but(source=shares[-1])

    def _lean_back(self, reading: Reading) -> NounGroup:
        """``Hà Nội có 236.000 người``: people of the kind the sentence before counted."""
        said = [t for t in reading.phrase_terms if t not in reading.counted]
        verbs = [t for t in self.view.between(0, reading.quantity.first) if t.word.kind == "verb"]
        plain = all(t.word.weak or t.is_a("needs", "lacks", "employs", "recruits") for t in verbs)
        nouns = [t for t in self.view.between(0, reading.quantity.first) if t.word.kind == "noun"]
        taken = any(
            t.word.family == "team" or (t.word.family in ("people", "course") and not self.view.is_named(t))
            for t in nouns
        )
        if said or not plain or taken or self._goes_on_unknown(reading):
            return reading.noun
        owners = [
            r
            for r in self.context.previous
            if r.family == "people" and r.quantity.kind == "count" and not _is_graded(r)
        ]
        if any(t.is_a("firms", "firm_again") for t in nouns):
            # "… nhận 60 sinh viên. Công ty sẽ có 2.400 người": its own, and none of those it takes in
            owners = [r for r in owners if any(t.is_a("workers", "manpower", "technical") for t in r.counted)]
        return reading.noun.but(source=owners[-1], across=True) if owners else reading.noun

    def _goes_on_unknown(self, reading: Reading) -> bool:
        """``300.000 lượt dò quét``: a word that no rule knows tells what they are."""
        behind = max(term.last for term in reading.counted)
        known = behind in self.view.term_at or self.view.mention_at(behind) is not None
        return (
            self.view.key(behind).isalpha()
            and not known
            and self.view.key(behind) not in linking("functions")
        )

    def _says_something(self, reading: Reading) -> bool:
        """Whether a phrase tells enough to be read without the number before it."""
        if reading.family == "body":
            if self.view.key(reading.span[1]) in linking("turns"):
                return True  # "sáu ấp ven biển thì chưa có tổ"
            said = [t for t in reading.view.between(*reading.span) if t not in reading.counted]
            return any(t.word.kind == "verb" or t.is_a("duty", "team_word", "teams") for t in said)
        if all(term.word.generic for term in reading.counted):
            return self._is_of_team(reading)
        terms = reading.phrase_terms
        if len(terms) == len(reading.counted):
            before = self.view.between(reading.hedge_first - 3, reading.hedge_first)
            if before and before[-1].last == reading.hedge_first and before[-1].word.weak:
                return False
        duty = any(t.is_a("role_word") for t in terms)
        return not (duty and not any(t.word.kind == "subject" for t in terms))

    def _is_of_team(self, reading: Reading) -> bool:
        """``…, dù tổ cũng chỉ có 5 người``: people that a team is said to have are its own."""
        near = (self.view.ending_at(at) for at in (reading.quantity.first, reading.hedge_first))
        verb = next((term for term in near if term is not None and term.is_a("have", "attracts")), None)
        if verb is None:
            return False
        parted = self.view.mark_before(";:", verb.first)
        return any(t.word.family == "team" for t in self.view.between(parted + 1, verb.first))

    def _only_joined(self, reading: Reading, following: Reading) -> bool:
        tokens = self.view.tokens[reading.span[1] : following.hedge_first]
        return all(token.key in linking("joins") for token in tokens)

    def take_share(self, reading: Reading, readings: list[Reading]) -> NounGroup | None:
        """A share without a noun, behind a mark, is that of the number before; None for any other number."""
        if reading.quantity.kind != "percent" or not self._is_share(reading):
            return None
        before = [r for r in earlier(readings, reading) if r.quantity.kind != "percent" or r.counted]
        if not before:
            return None
        people = [r for r in before if r.family in ("people", "body")]
        if before[-1].unknown or not people or self._is_of_things(reading, readings):
            return reading.noun.but(unknown=before[-1].unknown or "…")
        return reading.noun.of(people[-1])

    def _is_of_things(self, reading: Reading, readings: list[Reading]) -> bool:
        """``lên 1.918 hồ sơ, đạt 87%``, ``đạt 520 tỷ đồng, bằng 21%``: a share of what is counted last."""
        quantities = self.view.sentence.quantities
        at = bisect_left(quantities, reading.quantity.first, key=lambda quantity: quantity.first)
        if at and quantities[at - 1].kind == "money":
            return True
        counts = [r for r in earlier(readings, reading) if r.quantity.kind != "percent"]
        return bool(counts) and counts[-1].family == "things"

    def _is_share(self, reading: Reading) -> bool:
        """``…, đạt 100%``: the share stands right behind a mark and a weak verb."""
        view, hedge = self.view, reading.hedge_first
        before = view.ending_at(hedge)
        opens = before.first if before is not None and before.word.weak else hedge
        if view.key(hedge - 1) in linking("equals"):
            opens = hedge - 1
        return opens > 0 and view.tokens[opens - 1].text in ",(" and opens <= hedge


def _is_graded(reading: Reading) -> bool:
    """``4 người là thạc sĩ``: a part by diploma, which no head-count takes up."""
    told = (*reading.counted, *reading.item_terms, *reading.phrase_terms)
    return reading.parent is not None and any(t.is_a("degree_word") for t in told)
