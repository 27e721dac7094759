"""Degree, role, level and group of a count."""

from __future__ import annotations

from collections.abc import Iterable

from nhanluc_extract.extraction.connectors import connectors
from nhanluc_extract.extraction.reading import Reading
from nhanluc_extract.extraction.terms import Term, View
from nhanluc_extract.rulepack.model import Composed, Indicator, RulePack
from nhanluc_extract.text.hedges import trailing_qualifier

_ABOVE = "_or_above"  # what makes of a degree the open class above it
_LEVELS = frozenset({"province", "district", "commune"})
_NAME_REACH = 3  # tokens from the name of a team to whose it is
_ABOVE_REACH = 8  # tokens from a diploma to the words that open its class

Dimensions = dict[str, str | None]


def dimensions_of(
    pack: RulePack, indicator: Indicator, reading: Reading, total: Dimensions | None
) -> Dimensions:
    """Values of the dimensions ``indicator`` has; ``total`` are those of the total or noun's owner."""
    found: Dimensions = {}
    for name in indicator.dimensions:
        values = _FINDERS[name](pack, indicator, reading)
        joined = pack.joined(name, values) if values is not None else None
        if joined is None and values is not None and total is not None:
            joined = total.get(name)
        found[name] = joined
    return found


def _values(terms: Iterable[Term], name: str) -> set[str]:
    values: set[str] = set()
    for term in terms:
        value = getattr(term.word, name)
        if value:
            values.update(value.split("+"))
    return values


def _degree(pack: RulePack, indicator: Indicator, reading: Reading) -> set[str] | None:
    labelled = _labelling_degree(reading)
    if labelled:
        return labelled
    shared = reading.source is not None and reading.counted is reading.source.counted
    own = [] if shared else reading.counted
    if any(not t.word.generic and not t.word.degree and t.is_a("manpower") for t in own):
        own = [t for t in own if t.is_a("degree_word") and not t.is_a("manpower")]
    said = _unnamed_places(reading, reading.view.between(*reading.span))
    said = [t for t in said if t not in reading.counted]
    said = [t for t in said if t.is_a("degree_word")]
    titles = [t for t in own if t.is_a("manpower")]
    if said and titles:
        own = [t for t in own if t not in titles]
    values = _with_above(pack, reading, [*own, *said])
    certified = any(t.is_a("diploma") for t in reading.view.between(*reading.span))
    if not values and certified and reading.parent is None:
        return None  # "12 người tốt nghiệp đại học, 30 người có chứng chỉ": no degree of their own
    return values or _values(_unnamed_places(reading, reading.item_terms), "degree")


def _with_above(pack: RulePack, reading: Reading, terms: list[Term]) -> set[str]:
    """``đại học CNTT trở lên``: a diploma with its subject between it and *trở lên*."""
    values = _values(terms, "degree")
    tokens = reading.view.tokens
    for term in terms:
        open_end = f"{term.word.degree}{_ABOVE}"
        if open_end not in pack.order["degree"]:
            continue
        stop = next((i for i in range(term.last, len(tokens)) if not tokens[i].text.isalnum()), len(tokens))
        near = range(term.last + 1, min(stop, term.last + _ABOVE_REACH))
        if any(trailing_qualifier(tokens, i) == "at_least" for i in near):
            values = values - {term.word.degree or ""} | {open_end}
    return values


def _labelling_degree(reading: Reading) -> set[str]:
    """Degree named right before a number of people (``thạc sĩ: 6 người``, ``đại học 112 người``)."""
    view, last = reading.view, reading.quantity.last
    if any(
        t.word.degree and "," not in _marks(view, last, t.first) for t in reading.counted if t.first >= last
    ):
        return set()
    at = reading.hedge_first
    while at > 0 and view.key(at - 1) in connectors().label_links:
        at -= 1
    named: list[Term] = []
    while (term := next((t for t in view.between(0, at) if t.last == at), None)) and term.is_a("degree_word"):
        named.append(term)
        at = term.first
        if view.key(at - 1) in connectors().conjunctions or _joins_labels(view, at - 1):
            at -= 1
    return _values(named, "degree")


def _joins_labels(view: View, index: int) -> bool:
    """``Cao đẳng, trung cấp: 34 người``: a comma behind a label that follows no number of its own."""
    before = view.ending_at(index)
    if view.key(index) != "," or before is None or not before.is_a("degree_word"):
        return False
    return before.first - 1 not in view.quantity_at


def _marks(view: View, first: int, last: int) -> list[str]:
    return [token.text for token in view.tokens[first:last]]


def _role(pack: RulePack, indicator: Indicator, reading: Reading) -> set[str] | None:
    values = _values(reading.phrase_terms, "role") or _values(reading.item_terms, "role")
    if not values and reading.object is not None:
        values = _values(reading.object.phrase_terms, "role")
    if not values and all(term.word.generic for term in reading.counted) and reading.source is None:
        # "Nhân lực chuyên trách … là 226 người": the subject of a bare head-count says it.
        values = _values(_subject(reading), "role")
    if "both" in values or {"dedicated", "concurrent"} <= values:
        return {"both"}
    return values


def _unnamed_places(reading: Reading, terms: Iterable[Term]) -> list[Term]:
    """Terms that are no part of a place's or body's own name."""
    return [term for term in terms if not any(m.first <= term.first < m.last for m in reading.view.mentions)]


def _level(pack: RulePack, indicator: Indicator, reading: Reading) -> set[str] | None:
    if "organisation" in indicator.units:
        return _body_level(reading)
    phrase = _unnamed_places(reading, reading.phrase_terms)
    if any(term.is_a("every_level") for term in phrase):
        return None
    if "team" in indicator.units:
        phrase = [t for t in phrase if t.is_a("level_words") or _is_attached(reading, t)]
    values = _values(phrase, "level") or _own_name_level(indicator, reading)
    if values:
        return None if _mixed(reading, phrase) else values
    item = _item_with_joined(reading)
    values = named_levels(item)
    if values:
        return values | _values((t for t in item if _goes_on_naming(reading.view, t)), "level")
    subject = _unnamed_places(reading, _subject(reading))
    subject = [t for t in subject if not _is_single(reading, t)]
    if "team" in indicator.units or not is_staff(indicator):
        subject = [
            t
            for t in subject
            if _is_distributed(reading, t)
            or _is_located(reading, t)
            or t.is_a("level_words")
            or _is_of_team(reading.view, t)
        ]
    if any(term.is_a("every_level") for term in subject) or _mixed(reading, subject):
        return None
    return _values(subject, "level")


def _item_with_joined(reading: Reading) -> list[Term]:
    """``các cơ quan cấp tỉnh và cấp huyện cần 31 cán bộ``: levels joined before the item are its own."""
    view, left = reading.view, reading.left
    while left > 1 and view.key(left - 1) in connectors().conjunctions:
        joined = view.ending_at(left - 1)
        if joined is None or not joined.is_a("level_words"):
            break
        left = joined.first
    return view.between(left, reading.quantity.first)


def _is_of_team(view: View, term: Term) -> bool:
    """``Tổ ấp, khu phố``: bodies right behind teams say of what kind these are."""
    before = view.ending_at(term.first)
    if before is None and view.key(term.first - 1) == ",":
        bodies = view.ending_at(term.first - 1)
        return bodies is not None and bodies.is_a("body") and _is_of_team(view, bodies)
    return before is not None and before.word.family == "team"


def _goes_on_naming(view: View, term: Term) -> bool:
    """``khối sở, ngành và UBND cấp huyện``: bodies joined to a word of level."""
    before = view.ending_at(term.first - 1)
    joined = view.key(term.first - 1) in connectors().conjunctions
    return term.is_a("body") and joined and before is not None and before.is_a("level_words")


def _is_single(reading: Reading, term: Term) -> bool:
    """``huyện tôi``: one body, a place rather than a level."""
    if not term.is_a("body") or term.last - term.first > 1 + term.is_a("place_body"):
        return False
    before = reading.view.tokens[term.first - 1] if term.first else None
    if before is None:
        return True
    return not (before.text.isdigit() or before.text in "%,/" or before.key in connectors().plural)


def _is_attached(reading: Reading, term: Term) -> bool:
    """Whether bodies say where the counted teams are: right behind them, or behind ``ở``."""
    if _is_located(reading, term) or reading.view.key(term.first - 1) in (",", "/"):
        return True
    return any(counted.last == term.first for counted in reading.counted)


def _own_name_level(indicator: Indicator, reading: Reading) -> set[str]:
    """Level in the name of the one team whose members are counted (``Tổ … thôn A``)."""
    if is_staff(indicator):
        return _level_of_named_team(reading)
    before = [m for m in reading.view.mentions if m.is_team and m.last <= reading.quantity.first]
    return {before[-1].inner} if before and before[-1].inner else set()


def _level_of_named_team(reading: Reading) -> set[str]:
    """``Đội ứng cứu sự cố mạng tỉnh có 38 thành viên``: whose team it is stands in its name."""
    view = reading.view
    teams = [t for t in view.between(0, reading.quantity.first) if t.word.family == "team"]
    if not teams:
        return set()
    near = range(teams[-1].last, min(teams[-1].last + _NAME_REACH, reading.quantity.first))
    named = {m.level for m in view.mentions if m.first in near} & _LEVELS
    return named or _values((t for t in view.between(near.start, near.stop) if t.is_a("body")), "level")


def is_staff(indicator: Indicator) -> bool:
    """Whether the level is that of the bodies the people work in."""
    return "role" in indicator.dimensions or "degree" in indicator.dimensions


def levels_of(terms: Iterable[Term]) -> set[str]:
    """Levels that any words name."""
    return _values(terms, "level")


def named_levels(terms: Iterable[Term]) -> set[str]:
    """Levels that words such as *cấp huyện* name."""
    return _values((term for term in terms if term.is_a("level_words")), "level")


def _body_level(reading: Reading) -> set[str] | None:
    bodies = [term for term in reading.counted if term.is_a("body")]
    values = _values(bodies, "level")
    if any(term.is_a("unnamed_bodies") for term in bodies):
        # "3 đơn vị cấp xã" names its level, "các xã và đơn vị" does not.
        named = named_levels(reading.view.between(*reading.span))
        named = named or named_levels(reading.item_terms)
        if reading.whole is not None:
            named = named or _values(reading.whole.phrase_terms, "level")
        return named or (set() if not values else None)
    return values


def _mixed(reading: Reading, terms: list[Term]) -> bool:
    """Whether a coordination of named levels holds a body without one."""
    unnamed = [t for t in terms if t.is_a("unnamed_bodies") and not _is_distributed(reading, t)]
    return bool(unnamed) and any(t.word.level and t.is_a("body") for t in terms)


def _subject(reading: Reading) -> list[Term]:
    """Terms before the number back to the previous number, a semicolon or a colon."""
    view, first = reading.view, reading.quantity.first
    start = 0
    for index in range(first - 1, -1, -1):
        owner = view.quantity_at.get(index)
        counts = owner is not None and owner.is_candidate and not _counts_bodies(reading, owner.last)
        labels = index == reading.hedge_first - 1  # "- Sở, ban, ngành: 52 người"
        if (view.tokens[index].text in ";:" and not labels) or counts:
            start = index + 1
            break
    return view.between(start, first)


def _counts_bodies(reading: Reading, last: int) -> bool:
    term = reading.view.term_at.get(last)
    return term is not None and term.is_a("body")


def _is_distributed(reading: Reading, term: Term) -> bool:
    return reading.view.key(term.first - 1) in connectors().strictly_each


def _is_located(reading: Reading, term: Term) -> bool:
    """``ở thôn, bản``: the bodies the counted teams are in."""
    keys = (reading.view.key(term.first - 1), reading.view.key(term.first - 2))
    return not set(keys).isdisjoint(connectors().located)


def _group(pack: RulePack, indicator: Indicator, reading: Reading) -> set[str] | None:
    terms: list[Term] = []
    start, end = reading.span
    purpose = connectors().purpose
    end = next((i for i in range(start, end) if reading.view.key(i) in purpose), end)
    if reading.label is not None:
        terms += reading.view.between(*reading.label)
    terms += [t for t in reading.counted if t not in terms]
    for term in reading.view.between(start, end):
        if term in terms:
            continue
        if term.word.kind == "verb" and not term.word.weak and not reading_is_course(reading):
            break
        terms.append(term)
    found = groups(pack, terms) or groups(pack, reading.view.between(start, end))
    if reading_is_course(reading):
        # "trong đó dành cho cán bộ CNTT 05 lớp": whom the course is for stands before it.
        return found or groups(pack, _beneficiaries(reading))
    return found or _of_course(pack, reading) or groups(pack, _told_behind(reading))


def _told_behind(reading: Reading) -> list[Term]:
    """``240 người tham gia, gồm người cao tuổi, nông dân``: who they are is told behind a comma."""
    view, first = reading.view, reading.span[1]
    if view.key(first) != ",":
        return []
    opened = connectors().consisting.longest(view.tokens, first + 1)
    if opened is None:
        return []
    last = next(
        (
            i
            for i in range(opened[0], len(view.tokens))
            if view.tokens[i].text in ";:." or (i in view.quantity_at and view.quantity_at[i].is_candidate)
        ),
        len(view.tokens),
    )
    return view.between(opened[0], last)


def _beneficiaries(reading: Reading) -> list[Term]:
    """What stands between *cho* and the number, in the number's own item."""
    beneficiary = connectors().beneficiary
    opened = [t.first for t in reading.item_terms if reading.view.key(t.first - 1) in beneficiary]
    return reading.view.between(opened[-1], reading.quantity.first) if opened else []


def _of_course(pack: RulePack, reading: Reading) -> set[str]:
    """Group named behind a course that is not counted itself (``mở lớp cho người dân, mỗi lớp 40``)."""
    before = reading.view.between(0, reading.quantity.first)
    courses = [i for i, term in enumerate(before) if term.is_a("courses")]
    return groups(pack, before[courses[0] :]) if courses else set()


def reading_is_course(reading: Reading) -> bool:
    """Whether a number counts courses."""
    return any(term.is_a("courses", "sessions") for term in reading.counted)


def groups(pack: RulePack, terms: list[Term]) -> set[str]:
    """Groups named by the nouns of a phrase, and those the pack composes of several words."""
    values = _values((t for t in terms if t.word.kind == "noun"), "group")
    for composed in pack.composed:
        at = _last_needed(terms, composed)
        if at is None:
            continue
        values.add(composed.value)
        if composed.replaces in values and not any(
            t.word.group == composed.replaces for t in terms[at + 1 :]
        ):
            values.discard(composed.replaces)
    return values


def _last_needed(terms: list[Term], composed: Composed) -> int | None:
    """Index of the first term of the condition's first class, when every class is there."""
    if not all(any(term.is_a(name) for term in terms) for name in composed.classes):
        return None
    return next(i for i, term in enumerate(terms) if term.is_a(composed.classes[0]))


_FINDERS = {"degree": _degree, "role": _role, "level": _level, "group": _group}
