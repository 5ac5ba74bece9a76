"""Programs ask for the figures with a key of their own, and nobody without one."""

import csv
import io
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from handlers import api
from storage.store import Store
from tests.fakes.house import House, told

KEY = "a-key-of-twenty-four-characters"
BEARER = {"Authorization": f"Bearer {KEY}"}


@pytest.fixture
async def house(store: Store) -> House:
    house = House(store)
    await house.shown(told(id_="t1"))
    return house


def client(house: House, *keys: str) -> httpx.AsyncClient:
    web = FastAPI()
    web.include_router(api.router(house.services, keys))
    return httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://triage.example")


@pytest.fixture
async def ours(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with client(house, "another-key-of-the-same-kind", KEY) as asking:
        yield asking


async def test_the_figures_are_told_as_json_and_csv(ours: httpx.AsyncClient) -> None:
    found = (await ours.get("/v1/stats", params={"period": "today"}, headers=BEARER)).json()
    assert (found["whole"]["arrived"], found["whole"]["accuracy"]) == (1, None)
    assert found["teams"]["billing_support"]["waiting"] == 1
    assert found["assumed"]["triage_minutes"] == 2
    told = await ours.get("/v1/stats", params={"period": "7d"}, headers=BEARER | {"Accept": "text/csv"})
    assert told.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(told.text)))
    assert [(row["kind"], row["name"], row["arrived"]) for row in rows[:2]] == [
        ("all", "all teams", "1"),
        ("team", "billing_support", "1"),
    ]
    assert [row["kind"] for row in rows[2:]] == 7 * ["day"]


async def test_nobody_gets_in_without_a_key(house: House, ours: httpx.AsyncClient) -> None:
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Basic {KEY}"}, {"Authorization": "Bearer ü"}):
        refused = await ours.get("/v1/stats", headers=[(k.encode(), v.encode()) for k, v in headers.items()])
        assert refused.status_code == 401
        assert "TRIAGE_API_KEYS" in refused.json()["error"]
    async with client(house) as asking:
        for headers in (BEARER, {"Authorization": "Bearer "}):
            assert (await asking.get("/v1/stats", headers=headers)).status_code == 401


@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({"period": "from 2026-10-31 to 2026-10-01"}, "the first one first"),
        ({"team": "nobody"}, "I know no team"),
        ({"zone": "Mars/Olympus"}, "no time zone of that name"),
        ({"zone": "../../etc/passwd"}, "no time zone of that name"),
        ({"period": 300 * "x"}, "longer than 200 characters"),
    ],
)
async def test_what_cannot_be_answered_is_refused_with_what_to_write(
    ours: httpx.AsyncClient, params: dict[str, str], says: str
) -> None:
    refused = await ours.get("/v1/stats", params=params, headers=BEARER)
    assert refused.status_code == 422
    assert says in refused.json()["error"]
