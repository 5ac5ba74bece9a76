"""Hidden: what a document contains and no reader sees, such as words for the machines that read it."""

import re
from collections.abc import Callable

from lxml.html import HtmlElement  # type: ignore[import-untyped] # it ships none

LONGEST_STYLES = 20_000  # characters of style sheets that are searched

_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|opacity\s*:\s*0?(?:\.0+|0)\s*(?:;|$|!)|(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$|!)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}|clip\s*:\s*rect\(0)",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?:^|;)\s*font(?:-size)?\s*:\s*([\d.]+)", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]{1,40})", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|;)\s*background(?:-color|-image)?\s*:\s*([^;!]{1,60})", re.IGNORECASE)
_WHITE = re.compile(
    r"white|transparent|#f[c-f]f[c-f]f[c-f]|#fff|rgba?\(255,255,255(?:,[\d.]+)?\)|rgba\(.*,0(?:\.0+)?\)"
)
_AT_RULE = re.compile(r"@[^{}]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")  # for print or small screens: not for all
_RULE = re.compile(r"\.([\w-]{1,60})\s*\{([^{}]{1,500})\}")


def hide(tree: HtmlElement, styles: str) -> None:
    """Empty every element of a parsed document that a reader does not see."""
    classes = _hiding_classes(styles)
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and _is_hidden(element, classes):
            element.clear(keep_tail=True)


def _hiding_classes(styles: str) -> frozenset[str]:
    rules = _RULE.findall(_AT_RULE.sub("", styles[:LONGEST_STYLES]))
    return frozenset(name for name, body in rules if _HIDING.search(body) or _size(body) == 0)


def _is_hidden(element: HtmlElement, classes: frozenset[str]) -> bool:
    style = element.get("style", "")
    if element.get("hidden") is not None or (style and _HIDING.search(style)):
        return True
    if classes and not classes.isdisjoint(element.get("class", "").split()):
        return True
    if _tiny(style):
        return not _any_below(element, lambda below: (_size(below.get("style", "")) or 0) >= 2)
    return _is_white(element) and not _any_below(element, lambda below: bool(_colour(below)))


def _tiny(style: str) -> bool:
    size = _size(style)
    return size is not None and size < 2


def _size(style: str) -> float | None:
    """Return the font's size in whatever unit, or None when the style does not say."""
    found = _SIZE.search(style)
    digits = found[1].strip(".") if found else ""
    return float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None


def _is_white(element: HtmlElement) -> bool:
    """Whether the text is white and nothing around it has a colour: a white word on a blue button is read."""
    if not _WHITE.fullmatch(_colour(element)):
        return False
    around = (element, *element.iterancestors())
    return all(_WHITE.fullmatch(ground) for ground in map(_ground, around) if ground)


def _colour(element: HtmlElement) -> str:
    return _value(element, _COLOUR, "color")


def _ground(element: HtmlElement) -> str:
    return _value(element, _GROUND, "bgcolor") or element.get("background", "")


def _value(element: HtmlElement, pattern: re.Pattern[str], attribute: str) -> str:
    found = pattern.search(element.get("style", ""))
    return re.sub(r"\s", "", found[1] if found else element.get(attribute, "")).lower()


def _any_below(element: HtmlElement, test: Callable[[HtmlElement], bool]) -> bool:
    return any(test(below) for below in element.iterdescendants() if isinstance(below.tag, str))
