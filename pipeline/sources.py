"""Sources: what was answered before, as a model may read it for another customer."""

from collections.abc import Sequence

from pipeline.mask import Masked
from pipeline.passage import Passage
from pipeline.policy import Policy
from pipeline.reuse import impersonal, mine_of, reuse


def sources(passages: Sequence[Passage], masked: Masked, policy: Policy) -> tuple[Passage, ...]:
    """Return the passages in their order, without what belonged to the customers they were written for.

    A model cannot repeat what it never saw. One of which nothing remains keeps its place, with an empty answer.
    """
    return tuple(_source(passage, masked.whole, policy) for passage in passages)


def public_words(policy: Policy) -> str:
    """Return the words of a policy, which are those of our product and name no customer."""
    teams = (" ".join((team.name, *team.sign_off.values())) for team in policy.teams)
    categories = (f"{category.name} {category.description}" for category in policy.categories)
    return " ".join((*teams, *categories))


def _source(passage: Passage, asked: str, policy: Policy) -> Passage:
    resolution, public = passage.resolution, public_words(policy)
    mine = mine_of(resolution, asked, policy.allowed_urls, public)
    clean = {
        "title": impersonal(resolution.title, mine),
        "question": impersonal(resolution.question, mine),
        "answer": reuse(resolution, asked, policy.allowed_urls, public).text,
    }
    return passage.model_copy(update={"resolution": resolution.model_copy(update=clean)})
