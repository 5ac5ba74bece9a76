"""Evidence: the customer's own masked words that speak loudest for an alarm."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence

from pipeline.classify import Classification, Evidence, Sentiment, Urgency
from pipeline.mask import Masked
from pipeline.sentences import sentences, words
from pipeline.urgency import names_an_alarm

LONGEST = 200  # characters of a quote
FIRST, LAST = 12, 4  # of a long ticket's sentences: people come to the point early, and demand at the end
_TELLING = 3  # words; less than that is quoted only when there is nothing else
_NAMED = 1.0  # beside a chance of at most one: words that the guideline names come first

Chances = Mapping[str, Mapping[str, float]]  # by column, then by label


def is_alarmed(found: Classification) -> bool:
    """Whether anything in the classification escalates, or shows on the card as if it might."""
    return bool(found.risk) or found.urgency is Urgency.P1 or found.sentiment is Sentiment.ANGRY


def quotable(masked: Masked) -> tuple[str, ...]:
    """Return the ticket's sentences in order, at most LONGEST characters each; some of them where there are many."""
    said = sentences(masked.text) or sentences(masked.subject)
    parts = [part for sentence in said for part in textwrap.wrap(sentence, LONGEST)]
    telling = [part for part in parts if len(words(part)) >= _TELLING] or parts
    return tuple(telling if len(telling) <= FIRST + LAST else [*telling[:FIRST], *telling[-LAST:]])


def loudest(found: Classification, said: Sequence[str], chances: Sequence[Chances]) -> Evidence:
    """Return for each alarm the sentence with the highest chance of it, the first of several.

    `chances` are each sentence's; without any of them, the first sentence is as good as another.
    """

    def score(one: Chances, column: str, label: str) -> float:
        return one.get(column, {}).get(label, 0.0)

    def quote(scores: Iterable[float]) -> str:
        by_score = list(zip(scores, said, strict=True))
        return max(by_score, key=lambda pair: pair[0])[1] if by_score else ""

    named = [_NAMED * names_an_alarm(sentence) if found.urgency is Urgency.P1 else 0.0 for sentence in said]
    pressing = (score(one, "urgency", Urgency.P1) + words for one, words in zip(chances, named, strict=True))
    return _for(
        found,
        risk=quote(score(one, "escalation", "true") for one in chances),
        urgency=quote(pressing),
        sentiment=quote(score(one, "sentiment", Sentiment.ANGRY) for one in chances),
    )


def one_for_all(found: Classification, quote: str) -> Evidence:
    """Return one quote as the evidence of every alarm that there is."""
    return _for(found, risk=quote, urgency=quote, sentiment=quote)


def _for(found: Classification, *, risk: str, urgency: str, sentiment: str) -> Evidence:
    return Evidence(
        risk=risk if found.risk else "",
        urgency=urgency if found.urgency is Urgency.P1 else "",
        sentiment=sentiment if found.sentiment is Sentiment.ANGRY else "",
    )


def quoted(masked: Masked, claimed: str) -> str:
    """Return a model's quote when it stands in the ticket, but for spaces, and nothing when it does not.

    A longer one is cut at a word's end.
    """
    quote = " ".join(claimed.split())
    if len(words(quote)) < _TELLING or quote not in " ".join(masked.whole.split()):
        return ""
    return textwrap.shorten(quote, LONGEST, placeholder=" …")
