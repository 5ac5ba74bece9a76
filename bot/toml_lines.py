"""Where each table, key and array element of a TOML text stands, so that an error can name its line."""

import re
from dataclasses import dataclass, field

from pipeline.problem import Path

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*""")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{1,2})?|' + r"'''.*?'''(?:'{1,2})?|" + r""""(?:\\.|[^"\\])*"|'[^']*'""",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


def locate(text: str) -> dict[Path, int]:
    """Return the line, from 1, of every path in a TOML text that tomllib has accepted."""
    walk = _Walk(text)
    walk.document()
    return walk.lines


def nearest(lines: dict[Path, int], path: Path) -> int:
    """Return the line of a path, or of the innermost part of it that the text has."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


@dataclass
class _Walk:
    """One pass over the text. What is not valid TOML never comes here."""

    text: str
    at: int = 0
    table: Path = ()
    lines: dict[Path, int] = field(default_factory=dict)
    counts: dict[Path, int] = field(default_factory=dict)

    def document(self) -> None:
        self._skip()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                self._header()
            else:
                self._pair(self.table)
            self._skip()

    def _header(self) -> None:
        start, many = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        path = self._within(self._keys())
        self.at += 2 if many else 1
        if many:
            self.counts[path] = self.counts.get(path, -1) + 1
            self._note(path, start)
            path = (*path, self.counts[path])
        self.table = path
        self._note(path, start)

    def _within(self, keys: Path) -> Path:
        """Resolve a header: below an array of tables it means the array's last element."""
        path: Path = ()
        for position, key in enumerate(keys):
            path = (*path, key)
            if position < len(keys) - 1 and path in self.counts:
                path = (*path, self.counts[path])
        return path

    def _pair(self, table: Path) -> None:
        start = self.at
        path = (*table, *self._keys())
        self._note(path, start)
        self.at += 1  # the equals sign
        self._value(path)

    def _keys(self) -> Path:
        keys: list[str] = []
        while match := _KEY.match(self.text, self.at):
            keys.append(match[1].strip("\"'"))
            self.at = match.end()
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return tuple(keys)

    def _value(self, path: Path) -> None:
        self._skip()
        if self.text[self.at] == "[":
            self._array(path)
        elif self.text[self.at] == "{":
            self._inline_table(path)
        elif match := (_STRING.match(self.text, self.at) or _SCALAR.match(self.text, self.at)):
            self.at = match.end()

    def _array(self, path: Path) -> None:
        index = 0
        while self._next("]"):
            self._note((*path, index), self.at)
            self._value((*path, index))
            index += 1

    def _inline_table(self, path: Path) -> None:
        while self._next("}"):
            self._pair(path)

    def _next(self, closing: str) -> bool:
        """Step over an opening bracket or a comma; False when the bracket closes instead."""
        self._skip()
        if self.text[self.at] in "[{,":
            self.at += 1
            self._skip()
        if self.text[self.at] == closing:
            self.at += 1
            return False
        return True

    def _skip(self) -> None:
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _note(self, path: Path, start: int) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, start) + 1)
