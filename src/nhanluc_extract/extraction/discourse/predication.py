"""Whether a sentence says how many there are, or tells what some of them did."""

from __future__ import annotations

from functools import cache

from nhanluc_extract.extraction.discourse.subjects import words_of_no_subject
from nhanluc_extract.extraction.sentence.connectors import linking, phrases, respectively_at, saying
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.text.characters import fold
from nhanluc_extract.text.language import language
from nhanluc_extract.text.tokens import is_quote

_FEW = 3  # people who are followed one by one rather than counted

_MARK = 10  # tokens from a share to the mark of those it is of
_STAFF = 100  # people who are more than a team of those who do something


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in language("clauses")[name])


def is_stated(reading: Reading) -> bool:
    """Whether a count of people is what its statement is about.

    It is where a verb of having, training, needing … governs it, where a label, a total, a ratio or
    ``mỗi`` stands with it, or where nothing is said of it at all (an item, a headline). It is not where
    an unknown verb tells what a few people did (``Hai kỹ sư trẻ phát triển …``).
    """
    if reading.quantity.kind == "percent":
        of_others = _is_of_the_past(reading) or _shares_other_trait(reading) or _shares_mark(reading)
        return not (of_others or _covers_a_demand(reading))
    if reading.family != "people" or reading.quantity.kind != "count":
        return not _is_nobody(reading)
    if _is_measured(reading) or _uses_something(reading):
        return False
    if reading.quantity.of is not None or reading.label is not None or reading.parent is not None:
        return True
    plain = all(t.word.name == "person" or t.is_a("student_noun") for t in reading.counted)
    if plain and is_described(reading):
        return False
    if _is_owner(reading) or _is_done_by(reading):
        return False
    few = reading.quantity.value <= _FEW
    if few and _speaks(reading):
        return False
    if reading.source is not None or reading.in_list:
        return True
    if few and (_is_named(reading) or _is_agent(reading) or _is_behind_names(reading)):
        return False
    if any(t.is_a("degree_word", "duty", "diploma") for t in reading.phrase_terms):
        return reading.quantity.value > _FEW or not _acts(reading)
    if reading.quantity.value > _FEW or _is_governed(reading):
        return True
    return not reading.after and not _tells_what_they_did(reading)


def _is_in_goal(view: View, index: int) -> bool:
    """``phấn đấu | có ít nhất 5 triệu người``: a word of a goal is known."""
    return any(o.value == "target" and o.first <= index < o.last for o in view.operators("status"))


def has_unknown_verb(reading: Reading) -> bool:
    """Whether an unknown word right before a count of people governs it (``lừa đảo 200 người``)."""
    view, index = reading.view, reading.hedge_first - 1
    if reading.family != "people" or reading.label is not None or reading.quantity.kind != "count":
        return False
    if any(t.is_a("quota") for t in reading.counted):
        return False  # "dành 300 chỉ tiêu"
    if view.key(index) in linking("beneficiary") and all(t.word.weak for t in reading.verb):
        index -= 1  # "tài trợ cho 40 sinh viên"
    if index < 0:
        return False
    token = view.tokens[index]
    if not token.text[0].islower() or token.key in linking("functions"):
        return False
    known = view.term_over(index) is not None or index in view.quantity_at
    known = known or respectively_at(view, index + 1) == index - 1
    known = known or _is_in_goal(view, index)
    each = phrases("each").longest(view.tokens, index - 1) if index else None
    known = known or (each is not None and each[0] == index + 1)  # "bình quân 2 người/huyện"
    return not (
        known
        or view.mention_at(index) is not None
        or view.is_dated(index)
        or token.key in linking("strictly_each") | linking("summing") | linking("particles")
    )


def _acts(reading: Reading) -> bool:
    """``hai lãnh đạo phụ trách công nghệ sẽ rời chức``: what they do is told, not how many there are."""
    view, first = reading.view, reading.quantity.first
    behind = range(max(t.last for t in reading.counted), len(view.tokens))
    own = (view.tokens[i].key for i in behind if view.same_clause(i, first))
    return not reading.verb and any(key in _words("acting") for key in own)


def _is_named(reading: Reading) -> bool:
    """``hai kỹ sư là Lan và Kaia``: people who are called by their names are not counted."""
    view, first = reading.view, reading.quantity.first
    behind = range(reading.quantity.last, len(view.tokens) - 1)
    return any(
        view.key(i) in linking("naming") and view.tokens[i + 1].text[0].isupper()
        for i in behind
        if view.same_clause(i, first)
    )


def _speaks(reading: Reading) -> bool:
    """``“…”, một lãnh đạo sở nói``: who says something is not counted."""
    view, (first, last) = reading.view, (reading.quantity.first, reading.quantity.last)
    if first > 1 and view.key(first - 1) == "," and is_quote(view.tokens[first - 2]):
        return True
    said = (index for index in view.begun(saying()) if index >= last)
    own = (i for i in said if view.same_clause(i, first) and not view.has_mark(',;:"”', last, i))
    return not reading.verb and next(own, None) is not None


def _is_behind_names(reading: Reading) -> bool:
    """``Trần Minh Nhựt và Lâm Thị Ray, hai kỹ sư 26 tuổi``: who people are that have a name."""
    view, at = reading.view, reading.hedge_first - 1
    if at < 2 or view.key(at) != "," or view.mention_ending(at) is not None:
        return False
    name = view.tokens[at - 2 : at]
    return all(token.text[0].isupper() and token.text[1:].islower() for token in name)


def _is_owner(reading: Reading) -> bool:
    """``dữ liệu của 98 triệu người``: people who only have something are not counted for themselves."""
    view, at = reading.view, reading.hedge_first - 1
    done = view.ending_at(at)  # "với sự tham gia của 300 người"
    owned = view.key(at) in linking("possessive") and (done is None or done.word.kind != "verb")
    known = any(t.is_a("teams") for t in reading.phrase_terms)
    return owned and not known and all(t.word.generic or t.is_a("learner") for t in reading.counted)


def _uses_something(reading: Reading) -> bool:
    """``50.000 lập trình viên sử dụng nền tảng``: what they use is told, not that there are so many."""
    view = reading.view
    behind = view.term_at.get(max((t.last for t in reading.counted), default=0))
    return (
        behind is not None
        and behind.word.object_only
        and not any(t.is_a("guide", "train", "courses") for t in reading.verb)
    )


def _covers_a_demand(reading: Reading) -> bool:
    """``đáp ứng 20% nhu cầu``: a share of what is wanted, not of those there are."""
    view, first = reading.view, reading.quantity.first
    behind = view.term_at.get(reading.quantity.last)
    clause = [t for t in view.between(0, first) if view.same_clause(t.first, first)]
    return any(t.is_a("meets") for t in clause) or (behind is not None and behind.is_a("demands"))


def _is_of_the_past(reading: Reading) -> bool:
    """``bằng 80% so với cùng kỳ``: a ratio to another year."""
    view, last = reading.view, reading.quantity.last
    return view.key(reading.hedge_first - 1) in linking("equals") and view.key(last) in _words("comparing")


def _shares_other_trait(reading: Reading) -> bool:
    """``45% là gen Z``, ``100% là người Việt``: a share of those who are what no lexicon knows."""
    view, at = reading.view, reading.quantity.last
    if view.key(at) not in linking("copula"):
        return False
    noun = view.term_at.get(at + 1)
    at = at + 1 if noun is None or not noun.word.generic else noun.last
    return view.key(at).isalpha() and view.term_at.get(at) is None


def _shares_mark(reading: Reading) -> bool:
    """``87% học viên đạt từ 7 điểm trở lên``: a share of those who got a mark."""
    view, last = reading.view, reading.quantity.last
    near = view.begun(phrases("marks"))
    marks = (at for at in near if last < at <= last + _MARK and view.is_number(at - 1))
    return any(phrases("marks").longest(view.tokens, at) and view.same_clause(last, at) for at in marks)


def _is_nobody(reading: Reading) -> bool:
    """``không có ai nói với họ``: what nobody does is told."""
    bare = reading.quantity.kind == "zero" and all(t.word.name == "person" for t in reading.counted)
    return bare and is_followed(reading)


def _is_measured(reading: Reading) -> bool:
    """``thu nhập của một kỹ sư là 8-10 triệu``: a bare number says how much of what is named before it."""
    view = reading.view
    noun = min((t.first for t in reading.counted if t.last <= reading.quantity.first), default=0)
    before = noun - 1 if view.is_number(noun - 1) else noun
    owned = before > 1 and view.key(before - 1) in linking("possessive")
    measure = view.ending_at(before - 1) if owned else None
    return measure is not None and measure.is_a("measures")


def _is_agent(reading: Reading) -> bool:
    """``được hai kỹ sư đưa ra``: who does something to what the sentence is about."""
    verb = reading.view.ending_at(reading.hedge_first)
    return verb is not None and verb.is_a("passive")


def _is_done_by(reading: Reading) -> bool:
    """``do 12 kỹ sư thực hiện``: who does what is told, unless it takes a firm's whole staff."""
    staff = reading.quantity.value >= _STAFF and any(t.is_a("manpower") for t in reading.counted)
    return not staff and reading.view.key(reading.hedge_first - 1) in linking("done_by")


def is_described(reading: Reading) -> bool:
    """``có 50.000 người tương tác``: an unknown word right behind people says what they do.

    Where a verb governs them (``hướng dẫn 300 người cài ứng dụng``) it says what is done with them.
    """
    governed = bool(reading.after) or not all(t.word.weak for t in reading.verb)
    return not governed and is_followed(reading)


def is_followed(reading: Reading) -> bool:
    """Whether a word that no lexicon knows stands right behind the people who are counted."""
    if reading.family != "people" or reading.quantity.kind not in ("count", "zero"):
        return False
    view = reading.view
    behind = [t.last for t in reading.counted if t.first >= reading.quantity.last]
    index = min(behind, default=reading.quantity.last)
    while (noun := view.term_at.get(index)) is not None and noun in reading.counted:
        index = noun.last
    while (mention := view.mention_at(index)) is not None:
        index = mention.last
    empty = words_of_no_subject() - linking("functions")
    while index < len(view.tokens) and view.tokens[index].key in empty and index not in view.term_at:
        index += 1
    if index >= len(view.tokens) or index in view.quantity_at:
        return False
    token = view.tokens[index]
    term = view.term_at.get(index)
    if term is not None:
        return term.is_a("interactions") or term.word.object_only
    return token.text[0].islower() and token.key not in linking("functions")


def _is_governed(reading: Reading) -> bool:
    """Whether a verb that says that there are some stands right before the count (``chỉ có một người``)."""
    verb = next((t for t in reading.verb if reading.hedge_first <= t.last <= reading.quantity.first), None)
    return (
        verb is not None
        and not verb.is_a("passive")
        and reading.view.key(verb.last - 1) not in linking("with_words")
    )


def _tells_what_they_did(reading: Reading) -> bool:
    """An unknown word in lower case right behind the counted noun says what they did or are."""
    view, index = reading.view, max((t.last for t in reading.counted), default=reading.quantity.last)
    if index >= len(view.tokens):
        return False
    token = view.tokens[index]
    return token.text[0].isalpha() and index not in view.term_at
