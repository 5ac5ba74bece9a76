"""Every card, line and form keeps to Slack's limits, in every state and with more of everything than fits."""

import pytest

from handlers.views import help
from tests.handlers.views.cases import STATES
from tests.handlers.views.examples import of_a_case
from tests.handlers.views.strained import strained
from tests.handlers.views.valid import must_be_taken, must_be_valid


@pytest.mark.parametrize("state", STATES)
def test_what_a_state_shows_and_asks_is_valid(state: str) -> None:
    for _, made in (*of_a_case(STATES[state]), *strained(STATES[state])):
        must_be_taken(made())


@pytest.mark.parametrize("typed", ["", "queu", "x" * 5000, "<!channel> *&"])
def test_help_is_valid_whatever_was_typed(typed: str) -> None:
    must_be_valid(help.help_card(typed))
