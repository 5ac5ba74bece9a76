"""HTML -> the text that a reader sees, without what is hidden and what a mail program quotes."""

import re
from collections.abc import Callable

from inscriptis import Inscriptis
from lxml.etree import ParserError  # type: ignore[import-untyped] # it ships none
from lxml.html import HtmlElement, document_fromstring  # type: ignore[import-untyped] # it ships none

from pipeline.hidden import hide

LONGEST = 200_000  # characters of markup that are parsed, once styles and embedded pictures are gone
MOST_READ = 8000  # elements that are looked at
MOST_SHOWN = 2000  # elements that are laid out; a long mail has some hundred above its quoted history

_STYLE = ("<style", "</style>")
_UNREAD = (("<!--", "-->"), ("<script", "</script>"), _STYLE)
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{1,100},[A-Za-z0-9+/=%]{100,}+")
_MARKUP = re.compile(
    r"\A\s*+<(?:!doctype|html|body)\b|</(?:p|div|html|body|table|td|span|ul|strong)>|<br ?/?>", re.IGNORECASE
)
# In a text these are an address and a placeholder of an anonymised ticket, not elements.
_NO_ELEMENT = re.compile(
    r"<(?=[^<>\s]{1,100}@[^<>\s]{1,100}>|(?:name|email|date|[a-z]{1,20}_[a-z_]{1,20})>)", re.IGNORECASE
)
_NO_DOCUMENT_HAS = re.compile(r"<\?xml[^>]{0,200}>|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RULER = re.compile(r"<hr\b", re.IGNORECASE)
_QUOTING = re.compile(
    r"(?:^|\s)(?:gmail_quote|gmail_signature|yahoo_quoted|moz-cite-prefix|moz-signature|protonmail_quote"
    r"|protonmail_signature_block|zmail_extra|tutanota_quote|front-blockquote)(?:\s|$)"
)
_QUOTING_ID = re.compile(r"(?:x_)?(?:divRplyFwdMsg|OLK_SRC_BODY_SECTION|appendonsend)")
# A blockquote is by its meaning somebody else's words; editors that only indent with it draw no line beside it.
_INDENTED = re.compile(r"\bborder(?:-left)?\s*:\s*(?:none|0)\b", re.IGNORECASE)
_FORWARDED = re.compile(
    r"\s*-{2,} ?(?:Forwarded|Weitergeleitete|Message transf|Mensaje reenv|Mensagem enc|Messaggio in)"
)


def looks_like_markup(text: str) -> bool:
    """Whether a text that nobody called HTML is HTML all the same."""
    return bool(_MARKUP.search(text[:LONGEST]))


def read_markup(markup: str) -> str:
    """Return what a reader sees of HTML. Only a quote is better than nothing."""
    styles = _between(markup, *_STYLE)
    for beginning, end in _UNREAD:
        markup = _without(markup, beginning, end)
    markup = _NO_ELEMENT.sub("&lt;", _EMBEDDED.sub("", markup)[:LONGEST])
    markup = _RULER.sub("<br><hr", _NO_DOCUMENT_HAS.sub("", markup))
    return _seen(markup, styles, _drop_quotes) or _seen(markup, styles, lambda tree: None)


def _seen(markup: str, styles: str, drop: Callable[[HtmlElement], None]) -> str:
    try:
        tree = document_fromstring(markup)
    except ParserError:  # there is nothing in it
        return ""
    _shorten(tree, MOST_READ)
    hide(tree, styles)
    drop(tree)
    _shorten(tree, MOST_SHOWN)
    return str(Inscriptis(tree).get_text()).strip()


def _drop_quotes(tree: HtmlElement) -> None:
    for element in list(tree.iter("div", "blockquote", "span", "table")):
        if _is_quote(element) and not _FORWARDED.match(element.text or ""):
            _drop_rest(element) if _QUOTING_ID.fullmatch(element.get("id", "")) else element.clear(keep_tail=True)


def _is_quote(element: HtmlElement) -> bool:
    return bool(
        _QUOTING.search(element.get("class", ""))
        or _QUOTING_ID.fullmatch(element.get("id", ""))
        or (element.tag == "blockquote" and not _INDENTED.search(element.get("style", "")))
    )


def _shorten(tree: HtmlElement, most: int) -> None:
    for number, element in enumerate(tree.iter()):
        if number == most:
            _drop_rest(element)
            return


def _drop_rest(element: HtmlElement) -> None:
    """Drop an element and all that follows it in the document."""
    at: HtmlElement | None = element
    while at is not None and (parent := at.getparent()) is not None:
        for sibling in list(at.itersiblings()):
            parent.remove(sibling)
        at.tail = None
        at = parent
    element.clear()


def _between(markup: str, beginning: str, end: str) -> str:
    """Return what stands between beginnings and ends, in one pass however they are nested."""
    return "\n".join(markup[start:stop] for start, stop in _stretches(markup, beginning, end))


def _without(markup: str, beginning: str, end: str) -> str:
    pieces, at = [], 0
    for start, stop in _stretches(markup, beginning, end):
        pieces.append(markup[at:start])
        at = stop
    return "".join((*pieces, markup[at:]))


def _stretches(markup: str, beginning: str, end: str) -> list[tuple[int, int]]:
    found, at, low = [], 0, markup.lower() if markup.isascii() else _lower_ascii(markup)
    while (start := low.find(beginning, at)) >= 0 and (stop := low.find(end, start)) >= 0:
        at = stop + len(end)
        found.append((start, at))
    return found


def _lower_ascii(markup: str) -> str:
    """Lower case of the same length, which str.lower() does not promise."""
    return markup.translate({capital: capital + 32 for capital in range(ord("A"), ord("Z") + 1)})
