"""Compose: a reply without a language model, from the best of what was answered before."""

from collections.abc import Iterator, Sequence

from pipeline.addresses import addresses
from pipeline.check_draft import problems
from pipeline.classify import Band, Classification, Engine, Urgency
from pipeline.draft import LONGEST, Citation, Draft, Grade
from pipeline.follow import follow
from pipeline.looked_for import looked_for, title_of
from pipeline.macros import customer_name, macro_passages
from pipeline.mask import Masked
from pipeline.passage import Passage
from pipeline.phrases import Phrases, phrases
from pipeline.piece import Piece, usable
from pipeline.policy import Policy, Team, Thresholds
from pipeline.tones import toned
from pipeline.unclear import needs_a_question
from pipeline.wish import UNMET, wish_of


def compose(
    masked: Masked,
    classification: Classification,
    passages: Sequence[Passage],
    policy: Policy,
    team: Team,
    language: str,
    instruction: str = "",
) -> Draft:
    """Return a reply in the ticket's language, graded by its evidence and never empty.

    Takes milliseconds. Where the evidence is weak it says that a person looks at the ticket, and no more;
    where the ticket names nothing, it asks. An instruction that it cannot follow leaves the tag UNMET.
    """
    wish = wish_of(instruction)
    said = toned(phrases(language), language, wish)
    head, tail = _head(masked, classification, said), _tail(said, team.signs(language))
    if needs_a_question(masked, classification) and not wish.matter:
        text = _joined(head, said.question, tail)
        tags = (UNMET,) if instruction and not wish.of_tone else ()
        return _draft(text, Grade.QUESTION, [], classification, passages, language, tags)
    found = usable((*passages, *macro_passages(team, policy, language)), masked, policy, language)
    answers = [piece for piece in found if piece.number <= len(passages)]
    pieces, met = _best(answers, classification), wish.of_tone or not instruction
    if wish.of_content:
        texts = [piece for piece in found if piece not in answers]
        wished = follow(wish, pieces, answers, texts)
        pieces, met = (pieces, False) if wished is None else (wished, True)
        said = said.model_copy(update={"other": ""})  # what was wished for answers no question of the customer's
    grade, tags = _grade(pieces, policy.thresholds), () if met else (UNMET,)
    if pieces:
        text = _answer(head, pieces, said, tail, certain=grade is Grade.ANSWER)
        if not problems(text, masked, [piece.passage for piece in pieces], policy):
            return _draft(text, grade, pieces, classification, passages, language, tags)
    text = _joined(head, *_acknowledged(classification, said), tail)
    return _draft(text, Grade.NEEDS_PERSON, [], classification, passages, language, tags)


def _tail(said: Phrases, sign_off: str) -> str:
    return f"{said.regards}\n{sign_off}" if sign_off else said.regards


def _best(found: Sequence[Piece], classification: Classification) -> list[Piece]:
    """Return the best usable answer, and the best of the second category if it is another."""
    second = classification.secondary_category
    others = [piece for piece in found[1:] if piece.passage.resolution.category == second]
    if second and others and found[0].passage.resolution.category != second:
        return [found[0], others[0]]
    return list(found[:1])


def _grade(pieces: Sequence[Piece], limits: Thresholds) -> Grade:
    if not pieces:
        return Grade.NEEDS_PERSON
    sure = all(piece.passage.score >= limits.answer and not (piece.tags or piece.doubts) for piece in pieces)
    return Grade.ANSWER if sure else Grade.SUGGESTION


def _head(masked: Masked, classification: Classification, said: Phrases) -> str:
    return f"{_hello(masked, said)}\n\n{said.feeling[classification.sentiment]}"


def _hello(masked: Masked, said: Phrases) -> str:
    name = customer_name(masked)
    return said.hello_name.format(name=name) if name else said.hello


def _answer(head: str, pieces: Sequence[Piece], said: Phrases, tail: str, *, certain: bool) -> str:
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
    pieces: Sequence[Piece],
    classification: Classification,
    passages: Sequence[Passage],
    language: str,
    tags: tuple[str, ...],
) -> Draft:
    return Draft(
        text=text,
        grade=grade,
        citations=tuple(_citation(piece) for piece in pieces),
        looked_for="" if grade in (Grade.ANSWER, Grade.QUESTION) else looked_for(classification, passages),
        language=language,
        engine=Engine.LOCAL,
        tags=tuple(dict.fromkeys((*(tag for piece in pieces for tag in piece.tags), *tags))),
        doubts=tuple(dict.fromkeys(word for piece in pieces for word in piece.doubts if word in text)),
    )


def _citation(piece: Piece) -> Citation:
    resolution = piece.passage.resolution
    return Citation(
        number=piece.number,
        resolution=resolution.id,
        title=title_of(piece.passage),
        url=resolution.url,
        score=piece.passage.score,
    )
