"""Cues: the words by which colleagues ask, in English and German, folded and in small letters."""

import regex

from pipeline.question import Span, Wants


def _cue(lines: str) -> regex.Pattern[str]:
    """One pattern a line, each from the beginning of a word."""
    return regex.compile("|".join(rf"\b(?:{line})" for line in lines.split("\n") if line))


ESCALATED = _cue("escalat\neskal")
BURNING = _cue(r"""
burn|on fire|urgent|overdue|late\b|too long|breach|critical|asap\b|pressing
brenn|\w*dringend|dringlich|uberfallig|eilig|eilt\b|kritisch|verspatet
""")
STANDING = _cue(r"""
wait|open\b|pending|unanswered|undecided|in the queue|backlog|left\b|assigned
wart|offen|unbeantwortet|unerledigt|ubrig
""")
"""Who asks how many of these there are asks for what is there now, whenever it came."""
WAITING = _cue(rf"""
wait|open\b|pending|queue|unanswered|undecided|backlog|to ?do\b|have to do|assigned|my tickets?|on my (?:plate|desk)
(?:what|which).{{0,20}} next\b|look (?:at|into) (?:first|next)|(?:look|start|work)\b.{{0,20}}\bfirst
needs? (?:a |an )?(?:decision|answer|attention)|going on|happening|(?:what.?s|anything) (?:new|up)\b
wart|offen|(?:steh|ansteh)\w*\b.{{0,30}}\ban\b|ansteh|lieg(?:t|en)\b|zu tun|als nachstes|zuerst|zugewiesen
meine (?:\w+ )?tickets?|unbeantwortet|rum\b|unerledigt|anliegt|(?:ist|geht|gibt.?s) .{{0,20}}\b(?:los|ab|neues)\b
{BURNING.pattern}
{ESCALATED.pattern}
""")
_WHY = _cue(r"""
why\b|how come|reasons?\b
warum|wieso|weshalb|grund\b|weswegen
""")
_MEASURED = _cue(r"""
drafts?\b|saved?\b|(?!.*\b(?:breach|overdue|miss)).*\bslas?\b
entwurf|gespart
""")
_LIKE = _cue(r"""
(?:tickets?|cases?|requests?|issues?|problems?|something|anything|one|more) (?:exactly |just )?like\b
similar|alike|like (?:this|that|these)\b|duplicates? of|known (?:issue|problem)|search for
(?:had|seen|have|got) (?:this|that|it|one)\b.{0,40}\b(?:before|already)|(?:answer|solv|handl|repl)\w*\b.{0,60}\bbefore\b
(?:tickets?|cases?|requests?) (?:about|on(?! \w+days?\b)|zum? thema)\b
(?:we|was|were|usually) (?:usually )?(?:answered|say|said|answer)\b.{0,30}\b(?:about|when|if|to)\b
\w*ahnlich|wie (?:dies|das hier|folgend|jenes)|so ?(?:was|etwas)\b.{0,20}\bschon|schon (?:ein)?mal\b|suche? nach
bereits (?:gehabt|gelost|beantwortet)|das ?selbe (?:problem|ticket)|gleiche[sn]? (?:problem|ticket)
wie (?:haben|hatten) wir\b.{0,60}\b(?:beantwortet|gelost)
""")
_COUNT = _cue(r"""
how many|how much (?:\w+ )?(?:came|arrived|work|is there|did we get)|number of|count\b|total of
(?:what|which|anything) (?:\w+ )?(?:came|come) in
wie ?viele?\b|anzahl|zahl der|(?:was|welche) .{0,20}(?:reingekommen|kam rein|rein)\b
""")
_FIGURES = _cue(r"""
stat(?:s|istics?|istik\w*)\b|figures|metrics|kpis?\b|numbers\b|report\b|performance\b
how (?:fast|quick\w*|long|well|good)\b|how (?:are|were|is|did) (?:we|it|things|the team|\w+ \w+) (?:doing|going|do\b)
(?:response|reaction|answer) times?|first response|median|p90|(?:in|on) time\b|attainment|accura|acceptance
kennzahl|zahlen\b|auswertung|wie (?:schnell|lange|gut)\b|wie lauft|\w*(?:antwort|reaktions)zeit|punktlich
zeiten? (?:\w+ )?ein(?:halten|gehalten)?\b|eingehalten|genauigkeit|trefferquote
""")
CUES = (
    (Wants.WHY, _WHY),
    (Wants.FIGURES, _MEASURED),
    (Wants.LIKE, _LIKE),
    (Wants.COUNT, _COUNT),
    (Wants.FIGURES, _FIGURES),
)
"""The first that fits counts: who asks why, or how many, names waiting tickets as well."""

SPANS = (
    (Span.YESTERDAY, _cue("yesterday\ngestern\ngestrig")),
    (Span.TODAY, _cue("today|since (?:this )?morning|tonight\nheut|seit (?:dem |heute )?morgen\\b")),
    (Span.QUARTER, _cue(r"90 ?(?:d\b|days|tage)|quart(?:er|al)|(?:three|3|drei) mon")),
    (Span.MONTH, _cue(r"30 ?(?:d\b|days|tage)|months?\b|monat|four weeks|vier wochen")),
    (Span.WEEK, _cue(r"7 ?(?:d\b|days|tage)|weeks?\b|woche|(?:seven|sieben) (?:days|tage)")),
)
