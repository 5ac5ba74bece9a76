"""Every view reads as it did when somebody last looked at it, and Slack takes it."""

import json
from importlib import import_module
from inspect import isfunction
from pkgutil import iter_modules
from typing import Any, get_type_hints

import pytest
from syrupy.assertion import SnapshotAssertion

from handlers import views
from handlers.views import blocks, modals, policy_forms
from handlers.views.card import card
from pipeline.ports import Card
from tests.handlers.views.cases import DRAFT, POLICY, STATES, case
from tests.handlers.views.examples import Example, name, of_a_case
from tests.handlers.views.examples_apart import apart
from tests.handlers.views.examples_intents import of_intents
from tests.handlers.views.valid import must_be_taken


def every() -> tuple[Example, ...]:
    """The one list, whole."""
    return (*of_a_case(case()), *apart(), *of_intents(case()))


EXAMPLES: dict[str, Example] = {name(each): each for each in every()}
MADE_OF = (modals.form, policy_forms.form, policy_forms.text)  # every form, not one of them


def written(shown: Card | dict[str, Any] | str | None) -> str:
    """Return a view with a line for each block, so that a change reads as one."""
    if shown is None:
        return "nothing"
    if isinstance(shown, str):
        return shown
    if isinstance(shown, Card):
        return "\n".join([shown.text, *(json.dumps(dict(each), ensure_ascii=False) for each in shown.blocks)])
    frame = {key: value for key, value in shown.items() if key != "blocks"}
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in (frame, *shown.get("blocks", ())))


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_view_reads_as_it_was_approved(example: str, snapshot: SnapshotAssertion) -> None:
    shown = EXAMPLES[example][1]()
    must_be_taken(shown)
    assert written(shown) == snapshot


@pytest.mark.parametrize("state", STATES)
def test_each_state_of_a_case_has_its_card(state: str, snapshot: SnapshotAssertion) -> None:
    shown = card(STATES[state], DRAFT if STATES[state].analysis else "", POLICY)
    must_be_taken(shown)
    assert written(shown) == snapshot


def test_no_view_was_forgotten() -> None:
    """Whatever returns a card, a form or a work object has an example in the one list, and so a snapshot."""
    modules = [import_module(f"{views.__name__}.{found.name}") for found in iter_modules(views.__path__)]
    found = {
        made
        for module in modules
        for made in vars(module).values()
        if module is not blocks  # what views are made of
        if isfunction(made) and made.__module__ == module.__name__ and not made.__name__.startswith("_")
        if get_type_hints(made).get("return") in (Card, Card | None, modals.View)
    }
    shown = {made.func for _, made in EXAMPLES.values()}
    assert sorted(f"{made.__module__}.{made.__name__}" for made in found - shown - set(MADE_OF)) == []
    assert len(found) > 50


def test_no_two_examples_have_one_name() -> None:
    assert len(EXAMPLES) == sum(1 for _ in every())
