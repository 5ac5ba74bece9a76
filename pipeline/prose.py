"""Prose: a text without the lines that machines wrote, such as logs, code and traces."""

import regex

_CODE = regex.compile(
    r"\s*+(?:at [\w$.<>]+\(|File \".{1,200}\", line \d|Traceback \(|Caused by: |[\w.]{0,80}(?:Error|Exception)(?:: |$)"
    r"|[{\[].*[}\]],?\s*+$"
    r"|(?:def|class|function|public|private|import|const|let|var|return)\s.*[(){};:=]\s*+$"
    r"|(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER)\b.*(?:\bFROM\b|\bINTO\b|\bSET\b|\bTABLE\b|;)"
    r"|(?:GET|POST|PUT|PATCH|HEAD) /|[$>#] \w++ [-./]|[{}\[\]();,\s]++$"
    r"|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*\b(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\b"
    r"|\[?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL|CRITICAL)\]?:?\s.*[=:\[/]"
    r"|\s*+\"?[\w.-]{1,60}+\"?\s*+[:=]\s*+[\"{\[\d].*[,}\];\"]\s*+$)"
)
_SYMBOL = regex.compile(r"[{}()\[\]<>;=|\\/_&$#@^~`*+%\"]")
_LETTER = regex.compile(r"\p{L}")
_MOST_SYMBOLS = 0.25  # to a letter; prose has one in thirty


def prose(text: str) -> str:
    """Return the lines of a text that a person wrote as sentences."""
    return "\n".join(line for line in text.split("\n") if not _is_machine_s(line))


def _is_machine_s(line: str) -> bool:
    if _CODE.match(line):
        return True
    symbols = len(_SYMBOL.findall(line))
    return symbols > 3 and symbols > _MOST_SYMBOLS * len(_LETTER.findall(line))
