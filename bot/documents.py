"""triage docs add: the company's own documents into the knowledge base."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote, urlsplit

from bot.history import index_or_tell
from bot.knowing import Knowing, knowing
from bot.lines import write_line
from bot.logs import configure
from bot.progress import progress
from bot.settings import load_settings
from pipeline.document import Page, passages, read_html, read_markdown, read_plain
from pipeline.errors import Refused, TriageError, Unavailable
from pipeline.language import language_of
from pipeline.mask import mask_text
from pipeline.passage import Resolution

LONGEST_NAME = 500  # characters of a document's path
LARGEST = 20_000_000  # bytes of a file


class NoDocuments(TriageError):
    """None of these is a document: name files or folders with .md, .html, .txt or .pdf files."""


class BadAddress(TriageError):
    """--url is the address under which the documents are on the web, such as https://help.example.com/"""


async def add_documents(paths: Sequence[Path], url: str) -> int:
    """Add files, and those in folders, as passages by heading. Returns how many could not be read.

    A file that was added before is replaced: what changed comes in, what is no longer there goes.
    """
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise BadAddress
    settings = load_settings()
    configure(settings.log, quiet=True)
    began = time.monotonic()
    found = dict(_documents(paths))
    if not found:
        raise NoDocuments
    tally, wrong = Counter[str](), 0
    async with knowing(settings) as it:
        with progress("Reading documents", len(found)) as advance:
            for name, path in found.items():
                try:
                    tally += await _replace(it, name, await asyncio.to_thread(_read, path), _address(url, name))
                except Refused as refusal:
                    wrong += 1
                    sys.stderr.write(f"{path}: {refusal}\n")
                advance(1)
        waiting = await index_or_tell(it)
    counted = {what: tally[what] for what in ("added", "kept", "removed")}
    taken = {"documents": len(found) - wrong, "wrong": wrong} | counted
    write_line(taken | {"waiting_for_index": waiting, "seconds": round(time.monotonic() - began, 1)})
    return wrong


async def _replace(it: Knowing, name: str, page: Page, url: str) -> Counter[str]:
    fresh = await asyncio.to_thread(lambda: {each.id: each for each in _passages(name, page, url)})
    known = await it.knowledge.of_document(name, it.workspace)
    added = await it.knowledge.add([each for id_, each in fresh.items() if id_ not in known], it.workspace)
    gone = sorted(known - fresh.keys())
    if gone:
        await it.knowledge.remove(gone, it.workspace)
        with suppress(Unavailable):  # vectors that lead nowhere do no harm
            await it.index.forget(gone)
    return Counter(added=len(added), kept=len(known & fresh.keys()), removed=len(gone))


def _passages(name: str, page: Page, url: str) -> Iterator[Resolution]:
    title = page.title or Path(name).stem.replace("-", " ").replace("_", " ")
    for section in page.sections:
        language = language_of(section.text)
        for text in passages(section):
            said = mask_text(text).text
            content = "\0".join((name, title, section.heading, said))
            yield Resolution(
                id=blake2b(content.encode(errors="replace"), digest_size=16).hexdigest(),
                question=section.heading or title,
                answer=said,
                title=title[:200],
                url=page.url or url,
                language=language,
                document=name,
            )


def _documents(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield each document's name, by which it is known again, with its place."""
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.suffix.casefold() in READERS and each.is_file())
            yield from ((each.relative_to(path).as_posix()[-LONGEST_NAME:], each) for each in inside)
        elif path.suffix.casefold() in READERS:
            yield path.name[-LONGEST_NAME:], path


def _address(url: str, name: str) -> str:
    return f"{url.rstrip('/')}/{quote(Path(name).with_suffix('').as_posix())}" if url else ""


def _read(path: Path) -> Page:
    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        raise Refused(f"it cannot be read: {error.strerror}") from None
    if raw is None:
        raise Refused(f"it has more than {LARGEST // 1_000_000} MB: split it")
    return READERS[path.suffix.casefold()](raw)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("it is not UTF-8: save it as UTF-8") from None


def _pdf(raw: bytes) -> Page:
    from bot.pdf import read_pdf  # here, for who has none shall not load it

    return read_pdf(raw)


READERS: Mapping[str, Callable[[bytes], Page]] = {
    ".md": lambda raw: read_markdown(_text(raw)),
    ".markdown": lambda raw: read_markdown(_text(raw)),
    ".html": lambda raw: read_html(_text(raw)),
    ".htm": lambda raw: read_html(_text(raw)),
    ".txt": lambda raw: read_plain(_text(raw)),
    ".pdf": _pdf,
}
