"""Articles in HTML pages: the running text, its title and its date, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from nhanluc_extract.model import Article, Rejected
from nhanluc_extract.reading.content import Content, UnreadableError
from nhanluc_extract.reading.dates import published_of
from nhanluc_extract.reading.encodings import decode, settle
from nhanluc_extract.reading.plain_text import whole
from nhanluc_extract.text.language import language

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED = (
    "//meta[@property='article:published_time' or @itemprop='datePublished' or @name='pubdate'"
    " or @name='publish-date' or @name='article:published_time' or @name='dc.date.issued'"
    " or @name='DC.date.issued' or @property='og:published_time']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//time[not(ancestor::aside or ancestor::footer or ancestor::nav)]/@datetime",
)
_LINKED_DATA = "//script[@type='application/ld+json']/text()"
_DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
# Where a page says what it is called, and the time that many newsrooms number their pages by.
_ADDRESSES = "//meta[@property='og:url']/@content | //link[@rel='canonical']/@href"
_DAY_IN_ADDRESS = re.compile(r"(?<!\d)(20\d{6})\d{6,}|/(20\d\d/\d\d?/\d\d?)/")
_SITE_NAME = re.compile(r"\s+[|\-\u2013\u2014]\s+[^|]{1,40}$")
_FEWEST_WORDS = 3  # of a title; a shorter one is the name of a section
_DESCRIPTIONS = "//meta[@name='description' or @property='og:description']/@content"
_LEADS = "//body//p | //body//h2 | //body//div[not(*)] | //body//strong"
_SAME_LEAD = 60  # characters that a lead shares with the description: one of them may be cut
_LONGEST_LEAD = 1000
_CAPTIONS = "//figcaption | //*[contains(concat(' ', @class, ' '), ' caption ')]"
# A table whose cells hold whole blocks or other tables only lays out the page.
_LAYOUT = "//table[.//table or .//td[count(p) > 1 or div or h1 or h2]]"
_ROW_RULE = re.compile(r"[|\-\s:]*")


def read_html(content: Content) -> Iterator[Article | Rejected]:
    """The one article of a page.

    Its title is the text's first line, even where the page has it somewhere else. Nothing that the
    page refers to is fetched.
    """
    page = _parsed(decode(whole(content.stream)))
    titles, lead, published = list(_titles(page)), _lead(page), _published(page)
    text = _running_text(page)
    if not text:
        raise UnreadableError("No running text in this page. Save the article itself, as text or HTML.")
    title = next((title for title in titles if _is_headline(title)), None)
    yield Article(content.source, _in_order(text, title, lead), title, published)


def _in_order(text: str, title: str | None, lead: str | None) -> str:
    """``text`` with title and lead at its beginning, wherever they were found."""
    above = [line for line in (title, lead) if line is not None]
    lines = [line for line in text.split("\n") if line not in above]
    body = "\n".join(lines)
    if title is not None and _stands_in(body, title):
        return text
    return "\n".join([*(line for line in above if not _stands_in(body, line)), body])


def _parsed(page: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(f"No HTML: {error}. Check the file.") from None


def _running_text(page: HtmlElement) -> str:
    from trafilatura import bare_extraction

    for caption in page.xpath(_CAPTIONS):
        caption.drop_tree()
    _unwrap_layout(page)
    found = bare_extraction(
        page, favor_precision=True, include_comments=False, include_tables=True, with_metadata=False
    )
    text = getattr(found, "text", None) or ""
    return settle("\n".join(line for line in map(_without_rules, text.split("\n")) if line))


def _unwrap_layout(page: HtmlElement) -> None:
    for table in page.xpath(_LAYOUT):
        for part in table.iter("table", "tbody", "thead", "tr", "td", "th"):
            if part is table or next(part.iterancestors("table"), None) is table:
                part.tag = "div"


def _without_rules(line: str) -> str:
    """A row of a table without the rules around it, or nothing for one between rows."""
    if not line.lstrip().startswith("|"):
        return line
    return "" if _ROW_RULE.fullmatch(line) else line.strip(" |")


def _titles(page: HtmlElement) -> Iterator[str]:
    """What the page calls itself, the likelier first; a heading alone may be the name of the site."""
    named = [_one_line(title) for title in page.xpath("//meta[@property='og:title']/@content")]
    named += [_one_line(title.text_content()) for title in page.xpath("//head/title")]
    headings = [_one_line(heading.text_content()) for heading in page.xpath("//h1")]
    for title in named:
        # A page's heading is its title without the name of the site.
        yield from (heading for heading in headings if heading and heading in title)
        yield _SITE_NAME.sub("", title)


def _is_headline(title: str) -> bool:
    """Whether ``title`` is no name of a section or a site."""
    return (
        len(title.split()) >= _FEWEST_WORDS and re.match(language("furniture")["site"], title, re.I) is None
    )


def _one_line(text: str) -> str:
    return settle(" ".join(text.split()))


def _stands_in(text: str, line: str) -> bool:
    """Whether ``line`` is at the beginning of ``text`` already."""
    start = " ".join(text[: 4 * len(line) + 400].split()).casefold()
    return line.casefold() in start


def _lead(page: HtmlElement) -> str | None:
    """The paragraph that the page also gives as its description; it often stands outside the body."""
    for description in map(_one_line, page.xpath(_DESCRIPTIONS)):
        shared = description[:_SAME_LEAD].rstrip(" .\u2026")
        if len(shared.split()) < _FEWEST_WORDS:
            continue
        for part in page.xpath(_LEADS):
            lead = _one_line(part.text_content())
            if shared in lead[: 2 * _SAME_LEAD] and len(lead) <= _LONGEST_LEAD:
                return lead
    return None


def _published(page: HtmlElement) -> date | None:
    said = [value for path in _PUBLISHED[:2] for value in page.xpath(path)]
    said += [found for script in page.xpath(_LINKED_DATA) for found in _DATE_PUBLISHED.findall(script)]
    said += page.xpath(_PUBLISHED[2])[:1]
    days = (_DAY_IN_ADDRESS.search(address) for address in page.xpath(_ADDRESSES))
    said += [found[1] or found[2] for found in days if found]
    return next((day for value in said if (day := published_of(value)) is not None), None)
