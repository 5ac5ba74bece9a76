"""Kill -9 at random moments: python -m tests.crash --rounds 200 [--database URL] [--seed N] [--model]."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

import httpx

from bot.demo import free_port
from storage.migrate import migrate
from storage.store import Store
from tests.crash.ledger import Ledger
from tests.crash.processes import Playground, Product, environment, wait_for
from tests.crash.town import Town

SHORTEST_LIFE, LONGEST_LIFE = 0.2, 4.0  # seconds; the shortest end while the product still starts
QUIET_WITHIN = 300.0
BESIDE = ("index.waiting", "call.waiting")  # for a model, where there is none, and for its own later hour
_LIVES_PER_START = 0.15  # share of lives that may end before the product answers


def main(argv: list[str] | None = None) -> int:
    """Print one line of figures; 1 when anything was lost or happened twice."""
    options = _read(argv)
    with tempfile.TemporaryDirectory(prefix="triage-crash-") as folder:
        return _run(options, Path(folder))


def _run(options: argparse.Namespace, folder: Path) -> int:
    began, chance, port = time.monotonic(), random.Random(options.seed), free_port(0)
    with Playground(port, options.seed) as playground:
        settings = environment(folder, playground.url, options.database, words_only=not options.model)
        database = options.database or f"sqlite+aiosqlite:///{folder / 'data' / 'triage.db'}"
        product, town = Product(port, settings, folder / "product.log"), Town(playground.url, chance)
        try:
            for number in range(options.rounds):
                _live_and_die(product, town, chance, options.seed + number)
            _come_to_rest(product, town)
            product.kill()
            ledger = asyncio.run(_close_books(database, town, playground.url))
        except (TimeoutError, _Ended) as error:
            print(f"{type(error).__name__}: {error}\n{(folder / 'product.log').read_text()[-3000:]}")
            return 1
        finally:
            product.kill()
            town.close()
    for word in (*ledger.lost, *ledger.twice):
        print(word)
    seconds = time.monotonic() - began
    print(
        f"{options.rounds} rounds, {options.rounds} kills, {town.written} tickets, {ledger.cards} cards, "
        f"{ledger.replies} replies, {len(ledger.lost)} lost, {len(ledger.twice)} twice, {seconds:.0f} s"
    )
    return 1 if ledger.lost or ledger.twice else 0


class _Ended(Exception):
    """The product ended by itself."""


def _live_and_die(product: Product, town: Town, chance: random.Random, seed: int) -> None:
    """Start, let people work, and kill in the middle of it."""
    town.make_trouble(seed)
    product.start()
    if chance.random() > _LIVES_PER_START:
        wait_for(f"{product.url}/health/live")
    until = time.monotonic() + chance.uniform(SHORTEST_LIFE, LONGEST_LIFE)
    for _ in range(chance.randint(1, 3)):
        town.write()
    while (left := until - time.monotonic()) > 0:
        if chance.random() < 0.2:
            town.write_again()
        town.decide(most=2)
        time.sleep(min(0.2, max(0.0, left)))
    if product.ended is not None:
        raise _Ended(f"status {product.ended}")
    product.kill()


def _come_to_rest(product: Product, town: Town) -> None:
    """Let the product live until everything is decided and nothing is owed. Raises TimeoutError."""
    town.make_peace()
    product.start()
    wait_for(f"{product.url}/health/live")
    until = time.monotonic() + QUIET_WITHIN
    calm = 0
    while calm < 3:
        if time.monotonic() > until:
            raise TimeoutError(f"not quiet within {QUIET_WITHIN:.0f} s: {_owed(product)}")
        calm = calm + 1 if not town.decide(most=10) and not _owed(product) else 0
        time.sleep(0.5)


def _owed(product: Product) -> dict[str, int]:
    """Return what is in the queue, but for what rightly waits."""
    report = httpx.get(f"{product.url}/health", timeout=10, trust_env=False).json()
    return {kind: count for kind, count in report["checks"]["queue"].items() if kind not in BESIDE}


async def _close_books(database: str, town: Town, playground: str) -> Ledger:
    store, ledger = Store(database), Ledger()
    await migrate(store)
    await ledger.close_books(store, town, playground)
    await store.close()
    return ledger


def _read(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0, help="what makes people, faults and kills repeat")
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; SQLite when absent")
    parser.add_argument("--model", action="store_true", help="read with the embedded model instead of by words")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
