"""A webhook answers 202 once the ticket is durably stored, and says what is wrong otherwise."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import pytest
import uvicorn
from sqlalchemy import func, insert, select, text

from handlers import webhooks
from handlers.services import Services
from handlers.webhooks import LARGEST_BODY
from storage.store import Store
from storage.tables import cases, deliveries, effects, jobs
from tests.fakes.clock import MORNING
from tests.fakes.helpdesk import SIGNATURE
from tests.fakes.house import House, said, told
from tests.handlers.web import ADDRESS, HEADERS, body, client, web


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


@pytest.fixture
async def http(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with client(house.services) as asking:
        yield asking


async def counts(store: Store) -> tuple[int, ...]:
    async with store.reader() as connection:
        tables = (cases, deliveries, jobs)
        return tuple([(await connection.execute(select(func.count()).select_from(t))).scalar_one() for t in tables])


async def test_a_ticket_is_accepted_once_and_its_copies_are_told_its_case(http: httpx.AsyncClient) -> None:
    first = await http.post(ADDRESS, content=body(told()))
    again = await http.post(ADDRESS, content=body(told()))
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json() == again.json()
    assert len(first.json()["ticket"]) == 12


async def test_a_hundred_copies_in_parallel_make_one_ticket(http: httpx.AsyncClient, house: House) -> None:
    answers = await asyncio.gather(*(http.post(ADDRESS, content=body(told())) for _ in range(100)))
    assert Counter(answer.status_code for answer in answers) == {202: 1, 200: 99}
    assert len({answer.json()["ticket"] for answer in answers}) == 1
    assert await counts(house.store) == (1, 1, 1)


async def test_what_is_accepted_is_stored_before_the_answer_leaves(http: httpx.AsyncClient, database_url: str) -> None:
    answer = await http.post(ADDRESS, content=body(told()))
    other = Store(database_url)
    async with other.reader() as connection:
        stored = (await connection.execute(select(cases.c.id))).scalars().all()
    await other.close()
    assert stored == [answer.json()["ticket"]]


BIG = body(told(said("m1", "x" * LARGEST_BODY)))
REFUSALS: dict[str, tuple[bytes, dict[str, str], int, str]] = {
    "unsigned": (body(told()), {SIGNATURE: ""}, 401, "signature does not match"),
    "a form": (body(told()), {"content-type": "application/x-www-form-urlencoded"}, 415, "application/json"),
    "no type": (body(told()), {"content-type": ""}, 415, "application/json"),
    "too large": (BIG, {}, 413, "larger than 1,000,000 bytes"),
    "not JSON": (b"{", {}, 422, "not what this webhook takes"),
    "no ticket": (b'{"delivery": "d1"}', {}, 422, "not what this webhook takes"),
}


@pytest.mark.parametrize(("content", "headers", "status", "sentence"), REFUSALS.values(), ids=REFUSALS)
async def test_bad_input_is_refused_with_a_sentence_and_nothing_is_stored(
    http: httpx.AsyncClient, house: House, content: bytes, headers: dict[str, str], status: int, sentence: str
) -> None:
    answer = await http.post(ADDRESS, content=content, headers=headers)
    assert answer.status_code == status
    assert sentence in answer.json()["error"]
    assert await counts(house.store) == (0, 0, 0)


async def test_an_unsigned_body_is_not_even_parsed(http: httpx.AsyncClient) -> None:
    assert (await http.post(ADDRESS, content=b"{", headers={SIGNATURE: "forged"})).status_code == 401


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_only_post_is_taken(http: httpx.AsyncClient, method: str) -> None:
    answer = await http.request(method, ADDRESS)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_a_charset_beside_the_type_does_no_harm(http: httpx.AsyncClient) -> None:
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    assert (await http.post(ADDRESS, content=body(told()), headers=headers)).status_code == 202


async def test_a_failed_commit_is_answered_with_500_and_stores_nothing(house: House) -> None:
    """The block ends well; then the database refuses the commit for a row that comes with it."""
    failing = _Failing(house.store.url)
    services = Services(**{name: getattr(house.services, name) for name in Services.__slots__} | {"store": failing})
    async with client(services) as http:
        answer = await http.post(ADDRESS, content=body(told()))
    await failing.close()
    assert answer.status_code == 500
    assert answer.json() == {"error": "That did not work. Nothing was accepted; please send it again."}
    assert await counts(house.store) == (0, 0, 0)
    async with client(house.services) as http:
        assert (await http.post(ADDRESS, content=body(told()))).status_code == 202


class _Failing(Store):
    """A store whose every commit is refused by the database itself."""

    @asynccontextmanager
    async def begin(self):  # type: ignore[no-untyped-def]
        async with super().begin() as tx:
            if self.dialect == "sqlite":
                await tx.connection.execute(text("PRAGMA defer_foreign_keys=ON"))
            else:
                constraint = "fk_effects_case_id_cases"
                await tx.connection.execute(text(f"ALTER TABLE effects ALTER CONSTRAINT {constraint} DEFERRABLE"))
                await tx.connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
            yield tx
            orphan = {"key": "k", "case_id": "nobody", "first_at": MORNING, "tried_at": MORNING}
            await tx.connection.execute(insert(effects).values(orphan))


async def test_a_flood_is_asked_to_come_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "MOST_AT_ONCE", 3)
    async with client(house.services) as http, house.store.begin():
        asking = [http.post(ADDRESS, content=body(told(id_=f"t{n}"), f"d{n}")) for n in range(10)]
        waiting = [asyncio.create_task(each) for each in asking]
        while sum(task.done() for task in waiting) < 7:
            await asyncio.sleep(0.001)
    answers = await asyncio.gather(*waiting)
    assert Counter(answer.status_code for answer in answers) == {202: 3, 429: 7}
    assert {answer.headers.get("retry-after") for answer in answers if answer.status_code == 429} == {"1"}
    assert (await counts(house.store))[0] == 3


@asynccontextmanager
async def listening(services: Services) -> AsyncIterator[int]:
    """Serve the application on a real socket and yield its port."""
    opened = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(web(services), log_level="critical", ws="none", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[opened]))
    try:
        yield opened.getsockname()[1]
    finally:
        server.should_exit = True
        await serving


@pytest.mark.parametrize(("content_type", "status"), [("application/json", 413), ("text/plain", 415)])
async def test_a_chunked_body_of_50_megabytes_is_cut_off_early(house: House, content_type: str, status: int) -> None:
    async with listening(house.services) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = (
            f"POST {ADDRESS} HTTP/1.1\r\nhost: t\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        writer.write(head.encode())
        assert await _taken(writer, 50_000_000) < 10_000_000  # the rest is what the sockets' own buffers hold
        with suppress(ConnectionError):
            assert (await reader.readline()).startswith(f"HTTP/1.1 {status} ".encode())
        writer.transport.abort()
    assert await counts(house.store) == (0, 0, 0)


async def _taken(writer: asyncio.StreamWriter, size: int) -> int:
    """Send chunks until the other side hangs up; return how many bytes it took."""
    sent = 0
    with suppress(ConnectionError):
        while sent < size and not writer.is_closing():
            writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            await writer.drain()
            sent += 0x10000
    return sent


async def test_a_declared_50_megabytes_are_refused_before_they_are_sent(house: House) -> None:
    async with listening(house.services) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
        writer.write(f"POST {ADDRESS} HTTP/1.1\r\nhost: t\r\n{head}content-length: 50000000\r\n\r\n".encode())
        assert (await asyncio.wait_for(reader.readline(), 30)).startswith(b"HTTP/1.1 413 ")
        assert b"larger than 1,000,000 bytes" in await asyncio.wait_for(reader.read(), 30)  # up to the end
        writer.close()
