"""Unclear: a ticket that says that something is wrong, and not what. It gets a question back instead of an answer."""

from pipeline.classify import Band, Classification, Engine, Scores, Sentiment
from pipeline.judge import judged
from pipeline.mask import Masked
from pipeline.policy import Policy
from pipeline.sentences import names_a_matter, says_a_word, says_enough


def doubted(classification: Classification, masked: Masked, policy: Policy) -> Classification:
    """Return the classification with little confidence where a model was sure of a text that says nothing.

    The local engine doubts by itself, and knows when a team's own tickets are all as short as this one.
    """
    if classification.engine is not Engine.LLM or says_enough(masked.whole):
        return classification
    confidence = classification.scores.confidence if classification.scores else classification.confidence
    scores = Scores(category=classification.category, confidence=confidence, doubtful=True)
    return judged(classification.model_copy(update={"scores": scores}), policy.thresholds)


def needs_a_question(masked: Masked, classification: Classification) -> bool:
    """Whether nobody could answer: the text names nothing, or is one word, and the engine is not sure either.

    Who only says thank you is not asked what is wrong.
    """
    if classification.band is not Band.LOW or classification.sentiment is Sentiment.POSITIVE:
        return False
    return not (names_a_matter(masked.whole) and says_a_word(masked.whole))
