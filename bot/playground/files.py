"""Files: announced, uploaded, shared and deleted; their bytes are kept in memory, up to a limit."""

from dataclasses import dataclass, replace

from bot.playground.clock import Clock
from bot.playground.identifiers import Identifiers
from bot.playground.wire import Refusal

LARGEST_FILE = 20_000_000
LARGEST_STORE = 100_000_000


@dataclass(frozen=True)
class Share:
    channel: str
    ts: str
    thread_ts: str = ""


@dataclass(frozen=True)
class File:
    id: str
    team: str
    user: str
    name: str
    created: int
    size: int
    """In bytes."""
    title: str = ""
    alt_txt: str = ""
    snippet_type: str = ""
    shares: tuple[Share, ...] = ()

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2].lower() if "." in self.name else "text"


class NotUploaded(ValueError):
    """The bytes did not come as they were announced."""


class Files:
    """Waits for what was announced, and keeps what came."""

    def __init__(self, clock: Clock, identifiers: Identifiers) -> None:
        self._clock = clock
        self._identifiers = identifiers
        self._awaited: dict[str, File] = {}
        """By the secret end of the address to which the bytes go."""
        self._arrived: dict[str, File] = {}
        self._files: dict[str, File] = {}
        self._deleted: set[tuple[str, str]] = set()
        self._bytes: dict[str, bytes] = {}

    def announce(self, file: File) -> str:
        """The secret with which its bytes may come, once."""
        self._refuse_overflow(file)
        secret = self._identifiers.make("", 32)
        self._awaited[secret] = file
        return secret

    def new(self, team: str, user: str, name: str, size: int, *, alt_txt: str = "", snippet_type: str = "") -> File:
        created = int(self._clock.now())
        return File(
            self._identifiers.make("F"), team, user, name, created, size, alt_txt=alt_txt, snippet_type=snippet_type
        )

    def receive(self, secret: str, data: bytes) -> None:
        """Takes the bytes only in the announced size, so that a torn upload can be tried again."""
        file = self._awaited.get(secret)
        if file is None:
            raise NotUploaded("There is no such upload, or it is done.")
        if len(data) != file.size:
            raise NotUploaded(f"{file.size} bytes were announced, and {len(data)} came.")
        del self._awaited[secret]
        self._bytes[file.id] = data
        self._arrived[file.id] = file

    def arrived(self, file_id: str, team: str) -> File:
        """One whose bytes have come and that waits to be completed."""
        file = self._arrived.get(file_id)
        if file is None or file.team != team:
            raise Refusal("file_not_found")
        return file

    def complete(self, file: File, title: str) -> File:
        del self._arrived[file.id]
        return self._keep(replace(file, title=title or file.name))

    def put(self, file: File, data: bytes) -> File:
        """A person's file, uploaded in one step."""
        self._refuse_overflow(file)
        self._bytes[file.id] = data
        return self._keep(replace(file, title=file.title or file.name))

    def find(self, file_id: str, team: str) -> File:
        if (file_id, team) in self._deleted:
            raise Refusal("file_deleted")
        file = self._files.get(file_id)
        if file is None or file.team != team:
            raise Refusal("file_not_found")
        return file

    def of(self, team: str) -> list[File]:
        """The latest first."""
        return [file for file in reversed(self._files.values()) if file.team == team]

    def read(self, file: File) -> bytes:
        return self._bytes[file.id]

    def share(self, file: File, share: Share) -> File:
        return self._keep(replace(file, shares=(*file.shares, share)))

    def delete(self, file: File) -> None:
        del self._files[file.id]
        del self._bytes[file.id]
        self._deleted.add((file.id, file.team))

    def _refuse_overflow(self, file: File) -> None:
        stored = sum(map(len, self._bytes.values())) + sum(awaited.size for awaited in self._awaited.values())
        if stored + file.size > LARGEST_STORE:
            raise Refusal("storage_limit_reached")

    def _keep(self, file: File) -> File:
        self._files[file.id] = file
        return file
