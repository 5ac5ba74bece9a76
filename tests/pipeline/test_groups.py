"""A cluster is named in the words of the ticket in its middle."""

import numpy as np

from pipeline.cluster import unit
from pipeline.groups import groups_of

TEXTS = [
    "I was charged twice",
    "You charged me twice!",
    "Charged twice again",
    "Reset my password",
    "[EMAIL_1] password",
]
VECTORS = unit(np.array([[1, 0.1], [1, 0], [1, -0.1], [0, 1], [0.3, 1]], np.float32))


def test_a_group_has_its_size_its_share_and_the_words_that_tell_it() -> None:
    charged, password = groups_of(TEXTS, VECTORS, np.array([0, 0, 0, 1, 1]))
    assert (charged.size, charged.share, charged.medoid, charged.name) == (3, 0.6, 1, "charged me twice")
    assert (password.size, password.share) == (2, 0.4)
    assert "password" in password.name


def test_a_name_has_no_placeholder() -> None:
    [only] = groups_of(TEXTS[4:], VECTORS[4:], np.array([0]))
    assert only.name == "password"


def test_a_ticket_of_small_words_is_named_by_them_and_one_without_words_by_none() -> None:
    one, other = groups_of(["it is the", "?"], VECTORS[3:], np.array([0, 1]))
    assert (one.name, other.name) == ("it is the", "")


def test_no_tickets_are_no_groups() -> None:
    assert groups_of([], np.zeros((0, 2), np.float32), np.array([], np.intp)) == ()
