"""Full text: what shares a text's weightiest words, alike on SQLite's FTS5 and PostgreSQL's tsvector."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.knowledge_tables import word_counts

MOST_MATCHED = 16  # the rarest words, by which the database finds; all of them are judged afterwards
LEAST_MATCHED = 2
MOST_READ = 3000  # resolutions that these words may lead to, beyond the rarest two
EVERY = ""  # stands among the words for what every resolution holds, for to count them would be to read them
_COUNTED = (word_counts.c.workspace, word_counts.c.word)

_FIND_SQLITE = text(
    """SELECT r.id FROM resolution_words JOIN resolutions AS r ON r.number = resolution_words.rowid
    WHERE resolution_words MATCH :match AND r.workspace = :workspace AND NOT r.poor
    ORDER BY bm25(resolution_words), r.number LIMIT :k"""
)
_FIND_POSTGRESQL = text(
    """SELECT found.id FROM unnest(CAST(:words AS text[]), CAST(:weights AS float8[])) AS asked(word, weight)
    JOIN LATERAL (
        SELECT r.id, r.number FROM resolutions AS r
        WHERE r.workspace || '' = :workspace AND NOT r.poor  -- by the words: an index on workspaces finds them all
            AND r.lexemes @@ quote_literal(asked.word)::tsquery) AS found ON true
    GROUP BY found.id, found.number ORDER BY sum(asked.weight) DESC, found.number LIMIT :k"""
)


async def count(connection: AsyncConnection, total: int, counts: Mapping[str, int], workspace: str) -> None:
    """Add to how many there are and hold each word, in the order of the words so that no two writers deadlock."""
    if not total:
        return
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement = make(word_counts)
    added = {"holding": word_counts.c.holding + statement.excluded.holding}
    more = {EVERY: total, **counts}
    rows = [{"workspace": workspace, "word": word, "holding": more[word]} for word in sorted(more)]
    await connection.execute(statement.on_conflict_do_update(index_elements=_COUNTED, set_=added), rows)


async def counted(connection: AsyncConnection, words: Sequence[str], workspace: str) -> tuple[int, dict[str, int]]:
    """Return how many resolutions the workspace has, and how many hold each word; no word that none holds."""
    known = select(word_counts.c.word, word_counts.c.holding).where(
        word_counts.c.workspace == workspace, word_counts.c.word.in_((EVERY, *words))
    )
    holding = {row.word: row.holding for row in await connection.execute(known)}
    return holding.pop(EVERY, 0), {word: number for word, number in holding.items() if number > 0}


async def find(
    connection: AsyncConnection, holding: Mapping[str, int], weights: Mapping[str, float], workspace: str, k: int
) -> tuple[str, ...]:
    """Return the ids of the k resolutions that share the weightiest of the words held, poor ones left out."""
    telling = {word: weights[word] for word in _rarest(holding)}
    match = _match_sqlite if connection.dialect.name == "sqlite" else _match_postgresql
    return await match(connection, telling, workspace, k) if telling else ()


def _rarest(holding: Mapping[str, int]) -> Iterator[str]:
    """Yield the words by which the database finds, few enough and rare enough to be quick at any size."""
    seen = 0
    for number, word in enumerate(sorted(holding, key=lambda word: (holding[word], word))):
        seen += holding[word]
        if number >= MOST_MATCHED or (number >= LEAST_MATCHED and seen > MOST_READ):
            return
        yield word


async def _match_sqlite(
    connection: AsyncConnection, weights: Mapping[str, float], workspace: str, k: int
) -> tuple[str, ...]:
    match = " OR ".join(f'"{word}"' for word in weights)  # quoted, so that OR and NEAR are words
    found = await connection.execute(_FIND_SQLITE, {"match": match, "workspace": workspace, "k": k})
    return tuple(found.scalars())


async def _match_postgresql(
    connection: AsyncConnection, weights: Mapping[str, float], workspace: str, k: int
) -> tuple[str, ...]:
    # The planner cannot know that these words are rare, and would rather read the whole table.
    await connection.execute(text("SET LOCAL enable_seqscan = off"))
    asked = {"words": list(weights), "weights": list(weights.values()), "workspace": workspace, "k": k}
    return tuple((await connection.execute(_FIND_POSTGRESQL, asked)).scalars())
