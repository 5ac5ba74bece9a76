"""Check a draft: what keeps a text from being sent to a customer."""

from collections.abc import Iterator, Sequence

import regex

from pipeline.addresses import untrusted
from pipeline.draft import LONGEST
from pipeline.mask import Masked
from pipeline.passage import Passage
from pipeline.policy import Policy

HTML = regex.compile(r"<(?=[A-Za-z/!?])")
IMAGE = regex.compile(r"!\[[^\]]*\]\s*[\[(]")
LIVE = regex.compile(r"\b(?:data|javascript|vbscript|file|blob):(?=\S)", regex.IGNORECASE)
_SHOWN = 80


def problems(text: str, masked: Masked, passages: Sequence[Passage], policy: Policy) -> tuple[str, ...]:
    """Say what is wrong with a draft that rests on these passages, a sentence each; none: it may go."""
    return tuple(_problems(text, masked, passages, policy))


def _problems(text: str, masked: Masked, passages: Sequence[Passage], policy: Policy) -> Iterator[str]:
    if not text.strip():
        yield "The reply is empty."
    if len(text) > LONGEST:
        yield f"The reply has {len(text)} characters, and {LONGEST} are allowed."
    if HTML.search(text) or IMAGE.search(text):
        yield "The reply holds HTML or an image."
    if LIVE.search(text):
        yield "The reply holds an address that carries content of its own, such as data: or javascript:."
    sources = [part for p in passages for part in (p.resolution.url, p.resolution.answer)]
    sources += [text for team in policy.teams for text in team.sign_off.values()]
    for address in untrusted(text, sources, policy.allowed_urls):
        yield f"The address {address[:_SHOWN]} stands in no cited source."
    for placeholder in masked.unknown(text):
        yield f"The placeholder {placeholder} stands for nothing that this ticket may give back."
