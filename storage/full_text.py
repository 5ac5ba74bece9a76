"""Full text: what shares a text's weightiest words, alike on SQLite's FTS5 and PostgreSQL's tsvector."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Table, TextClause, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.weighing import Asked, weigh
from pipeline.words import identifies, written
from storage.case_tables import case_texts, case_word_counts
from storage.knowledge_tables import resolutions, word_counts

MOST_MATCHED = 16  # the rarest words, by which the database finds; all of them are judged afterwards
LEAST_MATCHED = 2
MOST_READ = 3000  # texts that these words may lead to, beyond the rarest two
MOST_ASKED = 200  # words of one ticket that are looked up
EVERY = ""  # stands among the words for what every text holds, for to count them would be to read them


@dataclass(frozen=True, slots=True)
class Corpus:
    """One kind of text: how many hold each word, and how each database finds them."""

    counts: Table
    sqlite: TextClause
    postgresql: TextClause


def _corpus(texts: Table, index: str, counts: Table, found: str) -> Corpus:
    """`found` says which of them may be found. The names are ours, and nothing of anybody's words is among them."""
    return Corpus(
        counts,
        text(
            f"""SELECT r.id FROM {index} JOIN {texts.name} AS r ON r.number = {index}.rowid
            WHERE {index} MATCH :match AND r.workspace = :workspace AND {found}
            ORDER BY bm25({index}), r.number LIMIT :k"""  # noqa: S608
        ),
        text(
            f"""SELECT found.id FROM unnest(CAST(:words AS text[]), CAST(:weights AS float8[])) AS asked(word, weight)
            JOIN LATERAL (
                SELECT r.id, r.number FROM {texts.name} AS r
                WHERE r.workspace || '' = :workspace AND {found}  -- by the words: a workspace's index finds them all
                    AND r.lexemes @@ quote_literal(asked.word)::tsquery) AS found ON true
            GROUP BY found.id, found.number ORDER BY sum(asked.weight) DESC, found.number LIMIT :k"""  # noqa: S608
        ),
    )


ANSWERS = _corpus(resolutions, "resolution_words", word_counts, "NOT r.poor")
CASES = _corpus(case_texts, "case_words", case_word_counts, "r.state = 'made'")


async def count(
    connection: AsyncConnection, corpus: Corpus, total: int, counts: Mapping[str, int], workspace: str
) -> None:
    """Add to how many there are and hold each word, in the order of the words so that no two writers deadlock."""
    more = {word: number for word, number in {EVERY: total, **counts}.items() if number}
    if not more:
        return
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    statement, known = make(corpus.counts), corpus.counts.c
    added = {"holding": known.holding + statement.excluded.holding}
    rows = [{"workspace": workspace, "word": word, "holding": more[word]} for word in sorted(more)]
    keys = (known.workspace, known.word)
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=added), rows)


async def search_words(
    connection: AsyncConnection, corpus: Corpus, asked: str, workspace: str, k: int
) -> tuple[Asked, tuple[str, ...]]:
    """Return the text's words with their weights, and the ids of those that share the weightiest, k or a few more.

    Those that share an identifier come first, whatever else the text says.
    """
    forms = written(asked)
    words = sorted(forms, key=lambda word: not identifies(forms[word], 0))[:MOST_ASKED]
    if not words:
        return weigh("", {}, 0), ()
    total, holding = await counted(connection, corpus, words, workspace)
    weighed = weigh(asked, holding, total)
    named = {word: holding[word] for word in holding if word in weighed.identifiers}
    found = [await find(connection, corpus, some, weighed.weights, workspace, k) for some in (named, holding)]
    return weighed, tuple(dict.fromkeys(id_ for ids in found for id_ in ids))


async def counted(
    connection: AsyncConnection, corpus: Corpus, words: Sequence[str], workspace: str
) -> tuple[int, dict[str, int]]:
    """Return how many texts the workspace has, and how many hold each word; no word that none holds."""
    held = corpus.counts.c
    known = select(held.word, held.holding).where(held.workspace == workspace, held.word.in_((EVERY, *words)))
    holding = {row.word: row.holding for row in await connection.execute(known)}
    return holding.pop(EVERY, 0), {word: number for word, number in holding.items() if number > 0}


async def find(
    connection: AsyncConnection,
    corpus: Corpus,
    holding: Mapping[str, int],
    weights: Mapping[str, float],
    workspace: str,
    k: int,
) -> tuple[str, ...]:
    """Return the ids of the k texts that share the weightiest of the words held."""
    telling = {word: weights[word] for word in _rarest(holding)}
    if not telling:
        return ()
    if connection.dialect.name == "sqlite":
        match = " OR ".join(f'"{word}"' for word in telling)  # quoted, so that OR and NEAR are words
        found = await connection.execute(corpus.sqlite, {"match": match, "workspace": workspace, "k": k})
    else:
        # The planner cannot know that these words are rare, and would rather read the whole table.
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        asked = {"words": list(telling), "weights": list(telling.values()), "workspace": workspace, "k": k}
        found = await connection.execute(corpus.postgresql, asked)
    return tuple(found.scalars())


def _rarest(holding: Mapping[str, int]) -> Iterator[str]:
    """Yield the words by which the database finds, few enough and rare enough to be quick at any size."""
    seen = 0
    for number, word in enumerate(sorted(holding, key=lambda word: (holding[word], word))):
        seen += holding[word]
        if number >= MOST_MATCHED or (number >= LEAST_MATCHED and seen > MOST_READ):
            return
        yield word
