"""Firms and schools called by a name that no list knows, told by its spelling."""

from __future__ import annotations

from functools import lru_cache

from nhanluc_extract.extraction.sentence.connectors import linking
from nhanluc_extract.extraction.sentence.reading import Reading
from nhanluc_extract.extraction.sentence.view import View
from nhanluc_extract.places.mention import Mention
from nhanluc_extract.places.words import keys, words_of
from nhanluc_extract.text.syllables import is_no_syllable
from nhanluc_extract.text.tokens import is_abbreviation


def named_subject(reading: Reading) -> str | None:
    """``Hương Giang Tech (TP Huế) nay có 1.000 nhân sự``, ``20 kỹ sư của VinSmart``: whose they are."""
    view, first = reading.view, reading.quantity.first
    for begin, last in reversed(_names(view)):
        owns = first < begin < reading.span[1] and view.key(begin - 1) in keys("names", "owned_by")
        if owns or begin == subject_behind(view, first) or _is_subject(view, begin, last, first):
            return " ".join(token.text for token in view.tokens[begin:last])
    return None


def subject_behind(view: View, number: int) -> int | None:
    """``Với hơn 300 kỹ sư, FPT đã …``: where the subject begins, behind an opening phrase."""
    if words_of("names", "opens_phrase").longest(view.tokens, 0) is None:
        return None
    begin = view.mark_from(",", number) + 1
    return begin if begin < len(view.tokens) else None


@lru_cache(maxsize=1)
def _names(view: View) -> list[tuple[int, int]]:
    """Token ranges of the capitals that hold a word spelt as no syllable of the language is."""
    found: list[tuple[int, int]] = []
    begin = 0
    for index in range(len(view.tokens) + 1):
        if index < len(view.tokens) and view.tokens[index].text[0].isupper():
            if index == begin and view.key(index) in keys("names", "before_verb"):
                begin += 1  # "Hiện Softlandia"
            continue
        foreign = any(is_no_syllable(token.text) for token in view.tokens[begin:index])
        if (foreign or _is_abbreviated(view, begin, index)) and not _is_known(view, begin, index):
            found.append((begin, index))
        begin = index + 1
    return found


def _is_abbreviated(view: View, begin: int, last: int) -> bool:
    """``MB dự kiến tuyển 300 kỹ sư``: an abbreviation that heads a predicate, and is no country's."""
    acts = view.key(last) in keys("names", "before_verb") or _is_verb(view, last)
    short = (
        last - begin == 1 and view.tokens[begin].text.isascii() and is_abbreviation(view.tokens[begin].text)
    )
    return short and acts and view.mention_at(begin) is None


def _is_known(view: View, begin: int, last: int) -> bool:
    """Whether a list knows the name, and for something other than a firm."""
    tokens = range(begin, last)
    named = (mention for i in tokens if (mention := view.mention_at(i)) is not None)
    placed = any(mention.level != "national" for mention in named)  # "Marvell Việt Nam" is a firm
    abroad = any(first < last and begin < end for first, end in view.abroad)
    terms = (term for i in tokens if (term := view.term_over(i)) is not None)
    return placed or abroad or any(not term.is_a("firms") for term in terms)


def _is_subject(view: View, begin: int, last: int, number: int) -> bool:
    """Whether a name stands before a verb of the clause of ``number``, and no other subject between them."""
    if begin in view.attributed or last > number or view.clauses[begin] != subject_clause(view, number):
        return False
    last = _behind_apposition(view, last, number)
    between = (m for m in view.mentions_in(last, number) if view.same_clause(m.first, number))
    if any(view.key(m.first - 1) not in keys("names", "at") for m in between):
        return False
    word = begin > 0 and view.tokens[begin - 1].text[0].isalpha() and view.same_clause(begin - 1, begin)
    if word and view.key(begin - 1) not in keys("names", "before_subject") | keys("names", "owned_by"):
        return False
    if view.key(last) == "(":
        closed = view.mark_from(")", last)
        last = closed + 1 if closed < number else last
    while last < number and not _is_verb(view, last) and view.key(last) in keys("names", "before_verb"):
        last += 1
    opens = not word and view.tokens[last].text[0].islower() and view.key(last) not in keys("names", "and")
    return last == number or opens or _is_verb(view, last)


def _behind_apposition(view: View, last: int, number: int) -> int:
    """``Hương Giang Tech, công ty phần mềm ở Huế, có 1.000 nhân sự``: where the sentence goes on."""
    kinds = words_of("organisations", "unnamed")
    told = view.key(last) == "," and kinds.longest(view.tokens, last + 1) is not None
    return max(view.mark_before(",", number) + 1, last) if told else last


def organiser(reading: Reading) -> Mention | None:
    """``hai buổi tập huấn do Trường A (quận B) tự tổ chức``: the body behind a count that holds it."""
    view = reading.view
    named = (m for m in view.mentions if m.first >= reading.quantity.last)
    agent = next((m for m in named if view.key(m.first - 1) in linking("done_by")), None)
    if agent is None or not agent.independent:
        return None
    verb = next((t for t in view.terms if t.first >= agent.last and t.word.kind == "verb"), None)
    return agent if verb is not None and verb.is_a("holds", "train") else None


def subject_clause(view: View, number: int) -> int:
    """``A có 300 kỹ sư ở B và dự kiến tuyển thêm 100``: the clause whose subject acts for a number.

    It is its own, or, where that begins with its predicate or the date of this, the one before.
    """
    clause = view.clauses[number]
    while (start := view.clause_starts[clause]) > 0:
        opening = linking("joins") | linking("opens_predicate")
        opens = (i for i in range(start, number) if view.key(i) not in opening)
        first = next((i for i in opens if not view.is_dated(i)), number)
        if not (_is_verb(view, first) or view.key(first) in keys("names", "before_verb")):
            break
        clause = view.clauses[start - 1]
    return clause


def acts_before(view: View, body: Mention, number: int) -> bool:
    """``Khoa đã đào tạo 2.300 kỹ sư cho thị trường A``: whether a body is the subject of a number."""
    named = body.level == "organisation" and body.last <= number
    return named and view.clauses[body.first] == subject_clause(view, number)


def _is_verb(view: View, index: int) -> bool:
    term = view.term_at.get(index)
    return term is not None and term.word.kind == "verb"
