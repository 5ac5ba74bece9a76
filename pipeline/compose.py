"""Compose: a reply without a language model, from the best of what was answered before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from pipeline.addresses import addresses
from pipeline.check_draft import problems
from pipeline.classify import Band, Classification, Engine, Urgency
from pipeline.draft import LONGEST, Citation, Draft, Grade
from pipeline.language import UNKNOWN, language_of
from pipeline.mask import Masked
from pipeline.passage import Passage
from pipeline.phrases import Phrases, phrases
from pipeline.policy import Policy, Team, Thresholds
from pipeline.reuse import reuse
from pipeline.sources import public_words
from pipeline.unclear import needs_a_question

MISMATCH = "language_mismatch"  # the cited answer is in another language than the ticket
SHORTENED = "shortened"  # something of the cited answer concerned its former customer alone
FOREIGN = 0.1  # of score that an answer in another language has to be ahead
_LONGEST_TITLE, _LONGEST_SEARCH = 80, 300
_NAME = regex.compile(r"\[NAME_\d{1,9}\]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """One cited answer, edited to the ticket."""

    number: int
    passage: Passage
    text: str
    tags: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def compose(
    masked: Masked,
    classification: Classification,
    passages: Sequence[Passage],
    policy: Policy,
    team: Team,
    language: str,
) -> Draft:
    """Return a reply in the ticket's language, graded by its evidence and never empty.

    Takes milliseconds. Where the evidence is weak it says that a person looks at the ticket, and no more;
    where the ticket names nothing, it asks.
    """
    said = phrases(language)
    if needs_a_question(masked, classification):
        text = _joined(_hello(masked, said), said.feeling[classification.sentiment], said.question, _tail(said, team))
        return _draft(text, Grade.QUESTION, [], classification, passages, language)
    pieces = list(_pieces(masked, classification, passages, policy, language))
    grade = _grade(pieces, policy.thresholds)
    head, tail = _head(masked, classification, said), _tail(said, team)
    if pieces:
        text = _answer(head, pieces, said, tail, certain=grade is Grade.ANSWER)
        if not problems(text, masked, [piece.passage for piece in pieces], policy):
            return _draft(text, grade, pieces, classification, passages, language)
    text = _joined(head, *_acknowledged(classification, said), tail)
    return _draft(text, Grade.NEEDS_PERSON, [], classification, passages, language)


def _tail(said: Phrases, team: Team) -> str:
    return f"{said.regards}\n{team.sign_off}" if team.sign_off else said.regards


def _pieces(
    masked: Masked,
    classification: Classification,
    passages: Sequence[Passage],
    policy: Policy,
    language: str,
) -> Iterator[_Piece]:
    """Yield the best usable answer, and the best of the second category if it is another."""
    usable = [
        piece
        for number, passage in enumerate(passages, 1)
        if passage.score >= policy.thresholds.suggestion
        and (piece := _piece(number, passage, masked, policy, language)).text
    ]
    best_first = sorted(usable, key=lambda piece: FOREIGN * (MISMATCH in piece.tags) - piece.passage.score)
    yield from best_first[:1]
    second = classification.secondary_category
    others = [piece for piece in best_first[1:] if piece.passage.resolution.category == second]
    if second and others and best_first[0].passage.resolution.category != second:
        yield others[0]


def _piece(number: int, passage: Passage, masked: Masked, policy: Policy, language: str) -> _Piece:
    resolution = passage.resolution
    reused = reuse(resolution, masked.whole, policy.allowed_urls, public_words(policy))
    written_in = resolution.language or language_of(reused.text)
    foreign = UNKNOWN not in (written_in, language) and written_in[:2].lower() != language[:2].lower()
    tags = (*((MISMATCH,) if foreign else ()), *(() if reused.whole else (SHORTENED,)))
    return _Piece(number, passage, reused.text, tags, reused.doubtful)


def _grade(pieces: Sequence[_Piece], limits: Thresholds) -> Grade:
    if not pieces:
        return Grade.NEEDS_PERSON
    sure = all(piece.passage.score >= limits.answer and not (piece.tags or piece.doubts) for piece in pieces)
    return Grade.ANSWER if sure else Grade.SUGGESTION


def _head(masked: Masked, classification: Classification, said: Phrases) -> str:
    return f"{_hello(masked, said)}\n\n{said.feeling[classification.sentiment]}"


def _hello(masked: Masked, said: Phrases) -> str:
    """Greet by name where the ticket tells it: only the customer's own name is ever masked as one."""
    names = [name for name in _NAME.findall(masked.whole) if not masked.unknown(name)]
    fullest = max(names, key=lambda name: len(masked.restore(name)), default="")
    return said.hello_name.format(name=fullest) if fullest else said.hello


def _answer(head: str, pieces: Sequence[_Piece], said: Phrases, tail: str, *, certain: bool) -> str:
    room = LONGEST - len(_joined(head, said.usual, said.other, said.closing, tail)) - 20
    share = room // len(pieces)
    paragraphs = ["" if certain else said.usual]
    for number, piece in enumerate(pieces):
        url = piece.passage.resolution.url
        more = said.more.format(url=url) if _worth_naming(url, piece.text) else ""
        more = more if len(more) < share // 2 else ""
        paragraphs += [said.other if number else "", _cut(piece.text, share - len(more) - 4), more]
    return _joined(head, *paragraphs, said.closing, tail)


def _worth_naming(url: str, text: str) -> bool:
    return url.startswith("https://") and addresses(url) == (url,) and url not in text


def _cut(text: str, longest: int) -> str:
    """End a long text at the end of a line or sentence."""
    if len(text) <= longest:
        return text
    short = text[:longest]
    end = max(short.rfind("\n"), short.rfind(". ") + 1, short.rfind("! ") + 1, short.rfind("? ") + 1)
    return short[:end].rstrip() if end > longest // 3 else f"{short[: longest - 2].rstrip()} …"


def _acknowledged(classification: Classification, said: Phrases) -> Iterator[str]:
    urgent = classification.urgency in (Urgency.P1, Urgency.P2)
    yield f"{said.received} {said.urgent}" if urgent else said.received
    if classification.band is Band.LOW:
        yield said.question


def _joined(*paragraphs: str) -> str:
    return "\n\n".join(paragraph.strip() for paragraph in paragraphs if paragraph.strip())


def _draft(
    text: str,
    grade: Grade,
    pieces: Sequence[_Piece],
    classification: Classification,
    passages: Sequence[Passage],
    language: str,
) -> Draft:
    return Draft(
        text=text,
        grade=grade,
        citations=tuple(_citation(piece) for piece in pieces),
        looked_for="" if grade in (Grade.ANSWER, Grade.QUESTION) else _looked_for(classification, passages),
        language=language,
        engine=Engine.LOCAL,
        tags=tuple(dict.fromkeys(tag for piece in pieces for tag in piece.tags)),
        doubts=tuple(dict.fromkeys(word for piece in pieces for word in piece.doubts if word in text)),
    )


def _citation(piece: _Piece) -> Citation:
    resolution = piece.passage.resolution
    return Citation(
        number=piece.number,
        resolution=resolution.id,
        title=_title(piece.passage),
        url=resolution.url,
        score=piece.passage.score,
    )


def _title(passage: Passage) -> str:
    title = " ".join((passage.resolution.title or passage.resolution.question).split())
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"


def _looked_for(classification: Classification, passages: Sequence[Passage]) -> str:
    """Say what was searched and what came nearest, for the agent who reads the card."""
    searched = " ".join(classification.summary.split())[: _LONGEST_SEARCH - _LONGEST_TITLE - 60]
    nearest = max(passages, key=lambda passage: passage.score, default=None)
    if nearest is None:
        return f"{searched} (nothing alike was answered before)".strip()[:_LONGEST_SEARCH]
    return f"{searched} (nearest: {_title(nearest)}, {nearest.score:.2f})".strip()[:_LONGEST_SEARCH]
