"""What every helpdesk adapter keeps, whichever helpdesk it is."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import BadPayload, BadSignature
from pipeline.ports import HelpDesk
from pipeline.ticket import Author
from tests.bot.adapters.helpdesks.desks import DESKS, NEW, NOW, OLD, Desk

each_desk = pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.name)
each_signing_desk = pytest.mark.parametrize(
    "desk", [desk for desk in DESKS if desk.name != "freshdesk"], ids=lambda desk: desk.name
)
each_timed_desk = pytest.mark.parametrize(
    "desk", [desk for desk in DESKS if desk.signs_time], ids=lambda desk: desk.name
)
STRANGE = ["", " ", "é", "\u2028", "\x00", "=", "v1=", "sha1=", "A" * 100_000, "\ud800", "Basic", "Basic é"]

# Whatever JSON can say, and text that breaks databases, encoders and clocks.
odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=True),
    st.text(max_size=20),
    st.sampled_from(["\x00", "\ud800", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "x" * 200_000]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.none(), max_size=3),
)


@each_desk
def test_it_is_a_helpdesk_and_says_which(desk: Desk) -> None:
    adapter: HelpDesk = desk.make()
    assert adapter.source == desk.name


@each_desk
@pytest.mark.parametrize("secret", [OLD, NEW])
def test_both_secrets_are_live_while_one_is_rotated(desk: Desk, secret: str) -> None:
    desk.make().verify(desk.sign(secret, desk.body, NOW), desk.body, NOW)


@each_desk
@pytest.mark.parametrize("setting", [NEW, "", " , ,"])
def test_a_revoked_secret_and_no_secret_open_nothing(desk: Desk, setting: str) -> None:
    for secret in (OLD, "", " "):
        with pytest.raises(BadSignature):
            desk.make(secret=setting).verify(desk.sign(secret, desk.body, NOW), desk.body, NOW)


@each_signing_desk
def test_the_raw_bytes_are_signed(desk: Desk) -> None:
    headers = desk.sign(NEW, desk.body, NOW)
    again = json.dumps(json.loads(desk.body), indent=1).encode()
    for body in (again, desk.body + b"\n", b""):
        with pytest.raises(BadSignature):
            desk.make().verify(headers, body, NOW)


@each_desk
def test_an_empty_body_can_be_signed_but_not_read(desk: Desk) -> None:
    desk.make().verify(desk.sign(NEW, b"", NOW), b"", NOW)
    with pytest.raises(BadPayload):
        desk.make().read({}, b"", NOW)


@each_timed_desk
@pytest.mark.parametrize("seconds", [-301, -300, 0, 300, 301])
def test_the_window_is_five_minutes_each_way(desk: Desk, seconds: int) -> None:
    headers = desk.sign(NEW, desk.body, NOW + timedelta(seconds=seconds))
    if abs(seconds) <= 300:
        desk.make().verify(headers, desk.body, NOW)
    else:
        with pytest.raises(BadSignature):
            desk.make().verify(headers, desk.body, NOW)


@each_desk
@pytest.mark.parametrize("strange", STRANGE, ids=range(len(STRANGE)))
def test_a_malformed_header_is_a_bad_signature_and_nothing_else(desk: Desk, strange: str) -> None:
    right = desk.sign(NEW, desk.body, NOW)
    for name in right:
        for headers in (
            {**right, name: strange},
            {key: value for key, value in right.items() if key != name},
        ):
            with pytest.raises(BadSignature):
                desk.make().verify(headers, desk.body, NOW)


@each_desk
def test_a_new_ticket_is_the_customers_message_under_stable_names(desk: Desk) -> None:
    arrival = desk.make().read({}, desk.body, NOW)
    assert arrival is not None
    ticket = arrival.ticket
    assert (ticket.source, ticket.id, ticket.subject) == (desk.name, "77", "Charged twice")
    assert [message.author for message in ticket.messages] == [Author.CUSTOMER]
    assert "charged twice this month" in ticket.messages[0].text
    assert desk.make().read({}, desk.body, NOW + timedelta(hours=1)).delivery == arrival.delivery
    again = desk.make().read({}, desk.body, NOW + timedelta(hours=1)).ticket
    assert [message.id for message in again.messages] == [message.id for message in ticket.messages]
    assert ticket.joined_by(again).messages == ticket.messages


@each_desk
@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b"{}",
        b'"x"',
        b"{",
        b"\xff\xfe",
        b'{"a": NaN}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 5_000,
        b'{"text": "' + b"x" * 3_000_000 + b'"}',
    ],
    ids=[
        "null",
        "list",
        "empty",
        "text",
        "cut",
        "binary",
        "nan",
        "deep-list",
        "deep-object",
        "digits",
        "huge",
    ],
)
def test_a_body_that_is_no_ticket_is_refused_with_a_sentence(desk: Desk, body: bytes) -> None:
    with pytest.raises(BadPayload) as refused:
        desk.make().read({}, body, NOW)
    assert refused.value.status in {413, 422}
    assert str(refused.value).endswith(".") and len(str(refused.value)) < 1500


@each_desk
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_malformed_variant_is_read_or_refused_and_never_anything_else(desk: Desk, data: st.DataObject) -> None:
    """Any part of a right payload goes missing or becomes something odd: what is read can be stored."""
    payload = json.loads(desk.body)
    for _ in range(data.draw(st.integers(1, 3))):
        _mutate(payload, data)
    try:
        arrival = desk.make().read({}, json.dumps(payload).encode(), NOW)
    except BadPayload as refused:
        str(refused).encode()
        return
    if arrival is not None:
        arrival.model_dump_json().encode()
        assert "\x00" not in arrival.model_dump_json() and "\\u0000" not in arrival.model_dump_json()
        assert all(len(message.text) <= 100_000 for message in arrival.ticket.messages)
        assert arrival.ticket.created_at + timedelta(days=3650) > arrival.ticket.created_at


@each_desk
@settings(max_examples=200, deadline=None)
@given(
    body=st.binary(max_size=200),
    headers=st.dictionaries(st.text(max_size=40), st.text(max_size=200), max_size=4),
)
def test_noise_is_refused_and_never_anything_else(desk: Desk, body: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(BadSignature):
        desk.make().verify(headers, body, NOW)
    with pytest.raises(BadPayload):
        desk.make().read(headers, body, NOW)


@each_desk
@settings(max_examples=200, deadline=None)
@given(values=st.lists(st.text(max_size=600), min_size=2, max_size=2))
def test_noise_in_the_right_headers_is_a_bad_signature(desk: Desk, values: list[str]) -> None:
    names = [*desk.sign(NEW, b"", NOW), "authorization"]
    with pytest.raises(BadSignature):
        desk.make().verify(dict(zip(names, values, strict=False)), desk.body, NOW)


def _mutate(payload: object, data: st.DataObject) -> None:
    """Change one place of the payload: delete it, or put something odd there."""
    places: list[tuple[dict[str, object], str]] = []

    def collect(node: object) -> None:
        if isinstance(node, dict):
            places.extend((node, key) for key in node)
            for child in node.values():
                collect(child)
        elif isinstance(node, list):
            for child in node:
                collect(child)

    collect(payload)
    if not places:
        return
    holder, key = places[data.draw(st.integers(0, len(places) - 1))]
    if data.draw(st.booleans()):
        holder[key] = data.draw(odd_values)
    else:
        del holder[key]
