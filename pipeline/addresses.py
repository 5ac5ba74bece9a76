"""Addresses: the web addresses in a text, and whether somebody we trust has written them."""

from collections.abc import Iterable, Sequence

import regex

# A bare domain counts when its ending is one that mail programs turn into a link; node.js is none.
_ENDINGS = (
    "com|net|org|io|co|dev|app|info|biz|me|ai|eu|de|fr|es|it|nl|pt|uk|us|ca|ch|at|be|br|ru|cn|xyz|site|online"
    "|top|shop|link|click|live|cloud|tech|page|ly|to|gg|example|test|zip|mov"
)
_ADDRESS = regex.compile(
    rf"(?:[a-z][a-z0-9+.-]*+://|www\.)[^\s<>\"'`|\[\](){{}}]++"
    rf"|(?<![\w@.-])(?:[\p{{L}}\p{{N}}-]++\.)+(?:{_ENDINGS})(?![\w.-]*\w)(?:[:/?#][^\s<>\"'`|\[\](){{}}]*+)?",
    regex.IGNORECASE,
)
_TRAILING = ".,;:!?…"


def addresses(text: str) -> tuple[str, ...]:
    """Return each address once, as it is written, without the punctuation after it."""
    return tuple(dict.fromkeys(found.group().rstrip(_TRAILING) for found in _ADDRESS.finditer(text)))


def untrusted(text: str, sources: Iterable[str], allowed: Sequence[str]) -> tuple[str, ...]:
    """Return the addresses of a text that neither a source has nor an allowed prefix covers."""
    known = {_same(address) for source in sources for address in addresses(source)}
    return tuple(
        address for address in addresses(text) if _same(address) not in known and not covered(address, allowed)
    )


def covered(address: str, allowed: Sequence[str]) -> bool:
    """Whether an allowed prefix covers the address, up to the end of one of its parts."""
    return any(_begins(address, prefix) for prefix in allowed if prefix)


def _begins(address: str, prefix: str) -> bool:
    """Plain startswith would let https://help.example.evil.com and https://help.example@evil.com pass."""
    bare = prefix.rstrip("/")
    rest = address[len(bare) :]
    return address[: len(bare)].casefold() == bare.casefold() and (not rest or rest[0] in "/?#")


def _same(address: str) -> str:
    return address.rstrip("/").casefold()
