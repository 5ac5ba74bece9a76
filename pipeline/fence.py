"""Fence: words of strangers, delimited so that they cannot pass for our own."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import regex

_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\U000E0000-\U000E0FFF--[\n\t]]", flags=regex.V1)
_GAP = "\n[… {} characters left out …]\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a stranger, with our name for it and how many of its characters are read."""

    label: str
    text: str
    longest: int

    @property
    def shown(self) -> str:
        """The text as it is shown to a model: without characters that nobody sees, and shortened."""
        return str(_UNSEEN.sub(" ", shortened(self.text.strip(), self.longest)))


def fenced(parts: Sequence[Part]) -> str:
    """Return the parts between lines that only we could have written.

    The mark is a hash of everything that stands between the lines, so a text would have to contain its own
    hash to close its fence, and the same parts give the same prompt.
    """
    shown = [(part.label, part.shown) for part in parts]
    mark = _mark(shown)
    blocks = [f"<<<{mark} begin {label}>>>\n{text}\n<<<{mark} end {label}>>>" for label, text in shown]
    return "\n\n".join((f"The mark of this message is {mark}.", *blocks))


def shortened(text: str, longest: int) -> str:
    """Return the text, or its beginning and end where it is too long: a request often comes last."""
    if len(text) <= longest:
        return text
    gap = _GAP.format(len(text) - longest)
    head = longest * 2 // 3
    return text[:head] + gap + text[len(text) - (longest - head) :]


def _mark(shown: Sequence[tuple[str, str]]) -> str:
    digest = hashlib.sha256(b"triage-desk fence")
    for label, text in shown:
        digest.update(f"\x00{label}\x00{text}".encode())
    return digest.hexdigest()[:32]
