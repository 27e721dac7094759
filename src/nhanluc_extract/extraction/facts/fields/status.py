"""Fact, goal, need or norm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from nhanluc_extract.extraction.facts.fields.headline import status_of_body
from nhanluc_extract.extraction.facts.fields.notice import (
    status_of_admission,
    status_of_notice,
    status_of_places,
)
from nhanluc_extract.extraction.facts.fields.resolver import Fields, Settled, by_frame
from nhanluc_extract.extraction.frames.claims import Claim
from nhanluc_extract.extraction.sentence.connectors import linking, phrases
from nhanluc_extract.extraction.sentence.cues import is_future
from nhanluc_extract.extraction.sentence.operators import Operator
from nhanluc_extract.extraction.sentence.qualifiers import qualifier_of
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.model import FactStatus, Period
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.text.dates import bounds
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import SurfaceTrie


def _by_words(fields: Fields, claim: Claim, found: Settled) -> Settled:
    """What the words of its sentence say; ``running`` what runs on to it, ``unsaid`` where none do."""
    published = fields.discourse.document.published
    status, source = status_of(
        claim.reading,
        claim.setting.cues,
        claim.setting.running,
        published,
        claim.setting.periods,
        per=fields.value(claim, "per", "words"),
    )
    return Settled(status, source)


def _of_those_there(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Tổ CNSCĐ thôn A gồm 07 thành viên``, ``đội ngũ hơn 100 kỹ sư`` among goals: people who are there.

    So are those of a body that has a name (``Công ty A với 240 kỹ sư``), or those called a force.
    """
    if found.source != "running":
        return None
    view, first = claim.reading.view, claim.reading.hedge_first
    force = view.phrase_before(phrases("forces"), first)
    founded = view.ending_at(force) if force is not None else None  # "hình thành đội ngũ 60 chuyên gia"
    named = any(
        not m.again and (m.is_team or (m.level == "organisation" and _is_said_to_have(view, m, first)))
        for m in view.mentions
        if m.last <= first
    )
    called = force is not None and not (founded is not None and founded.is_a("set_up"))
    return Settled("actual", "named") if named or called else None


def _is_said_to_have(view: View, body: Mention, first: int) -> bool:
    """``Công ty A (TP Hồ Chí Minh) với 240 kỹ sư``."""
    last = view.mark_from(")", body.last) + 1 if view.key(body.last) == "(" else body.last
    return last == first - 1 and view.key(last) in linking("with_words")


def _of_zero(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``không có ai có trình độ CNTT`` among what is asked for: what is not there is told as it is."""
    zero = claim.reading.quantity.kind == "zero"
    return Settled("actual", "zero") if zero and found.source == "running" else None


def _of_past(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Năm 2024, tỉnh mở 14 lớp`` behind a goal for 2025: what is told of a time that is over was done."""
    published, own = fields.discourse.document.published, claim.setting.periods
    if found.source != "running" or published is None or not own:
        return None
    before = [period.iso for period in own if period.end <= claim.reading.quantity.start]
    end = bounds(before[-1])[1] if before else None
    past = end is not None and end < published
    return Settled("actual", "past") if past else None


def _of_column(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``Số tổ hiện có``, ``Dự kiến tập huấn``: what the head of its column says of a figure in a table."""
    told = claim.reading.noun.column_status
    return Settled(told, "column") if told is not None and found.source != "words" else None


def _of_total(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """A part has the status of its total, unless a word between them says otherwise."""
    if claim.owner is None or not claim.is_part or _has_own_cue(claim):
        return None
    return Settled(fields.value(claim.owner, "status", "frame"), "total")


def _has_own_cue(claim: Claim) -> bool:
    reading = claim.reading
    total = reading.parent
    start = total.quantity.last if total is not None and total.view is reading.view else 0
    return any(start <= cue.first < reading.quantity.first for cue in claim.setting.cues)


def _of_start(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``dự kiến nâng từ 1.200 lên 2.000 kỹ sư``: where a goal starts from is what is there."""
    reading = claim.reading
    goal = fields.discourse.neighbour(reading, 1) if found.value == "target" else None
    if goal is None or reading.view.key(reading.hedge_first - 1) not in linking("from_word"):
        return None
    raised = range(reading.quantity.last, goal.quantity.first)
    return Settled("actual", "start") if any(_raises(reading.view, at) for at in raised) else None


def _raises(view: View, index: int) -> bool:
    term = view.term_over(index)
    return view.key(index) in linking("raised_to") or (term is not None and term.is_a("raises"))


def _of_row(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``cần 15.000 kỹ sư … và 35.000 kỹ sư …``: a need governs the whole row of counts."""
    before = fields.previous(claim)
    if before is None or found.source == "total" or found.value == "norm":
        return None
    if before.reading.view is not claim.reading.view or fields.value(before, "status", "frame") != "need":
        return None
    view, first, last = claim.reading.view, before.reading.quantity.first, claim.reading.quantity.first
    alike = (before.taken.indicator, before.unit) == (claim.taken.indicator, claim.unit)
    parted = any(first < cue.first < last for cue in claim.setting.cues)
    stop, own = view.mark_before(";", last), view.between(first, last)
    stated = any(t.is_a("raises", "supplies") or (t.first > stop > first and t.is_a("have")) for t in own)
    return Settled("need", "row") if alike and not (parted or stated) else None


def _of_rule(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``mỗi tổ tối đa 10 người``: how each is composed, at least or at most or in a plan, is a norm."""
    per, qualifier = fields.value(claim, "per", "words"), qualifier_of(claim.reading)
    bounded = qualifier in ("at_least", "at_most")
    if found.value not in ("target", "actual") or claim.unit == "percent":
        return None
    composed = per == "team" and "level" in claim.indicator.dimensions
    ruled = composed and (bounded or found.value == "target")
    return Settled("norm", "rule") if ruled or (per == "course" and qualifier == "at_most") else None


def _of_founding(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``quy định mỗi thôn lập một tổ``: how many there are to be is a goal, whatever asks for it."""
    asked = found.value == "norm" and claim.unit in ("team", "course")
    return Settled("target", "founding") if asked else None


def _of_recruiting(fields: Fields, claim: Claim, found: Settled) -> Settled | None:
    """``dự kiến tuyển thêm 400 kỹ sư``: what the catalogue makes of those whom one plans to recruit."""
    status = claim.indicator.to_recruit
    planned = found.value == "target" and any(t.is_a("recruits") for t in claim.reading.verb)
    return Settled(status, "recruiting") if status is not None and planned else None


LAYERS = {
    "words": _by_words,
    "named": _of_those_there,
    "zero": _of_zero,
    "past": _of_past,
    "column": _of_column,
    "notice": status_of_notice,
    "quota": status_of_places,
    "admission": status_of_admission,
    "start": _of_start,
    "total": _of_total,
    "row": _of_row,
    "rule": _of_rule,
    "founding": _of_founding,
    "recruiting": _of_recruiting,
    "frame": by_frame("status"),
    "headline": status_of_body,
}


def status_of(
    reading: Reading,
    cues: Sequence[Operator],
    running: FactStatus,
    published: date | None,
    own: Sequence[Period],
    *,
    per: str | None,
) -> tuple[FactStatus, str]:
    """Status of a number, and whether its sentence says so, an earlier one does, or none.

    ``per``: for each of what it is given; a rule then makes it a norm.
    """
    distributed = per is not None
    first = reading.quantity.first
    cues = [cue for cue in cues if not _is_aside(reading, cue)]
    ruled = [cue.value for cue in cues if cue.last <= first and cue.value in ("norm", "actual")]
    if distributed and ruled[-1:] == ["norm"]:
        return "norm", "words"
    before = [cue for cue in cues if cue.last <= first]
    inside = _inside(reading, cues)
    behind = [] if _is_made_up(reading) else inside[:1] or _behind(reading, cues)
    goal = _horizon(reading, published, own)
    needs = [i for i, cue in enumerate(before) if cue.value == "need" and cue.governs(first)]
    if needs and _is_still_needed(reading, before[needs[-1]], before[needs[-1] + 1 :]):
        return "need", "words"
    for cue in reversed(before):
        if cue.value == "actual":
            asked = published is not None or any(within.value == "target" for within in inside)
            planned = goal is not None and goal > cue.last and asked
            return ("target" if planned else "actual"), "words"
        if cue.value == "target" and not _was_made_to(reading.view, cue):
            done = _is_done(reading, cue, behind) or _was_done(reading)
            return ("actual" if done else "target"), "words"
    if any(cue.value == "need" for cue in inside):
        return "need", "words"
    if goal is not None or any(cue.value == "target" for cue in behind):
        return "target", "words"
    in_list = reading.view.sentence.is_bullet
    if not in_list and any(cue.value == "actual" for cue in behind):
        return "actual", "words"  # "cùng với 30% giáo viên đã biết sử dụng máy tính" among goals
    if distributed and _follows(reading.view) and not any(cue.value == "actual" for cue in cues):
        return "target", "words"
    if per == "year" and not reading.view.sentence.is_bullet:
        return "actual", "words"  # "Hằng năm, cả tỉnh có 300 sinh viên tốt nghiệp" among goals
    if running != "actual":
        return running, "running"
    return running, "words" if any(cue.value == "actual" for cue in cues) else "unsaid"


def _is_done(reading: Reading, goal: Operator, behind: Sequence[Operator]) -> bool:
    """``sẽ mở 10 lớp; ba lớp đã hoàn thành``: the goal is that of the number before."""
    view, first = reading.view, reading.quantity.first
    other = view.candidate_before(first) > goal.first and not view.same_clause(goal.first, first)
    end = max((term.last for term in reading.counted), default=reading.quantity.last)
    told = (cue for cue in behind if not any(t.word.kind == "noun" for t in view.between(end, cue.first)))
    return other and any(cue.value == "actual" for cue in told)


def _was_done(reading: Reading) -> bool:
    """``bằng vốn của đề án đào tạo, 32 chuyên gia đã được cử đi học``: told as done right behind them."""
    view, last = reading.view, reading.quantity.last
    nouns = (term.last for term in reading.counted if term.first >= last)
    behind = {max(nouns, default=last), reading.span[1]}
    return any(view.key(at) in language("status")["done"] for at in behind if at < len(view.tokens))


def _was_made_to(view: View, cue: Operator) -> bool:
    """``Học kỳ vừa rồi, trường phải mở hai khóa``: what had to be done before is no goal."""
    had = view.key(cue.first) in language("status")["duties"]
    return had and any(begun < cue.last for begun in view.begun(_words("past")))


def _is_still_needed(reading: Reading, need: Operator, behind: Sequence[Operator]) -> bool:
    """Whether a need goes on past the cues behind; not ``cần thêm 480 người, đồng thời sẽ mở 12 lớp``."""
    first = reading.quantity.first
    if any(term.is_a("supplies") for term in reading.view.between(need.first, first)):
        return False  # "cần 9.000 kỹ sư, trong khi nguồn cung mới 1.500"
    planned = any(reading.view.same_clause(cue.first, first) for cue in behind)
    anew = planned and not reading.view.same_clause(need.first, first)
    return not anew and all(cue.value == "target" for cue in behind)


@cache
def _words(name: str) -> SurfaceTrie[bool]:
    """Words by the name under which they are listed."""
    return SurfaceTrie.of(language("status")[name])


def _follows(view: View) -> bool:
    """``Theo đó, mỗi xã lập 01 tổ``: what a plan just named has everybody do."""
    return _words("following").longest(view.tokens, 0) is not None


def _behind(reading: Reading, cues: Sequence[Operator]) -> list[Operator]:
    """``500.000 lao động ở doanh nghiệp nhỏ sẽ được học``: the first cue behind a count in its clause."""
    view, last = reading.view, reading.span[1]
    first = reading.quantity.first
    told = [cue for cue in cues if cue.first >= last and view.same_clause(cue.first, first)]
    told = [cue for cue in told if not _is_joined(view, cue)]
    if not told:
        return []
    between = range(last, told[0].first + 1)  # "96 người, chỉ tiêu 120 người"
    apart = any(view.key(i) == "," or i in view.quantity_at for i in between)
    done = any(term.word.kind == "verb" for term in view.between(last, between.stop))
    return [] if apart or done else told[:1]


def _inside(reading: Reading, cues: Sequence[Operator]) -> list[Operator]:
    """The cues in what is said of a count, not those of the number behind it."""
    first, end = reading.quantity.first, reading.span[1]
    return [cue for cue in cues if first <= cue.first < end and not _is_joined(reading.view, cue)]


def _is_made_up(reading: Reading) -> bool:
    """``đội hình gồm 10 đoàn viên sẽ trực tại xã``: what is told behind is what those do who are there."""
    view, first = reading.view, reading.hedge_first
    equals = view.key(first - 1) in linking("copula")  # "số học viên là 120 người sẽ học"
    return not equals and view.phrase_before(phrases("made_up"), first) is not None


def _is_joined(view: View, cue: Operator) -> bool:
    """``có 2.300 kỹ sư và dự kiến tuyển thêm``: said of the next number."""
    return view.key(cue.first - 1) in linking("conjunctions")


def _is_aside(reading: Reading, cue: Operator) -> bool:
    """``38% (kế hoạch 50%)``: what a bracket says is said of the numbers inside."""
    view = reading.view
    return view.in_bracket(cue.last - 1) and not view.in_bracket(reading.quantity.first)


def _horizon(reading: Reading, published: date | None, own: Sequence[Period]) -> int | None:
    """Token index of a future horizon that stands before the number in its sentence."""
    sentence = reading.view.sentence
    for period in reversed(own):
        if not is_future(period, published) or _is_measured(reading, period):
            continue
        if period.start > reading.quantity.start and not _closes(reading, period.start):
            continue
        return next((i for i, t in enumerate(sentence.tokens) if t.start >= period.start), None)
    return None


def _is_measured(reading: Reading, horizon: Period) -> bool:
    """``Đến cuối năm 2017 có 32.000 người, tăng 13% so với năm 2016``: growth is known afterwards."""
    view = reading.view
    compared = [o for o in view.operators("date") if o.value == "compared"]
    before = str(int(horizon.iso[:4]) - 1)
    others = (view.token_from(p.start) for p in view.sentence.periods if p.iso == before)
    return any(o.governs(at) for at in others for o in compared)


def _closes(reading: Reading, start: int) -> bool:
    """Whether a horizon behind the number stands in its own phrase."""
    tokens = reading.view.tokens
    end = tokens[reading.span[1] - 1].end if reading.span[1] > 0 else 0
    return start < end + 2
