"""A page of the company's own documents -> passages by heading, each short enough to be cited whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inscriptis import Inscriptis
from lxml.etree import ParserError  # type: ignore[import-untyped] # it ships none
from lxml.html import HtmlElement, document_fromstring  # type: ignore[import-untyped] # it ships none
from markdown_it import MarkdownIt

from pipeline.errors import Refused
from pipeline.sentences import sentences

LONGEST = 2_000_000  # characters of one page
LONGEST_PASSAGE = 1_500  # characters: about what an answer to a customer holds
_DEEPEST = 200  # elements inside one another; more is no page that somebody wrote
_BESIDE = ("script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "svg")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"  # private characters around a heading and its level
_MARKED = re.compile(f"{_OPEN}([1-6]){_MIDDLE}([^{_CLOSE}]*){_CLOSE}")
_PRIVATE = re.compile(f"[{_OPEN}{_MIDDLE}{_CLOSE}\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_FIELD = re.compile(r"^(title|url)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a heading. `heading` has those above it as well: "Billing › Refunds"."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One document: its title, its address where it says one, and its sections in order."""

    title: str
    url: str
    sections: tuple[Section, ...]


def read_markdown(written: str) -> Page:
    """Read CommonMark with tables; a front matter may give title and url. Raises Refused."""
    front = _FRONT_MATTER.match(written)
    told = {name: value.strip("\"'") for name, value in _FIELD.findall(front[1])} if front else {}
    body = written[front.end() :] if front else written
    page = read_html(MarkdownIt("commonmark").enable("table").render(_limited(body)))
    return Page(told.get("title") or page.title, told.get("url") or page.url, page.sections)


def read_html(markup: str) -> Page:
    """Read what a page says, without its navigation, header and footer. Raises Refused."""
    try:
        tree = document_fromstring(_PRIVATE.sub("", _limited(markup)))
    except ParserError:
        return Page("", "", ())
    if _depth(tree) > _DEEPEST:
        raise Refused(f"its elements lie more than {_DEEPEST} deep in one another, which is no page to read")
    url = next(iter(tree.xpath("//link[@rel='canonical']/@href")), "")
    title = " ".join("".join(tree.xpath("//title[1]//text()")).split())
    for element in list(tree.iter(*_BESIDE, "head")):
        element.drop_tree() if element is not tree else None
    for heading in tree.iter(*_HEADINGS):
        _mark(heading)
    sections = tuple(_sections(str(Inscriptis(tree).get_text())))
    first = next((section.heading for section in sections if section.heading), "")
    return Page(title or first.split(" › ")[0], str(url), sections)


def read_plain(text: str) -> Page:
    """Read a text without headings."""
    said = _PRIVATE.sub("", _limited(text)).strip()
    return Page("", "", (Section("", said),) if said else ())


def passages(section: Section) -> Iterator[str]:
    """Cut a section at its paragraphs, and a long paragraph at its sentences."""
    passage = ""
    for piece in _pieces(section.text):
        if passage and len(passage) + len(piece) + 2 > LONGEST_PASSAGE:
            yield passage
            passage = ""
        passage = f"{passage}\n\n{piece}" if passage else piece
    if passage:
        yield passage


def _pieces(text: str) -> Iterator[str]:
    for paragraph in filter(None, (part.strip() for part in _PARAGRAPHS.split(text))):
        if len(paragraph) <= LONGEST_PASSAGE:
            yield paragraph
        else:
            for sentence in sentences(paragraph):
                yield from (sentence[at : at + LONGEST_PASSAGE] for at in range(0, len(sentence), LONGEST_PASSAGE))


def _limited(text: str) -> str:
    if len(text) > LONGEST:
        raise Refused(f"it has {len(text):,} characters, and a page may have {LONGEST:,}: split it")
    return text


def _depth(tree: HtmlElement) -> int:
    deepest, level = 0, [tree]
    while level and deepest <= _DEEPEST:
        deepest, level = deepest + 1, [child for element in level for child in element]
    return deepest


def _mark(heading: HtmlElement) -> None:
    said = " ".join(heading.text_content().split())
    for child in list(heading):
        heading.remove(child)
    heading.text = f"{_OPEN}{heading.tag[1]}{_MIDDLE}{said}{_CLOSE}"


def _sections(text: str) -> Iterator[Section]:
    above: list[tuple[int, str]] = []
    parts = _MARKED.split(text)
    yield from _section("", parts[0])
    for level, heading, body in zip(*(iter(parts[1:]),) * 3, strict=True):
        above = [*((deep, said) for deep, said in above if deep < int(level)), (int(level), heading.strip())]
        yield from _section(" › ".join(said for _, said in above if said), body)


def _section(heading: str, body: str) -> Iterator[Section]:
    said = "\n".join(line.rstrip() for line in body.splitlines()).strip()
    if said:
        yield Section(heading, re.sub(r"\n{3,}", "\n\n", said))
