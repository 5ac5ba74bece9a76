"""Plain -> Masked and back: the only maker of Masked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from pipeline.findings import Finding, Kind
from pipeline.normalise import Plain
from pipeline.personal_data import find_personal_data
from pipeline.ticket import Customer

RESTORABLE: Final = frozenset({Kind.EMAIL, Kind.PHONE, Kind.IBAN, Kind.IP, Kind.NAME})

_KINDS = "|".join(Kind)
_PLACEHOLDER = re.compile(rf"\[(?:{_KINDS})(?:_\d{{1,9}})?\]")
# Looser, since a reader or a model would take these for ours too.
_LOOKALIKE = re.compile(rf"[\[［]\s?((?:{_KINDS})[_ ]?\d{{1,9}})\s?[\]］]", re.IGNORECASE)


class _Seal:
    """Held by this module alone, so that nobody else can make a Masked, for mypy and at run time."""


_SEAL = _Seal()


@dataclass(frozen=True, slots=True)
class Entity:
    """A place in the unmasked text that was masked: code points start:end."""

    type: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """Text whose personal data is replaced by placeholders such as [EMAIL_1].

    The vault that leads back stays in memory only: it is derived from the ticket whenever it is needed.
    `entities` are those of the text; a subject's are not among them.
    """

    subject: str
    text: str
    _seal: _Seal = field(repr=False, compare=False)
    _vault: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    entities: tuple[Entity, ...] = ()

    def __post_init__(self) -> None:
        if self._seal is not _SEAL:
            raise TypeError("Masked is made by mask() and mask_text() alone")

    @property
    def whole(self) -> str:
        """Subject and text, as one text."""
        return f"{self.subject}\n\n{self.text}".strip()

    def restore(self, text: str) -> str:
        """Put back what may come back. Cards, identity numbers and secrets stay placeholders for ever."""
        return _PLACEHOLDER.sub(lambda match: self._vault.get(match[0], match[0]), text)

    def unknown(self, text: str) -> tuple[str, ...]:
        """Return the placeholders in a text that restore() would leave standing; such a text is not sent."""
        found = dict.fromkeys(match[0] for match in _PLACEHOLDER.finditer(text))
        return tuple(placeholder for placeholder in found if placeholder not in self._vault)


def mask(plain: Plain, customer: Customer = Customer()) -> Masked:  # noqa: B008 - a frozen value
    """Replace personal data in subject and text. The same value gets the same placeholder in both."""
    names = _Names()
    subject = names.replace(plain.subject, find_personal_data(plain.subject, customer))
    found = find_personal_data(plain.text, customer)
    text = names.replace(plain.text, found)
    entities = tuple(Entity(finding.kind, finding.start, finding.end) for finding in found)
    return Masked(subject, text, _SEAL, names.vault, entities)


def mask_text(text: str, customer: Customer = Customer()) -> Masked:  # noqa: B008 - a frozen value
    """Replace personal data in a text that has no subject."""
    return mask(Plain(subject="", text=text), customer)


def mask_all(texts: Iterable[str], customer: Customer) -> tuple[str, ...]:
    """Replace personal data in several texts of one ticket: the same value has the same placeholder in all."""
    names = _Names()
    return tuple(names.replace(text, find_personal_data(text, customer)) for text in texts)


def detached(text: str) -> str:
    """Take the numbers from the placeholders of a text that was masked before: [EMAIL_2] becomes [EMAIL].

    Knowledge from another ticket passes through here: its placeholders must never lead to this ticket's data.
    """
    return _PLACEHOLDER.sub(lambda match: match[0].split("_")[0].rstrip("]") + "]", text)


class _Names:
    """Gives placeholders to values, numbered by first appearance."""

    def __init__(self) -> None:
        self.vault: dict[str, str] = {}  # placeholder -> value, for what may come back
        self._given: dict[tuple[Kind, str], str] = {}
        self._count: defaultdict[Kind, int] = defaultdict(int)

    def replace(self, text: str, findings: tuple[Finding, ...]) -> str:
        """Return the text with its findings replaced and with look-alikes of placeholders disarmed."""
        at = 0
        pieces: list[str] = []
        for finding in findings:
            pieces += (
                _disarmed(text[at : finding.start]),
                self._name(finding.kind, text[finding.start : finding.end]),
            )
            at = finding.end
        return "".join((*pieces, _disarmed(text[at:])))

    def _name(self, kind: Kind, value: str) -> str:
        if (kind, value) not in self._given:
            self._count[kind] += 1
            self._given[kind, value] = placeholder = f"[{kind}_{self._count[kind]}]"
            if kind in RESTORABLE:
                self.vault[placeholder] = value
        return self._given[kind, value]


def _disarmed(text: str) -> str:
    """Return the text with "[EMAIL_1]" that somebody typed as "(EMAIL_1)", which nothing restores."""
    return _LOOKALIKE.sub(r"(\1)", text)
