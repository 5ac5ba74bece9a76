"""For every method of messages, files and views: the calls that are refused, by Slack's error code."""

from tests.playground.methods import refused_messages, refused_streams, refused_things
from tests.playground.methods.wrong import Case

REFUSED: dict[str, tuple[Case, ...]] = {
    **refused_messages.REFUSED,
    **refused_streams.REFUSED,
    **refused_things.REFUSED,
}
"""Beyond what the reference names: `invalid_arguments` where it names nothing, and what Slack is seen to answer."""
