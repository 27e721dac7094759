"""What each number of an article is taken for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from nhanluc_extract.extraction.discourse.evidence import Around, Evidence
from nhanluc_extract.extraction.discourse.reader import Discourse, Setting
from nhanluc_extract.extraction.frames.counting import is_count
from nhanluc_extract.extraction.frames.matching import Candidate, candidates, is_summed
from nhanluc_extract.extraction.sentence.qualifiers import is_rounded
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.rulepack.model import Frame, Indicator

_TELLING = 50  # figures below it are equal by chance
_SEVERAL = 2  # parts of a total
_TOLD_FIRST = 200  # claims of an article among which the exact figure of a headline stands


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A number that a frame takes for a fact: of the ``candidates`` the first decided.

    ``owner`` is the claim it is a part or a share of, or whose noun it shares, if that stands before it.
    """

    reading: Reading
    candidates: Sequence[Candidate]
    indicator: Indicator
    setting: Setting
    owner: Claim | None

    @property
    def taken(self) -> Candidate:
        return self.candidates[0]

    @property
    def frame(self) -> Frame:
        return self.taken.frame

    @property
    def unit(self) -> str:
        return self.taken.unit

    @property
    def sentence(self) -> int:
        return self.reading.view.sentence.index

    @property
    def stands_alone(self) -> bool:
        """Whether its sentence tells it, with the line that opens its list, and no other has to."""
        return _stands_alone(self.reading, self.taken)

    @property
    def rests_on(self) -> Evidence:
        """The widest evidence that decides whether it is stated."""
        return _rests_on(self.reading, self.taken)

    @property
    def is_part(self) -> bool:
        """Whether ``owner`` is the total it is a part of."""
        return self.owner is not None and self.reading.parent is not None


def take_claims(discourse: Discourse, promising: Iterable[tuple[int, int]] | None = None) -> list[Claim]:
    """All claims of an article, in text order.

    One of the sentences at ``promising`` in the clean text, if any, holds the first that stands alone; None
    where nothing is known of it.
    """
    if promising is not None and not any(_begins_claim(discourse, span) for span in promising):
        return []
    taken = _Taken(discourse, {})
    for index, readings in discourse.readings.items():
        if not readings:
            continue
        before = discourse.before(discourse.views[index].sentence)
        for reading in sorted(readings, key=_behind_its_sum):
            owner = taken.owner_of(reading)
            fitting = candidates(discourse.pack, Around(reading, before), owner.taken if owner else None)
            if fitting and not discourse.is_foreign(reading):
                taken.add(reading, fitting)
    for total, parts in list(_made_up(discourse, taken)):
        taken.add(total, [_as_told(parts[0], "parts", parts[0].taken.evidence)])
        for part in parts:
            taken.add(part.reading, part.candidates)
    for reading, body in list(_in_headlines(discourse, taken)):
        taken.add(reading, [_as_told(body, "body", Evidence.paragraph)])
    for claim, body in list(_told_otherwise(taken)):
        taken.add(claim.reading, [_as_told(body, "body", claim.taken.evidence), *claim.candidates])
    return sorted(taken.claims.values(), key=lambda claim: claim.reading.quantity.start)


def _behind_its_sum(reading: Reading) -> tuple[int, bool]:
    """Numbers are taken in text order, but parts only behind the sum that is told behind them."""
    summed = is_summed(reading)
    return (reading.parent.index if summed and reading.parent else reading.index), summed


def _begins_claim(discourse: Discourse, span: tuple[int, int]) -> bool:
    """Whether a number of a sentence is a claim that stands alone, whatever others are."""
    start, end = span
    within = [each.index for each in discourse.document.sentences if start <= each.start < end]
    return any(
        any(_stands_alone(reading, each) for each in candidates(discourse.pack, around))
        and not discourse.is_foreign(reading)
        for index in within
        for reading in discourse.readings[index]
        for around in [Around(reading, discourse.told[index])]
    )


def _stands_alone(reading: Reading, taken: Candidate) -> bool:
    own, widest = reading.view.sentence, _rests_on(reading, taken)
    if widest <= Evidence.clause:
        return True  # "Trong đó, ngành Kỹ thuật máy tính 60 chỉ tiêu": whatever it is a part of
    return widest <= Evidence.sentence and all(
        other.view.sentence.index in (own.index, own.intro) for other in reading.chain()
    )


def _rests_on(reading: Reading, taken: Candidate) -> Evidence:
    """The widest evidence of a count, but for the teams that it takes up.

    ``Tổ công nghệ số của làng đứng lớp. Huyện đã lập 11 tổ``: those were told of just before.
    """
    again = Evidence.paragraph if reading.family == "team" else Evidence.phrase
    told = (at for name, at in taken.conditions if name != "team" or at > again)
    return max(told, default=Evidence.phrase)


def _as_told(claim: Claim, where: str, evidence: Evidence) -> Candidate:
    """A number counts what ``claim`` does, as is told ``where``."""
    return Candidate(claim.frame, claim.taken.indicator, claim.unit, ((where, evidence),))


@dataclass(frozen=True, slots=True)
class _Taken:
    """The claims so far, by their reading."""

    discourse: Discourse
    claims: dict[int, Claim]

    def owner_of(self, reading: Reading) -> Claim | None:
        """The claim whose part a count is, or whose noun it shares, be it of a sentence before."""
        own = (_shared(reading), reading.parent, reading.source)
        owners = (self.claims.get(id(other)) for other in own if other is not None)
        return next((owner for owner in owners if owner is not None), None)

    def add(self, reading: Reading, fitting: Sequence[Candidate]) -> None:
        indicator = self.discourse.pack.indicators[fitting[0].indicator]
        setting = self.discourse.settings[reading.view.sentence.index]
        parent = None if is_summed(reading) else _shared(reading) or reading.parent
        lender = parent or (None if reading.noun.across else reading.source)
        owner = self.claims.get(id(lender)) if lender is not None else None
        self.claims[id(reading)] = Claim(reading, fitting, indicator, setting, owner)


def _shared(reading: Reading) -> Reading | None:
    """``trong đó 38 người là kỹ sư, chiếm 25%``: a share told with a part is of what the part counts."""
    source = reading.source
    told = source is not None and source.parent is not None and source.parent is reading.parent
    return source if told and reading.quantity.kind == "percent" else None


def _made_up(discourse: Discourse, taken: _Taken) -> Iterator[tuple[Reading, list[Claim]]]:
    """``14 lớp, gồm 9 lớp kỹ năng số và 5 lớp an toàn thông tin``: a total counts what all its parts do.

    Not where these are told by degree, as people counted by their duty are too.
    """
    for readings in discourse.readings.values():
        parts_of: dict[int, list[Reading]] = {}
        for reading in readings:
            parts_of.setdefault(id(reading.parent), []).append(reading)
        for total in readings:
            told = parts_of.get(id(total), [])
            if id(total) in taken.claims or len(told) < _SEVERAL or not is_count(total):
                continue
            parts = [taken.claims[id(reading)] for reading in told if id(reading) in taken.claims]
            alike = len({(part.taken.indicator, part.unit) for part in parts}) == 1
            summed = sum(part.reading.quantity.value for part in parts) == total.quantity.value
            by_degree = any(t.word.degree for part in parts for t in part.reading.phrase_terms)
            if alike and summed and len(parts) == len(told) and not by_degree:
                yield total, parts


def _in_headlines(discourse: Discourse, taken: _Taken) -> Iterator[tuple[Reading, Claim]]:
    """A headline drops what the body says: its number is read as the body's equal one, or the exact one."""
    equal: dict[Decimal, list[Claim]] = {}
    for claim in taken.claims.values():
        equal.setdefault(claim.reading.quantity.value, []).append(claim)
    for index, readings in discourse.readings.items():
        sentence = discourse.views[index].sentence
        if sentence.zone not in ("title", "lead") and not sentence.is_heading:
            continue
        for reading in readings:
            if id(reading) in taken.claims or not reading.counted or not is_count(reading):
                continue
            if discourse.is_foreign(reading) or reading.noun.is_row or _is_of_item(reading):
                continue
            alike = equal.get(reading.quantity.value) or list(_exact(taken, reading))
            body = next((c for c in alike if c.sentence != index and _may_be(c, reading)), None)
            if body is not None:
                yield reading, body


def _exact(taken: _Taken, reading: Reading) -> Iterator[Claim]:
    """``Hơn 4.000 thành viên``: the claims that a headline's figure may stand for, cut to a round number."""
    if reading.quantity.value >= _TELLING:
        told = islice(taken.claims.values(), _TOLD_FIRST)
        yield from (claim for claim in told if is_rounded(reading.quantity, claim.reading.quantity))


def _is_of_item(reading: Reading) -> bool:
    """``Tài chính Ngân hàng (60 chỉ tiêu)``: what stands before the bracket says whose places they are."""
    quota = any(t.is_a("quota") for t in reading.counted)
    return quota and reading.view.key(reading.hedge_first - 1) == "("


def _told_otherwise(taken: _Taken) -> Iterator[tuple[Claim, Claim]]:
    """Figures of a headline whose only mentions in the body are taken for something else."""
    body: dict[tuple[Decimal, str], list[Claim]] = {}
    for claim in taken.claims.values():
        if claim.reading.view.sentence.zone != "title":
            body.setdefault((claim.reading.quantity.value, claim.unit), []).append(claim)
    for claim in taken.claims.values():
        value = claim.reading.quantity.value
        if claim.reading.view.sentence.zone != "title" or value < _TELLING:
            continue
        equal = body.get((value, claim.unit), [])
        if equal and all(c.taken.indicator != claim.taken.indicator for c in equal):
            yield claim, min(equal, key=lambda c: c.reading.quantity.start)


def _may_be(body: Claim, other: Reading) -> bool:
    """Whether a headline's or lead's number may be that of ``body``.

    ``Xã gồm 38 thôn, 3.900 hộ``: bodies in number are what the body says only beside a word of it, and that
    is not its field alone.
    """
    one = body.reading
    same_noun = {t.word.name for t in one.counted} & {t.word.name for t in other.counted}
    if not same_noun or other.quantity.value <= 1 or one.quantity.kind != other.quantity.kind:
        return False
    slots = body.frame.slots
    field = frozenset().union(*(slot.classes for slot in slots if slot.name == "field"))
    asked = frozenset().union(*(slot.classes for slot in slots)) - field
    view = other.view
    told = [t for t in view.told_in.get(view.clauses[other.quantity.first], ()) if not t.word.weak]
    return other.family != "body" or any(not asked.isdisjoint(term.classes) for term in told)
