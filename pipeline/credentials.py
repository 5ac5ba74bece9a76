"""Text -> keys, tokens and passwords in it: what must never leave and never comes back."""

import re
from collections.abc import Iterator
from itertools import chain

from pipeline.findings import Finding, Kind

# A key that says by its first letters who issued it.
_ISSUED = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"(?:sk|pk|rk)[-_][A-Za-z0-9_-]{16,200}"
    r"|gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|gl(?:pat|dt|rt)-[\w-]{18,64}"
    r"|(?:AKIA|ASIA|AGPA|AIDA|AROA)[0-9A-Z]{12,32}"
    r"|xox[a-z](?:\.xox[a-z])?-[\w-]{10,255}|xapp-[\w-]{10,255}"
    r"|AIza[\w-]{30,45}|ya29\.[\w-]{20,255}|SG\.[\w-]{16,64}\.[\w-]{16,64}"
    r"|(?:npm|hf|shpat|shpss|dop_v1|whsec|pypi|lin_api)[-_][A-Za-z0-9_-]{16,255}"
    r"|eyJ[\w-]{8,2000}\.[\w-]{8,4000}(?:\.[\w-]{0,2000})?"
    r"|\d{8,10}:AA[\w-]{30,40}"
    r")"
)
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,8000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?"
)
_URL_LOGIN = re.compile(r"\b[A-Za-z][A-Za-z0-9+.-]{1,15}://([^\s/@:]{0,100}:[^\s/]{1,200})@")
_URL_TOKEN = re.compile(
    r"[?&;](?:access_token|refresh_token|id_token|auth|token|api_?key|key|secret|client_secret|password|pwd"
    r"|sig|signature)=([^\s&#\"'<>\[\]]{6,2000})",
    re.IGNORECASE,
)
_HOOK = re.compile(r"hooks\.slack\.com/(?:services|workflows)/([\w/-]{10,200})")
_COOKIE = re.compile(r"\b(?:set-)?cookie:[ \t]{0,3}([^\s=]{1,60}=[^\n\"']{8,4000})", re.IGNORECASE)
_PAIR = re.compile(  # a user and a password
    r"(?<![^\W_])(?:user(?:name)? ?/ ?pass(?:word)?|credentials|login(?: data| details)?|zugangsdaten|identifiants"
    r"|credenciales|credenciais|credenziali|inloggegevens) ?[:=] ?([^\s/]{2,60} ?/ ?[^\s/]{3,60})(?!/)",
    re.IGNORECASE,
)
_BEARER = re.compile(r"\b(?:bearer|basic)[ \t]{1,3}([A-Za-z0-9._~+/=-]{16,4000})", re.IGNORECASE)

# What stands between a label and its value: "is", a colon, a quotation mark.
_SAYS = r"[\"'*`]{0,3}[ \t]{0,3}(?::=?|=>?|->|\b(?:is|was|lautet|ist|war|est|es|e|era)\b(?:[ \t]?:)?)[ \t]{0,3}"
_LABELLED_KEY = re.compile(
    r"(?<![^\W_])(?:(?:account|access|private|shared|api|secret|auth|client|session)?[ _-]?(?:key|secret|token)"
    r"|schlussel|cle|clave|chave|chiave|sleutel|credential|signature|api[ _-]?id)"
    rf"(?:{_SAYS}|[ \t]{{1,3}})[\"'`*]{{0,3}}([A-Za-z0-9+/_.=-]{{16,4000}})",
    re.IGNORECASE,
)
_PASSWORD = re.compile(
    r"(?<![^\W_])(?:pass[ _-]?word|pass[ _-]?wort|passwd|pass[ _-]?phrase|pass[ _-]?code|pwd|pw|kennwort"
    r"|zugangscode|mot[ _-]de[ _-]passe|mdp|code secret|contrasena|clave(?: de acceso)?|senha"
    r"|palavra[ -]passe|wachtwoord"
    r"|parola d'ordine|parola|haslo|heslo|losenord|adgangskode|passord|salasana|jelszo|sifre|mat khau"
    r"|kata sandi|пароль|密码|密碼|パスワード|비밀번호"
    r"|pin(?:[ -]?(?:code|number|nummer))?|cvv2?|cvc2?|one[ -]time code|otp|secret answer)(?!\w)"
    rf"({_SAYS}|[ ：:]{{1,2}}\s{{0,3}})(\"[^\"\n]{{3,80}}\"|'[^'\n]{{3,80}}'|\S{{3,80}})",
    re.IGNORECASE,
)
# Where words are not spaced, the value is what is written in Latin letters and digits.
_UNSPACED = re.compile(
    r"(?:密码|密碼|パスワード|비밀번호|暗証番号|验证码|驗證碼)(?:是|为|為|は|은|는|이|:|：|\s){0,3}([!-~]{3,80})"
)
_CODE = re.compile(
    r"(?<![^\W_])(?:pin(?:[ -]?(?:code|number|nummer))?|cvv2?|cvc2?|otp|one[ -]time (?:code|password|pin)|passcode"
    r"|(?:verification|security|access|login|2fa|authentication) code|sicherheitscode|bestatigungscode"
    r"|code (?:de securite|secret|pin)|codigo de (?:seguridad|verificacion|seguranca)|codice di sicurezza)(?!\w)"
    rf"(?:{_SAYS}|[ \t:]{{1,3}})[\"']?(\d{{3,8}})(?![\w/-]|[.:,]\d)",
    re.IGNORECASE,
)
_MADE_UP = re.compile(r"\d|[a-z][A-Z]|\w[!@#$%^&*+=?~]\w")
_ORDINARY = re.compile(r"[\d:/.,%-]*\d[\d:/.,%-]*(?:st|nd|rd|th|am|pm|h)?", re.IGNORECASE)  # a date, a time, an amount
_TAG = re.compile(r"</[a-z]", re.IGNORECASE)
_EDGES = "\"'`*.,;!?)("
_TALK = """
accepted can't cannot change changed das denied dimenticata does doesn't doesnt e-mail email esquecida
expired field forgot forgotten hat incorrect invalid is ist link lost mein missing my nicht none not
olvidada oublie our page perdida perdu persa rejected required reset same screen stolen the unknown
won't wrong your
"""
_NO_PASSWORD = frozenset(_TALK.split())


def find_credentials(text: str) -> Iterator[Finding]:
    """Find secrets in a folded text: issued keys first, then what a label gives away."""
    whole = chain(_ISSUED.finditer(text), _PRIVATE_KEY.finditer(text))
    for match in whole:
        yield Finding(Kind.SECRET, *match.span())
    for pattern in (_URL_LOGIN, _URL_TOKEN, _HOOK, _BEARER, _COOKIE, _PAIR, _UNSPACED, _CODE):
        for match in pattern.finditer(text):
            yield Finding(Kind.SECRET, *match.span(1))
    for match in _LABELLED_KEY.finditer(text):
        if _random(match[1]):
            yield Finding(Kind.SECRET, *match.span(1))
    yield from _passwords(text)


def _passwords(text: str) -> Iterator[Finding]:
    for match in _PASSWORD.finditer(text):
        value = _TAG.split(match[2])[0].strip(_EDGES)
        if _is_password(value, says=match[1]):
            start = match.start(2) + match[2].index(value)
            yield Finding(Kind.SECRET, start, start + len(value))


def _is_password(value: str, *, says: str) -> bool:
    if len(value) < 3 or value[0] in "<[{" or value.casefold() in _NO_PASSWORD:
        return False
    named = any(sign in says for sign in (":", "：", "=", ">", "lautet"))
    if named and "\n" not in says:
        return True
    # "My password is hopeless" and "the password field" are talk; a digit inside a word is not.
    return _mixed(value)


def _mixed(value: str) -> bool:
    """Whether a word looks made up: digits among letters, capitals after small letters, odd signs."""
    return bool(_MADE_UP.search(value)) and not _ORDINARY.fullmatch(value)


def _random(value: str) -> bool:
    mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    return mixed or len(set(value)) > 20
