"""Vague words: those that any ticket could hold. A text of these alone says that something is wrong, and not what."""

from collections.abc import Iterable

import regex

from pipeline.small_words import SMALL_WORDS, bare

# English is in every language's tickets: "hello", "problem", "asap".
_ENGLISH = """
a an and any are as at be been but can cant cannot could did do does doesn't doesnt don't dont for from got
had has have having hello help hey hi how i i'm im in is isn't isnt it it's its just me my need no not nothing
of on one ok or our please pls plz so some something still thanks thank that the there this to up urgent us
very was we what what's why will with won't wont work working works wrong you your again anymore anything
anyone asap broken bad issue issues problem problems error question support now all everything thing things
yes fix sir madam dear team good morning day fails failing failed
see attached attachment attachments enclosed screenshot screenshots
"""
_BY_LANGUAGE = {
    "de": """der die das ein eine es ist nicht geht funktioniert nichts mehr hilfe bitte ich habe problem
        kaputt hallo und mein meine was mir kann
        können kann sie ihr mir uns helfen kannst du gar alles guten tag sehr geehrte damen herren
        siehe anhang anbei""",
    "fr": """le la les un une ça ca ne marche pas plus rien aide aidez moi probleme problème bonjour
        fonctionne est je
        j'ai pouvez vous nous aider m'aider aidez rien ça tout voir pièce jointe ci-joint joint""",
    "es": """el los no funciona nada ayuda por favor problema hola esto mi un una que es
        pueden puede ayudar ayudarme me tengo todo buenos dias buenas tardes adjunto ver""",
    "pt": """o os não nao funciona ajuda ajudem isso meu minha uma olá ola
        podem pode ajudar me tenho tudo bom dia boa tarde anexo ver""",
    "it": """il lo non funziona niente aiuto aiutatemi ciao questo è
        potete può aiutarmi aiutare ho problema un tutto buongiorno salve da allegato vedi""",
    "nl": """het werkt niet niks hulp help graag hallo dit mijn een
        kunt u mij helpen ik heb probleem alles goedendag meer helemaal bijlage zie""",
    "pl": """nic nie działa pomocy pomoc proszę problem mam jest zepsute dzień dobry witam""",
    "cs": """nic nefunguje nejde pomoc pomozte prosím problém mám dobrý den ahoj to""",
    "sv": """inget ingenting fungerar funkar inte hjälp snälla tack problem jag har hej trasig det""",
    "da": """intet ingenting virker ikke hjælp hjælpe venligst problem jeg har hej det""",
    "nb": """ingenting fungerer virker ikke hjelp hjelpe vennligst problem jeg har hei det""",
    "fi": """mikään mitään ei toimi auttakaa apua ongelma minulla on hei se""",
    "ro": """nimic nu merge funcționează ajutor ajutați vă rog problemă am o bună ziua salut""",
    "hu": """semmi nem működik segítség segítsen kérem probléma van jó napot szia sem""",
    "tr": """hiçbir şey çalışmıyor yardım edin lütfen sorun var problem merhaba""",
    "id": """tidak ada yang berfungsi bisa jalan tolong bantu bantuan masalah saya halo""",
    "vi": """không có gì hoạt động giúp tôi với lỗi vấn đề xin chào""",
    "ru": """ничего не работает помогите помощь пожалуйста проблема у меня есть здравствуйте привет это всё
        сломалось добрый день""",
    "uk": """нічого не працює допоможіть будь ласка проблема у мене є добрий день привіт""",
    "ar": """لا شيء يعمل مساعدة ساعدوني من فضلك مشكلة عندي لدي مرحبا السلام عليكم هذا""",
    "hi": """कुछ भी काम नहीं कर रहा रही है मदद करें कीजिए कृपया समस्या मेरी मुझे नमस्ते""",
    "ko": """아무것도 안 돼요 됩니다 되요 작동하지 않아요 않습니다 도와주세요 도와줘
        문제가 있어요 있습니다 전혀 다 안녕하세요""",
}
# When something began does not say what it is.
_TIMES = """
since yesterday today tonight now again week weeks days hours after here urgent urgently immediately always
seit heute gestern jetzt schon wieder immer sofort dringend depuis hier aujourd'hui maintenant toujours encore
desde ayer hoy ahora siempre urgente ontem hoje agora sempre ieri oggi adesso sinds gisteren vandaag nu altijd
od wczoraj dzisiaj dziś teraz včera dnes sedan igår idag siden går dag bugün dün şimdi вчера сегодня сейчас
вчора сьогодні зараз
"""
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_UNSPACED_TALK = regex.compile(
    "什么都|什麼都|全部|东西|都|不能|无法|用不了|打不开|不行|没反应|不工作|坏了|用|了|有|问题|問題|帮帮我|请|帮忙|帮助|你好|您好|吗|吧|呢|我|的"
    "|何も|なにも|全然|全部|動かない|動きません|できない|できません|使えない|使えません|ダメ|助けて|ください|困っています|こんにちは|すみません"
    "|問題|があります|です|ます|お願いします"
)
_TALKING = 3  # characters that may remain when the talk is gone, in a script without spaces


def names_something(words: Iterable[str]) -> bool:
    """Whether words name an object or a symptom, in whichever language leaves the fewest of them."""
    said = set(map(bare, words))
    return all(said - vague for vague in _VAGUE)


def tells_unspaced(text: str) -> bool:
    """Whether a text in a script without spaces says more than that something is wrong."""
    return len(_UNSPACED.findall(_UNSPACED_TALK.sub("", text))) > _TALKING


def _vague() -> tuple[frozenset[str], ...]:
    everywhere = _bare(_ENGLISH) | _bare(_TIMES) | SMALL_WORDS["en"]
    languages = dict.fromkeys((*_BY_LANGUAGE, *SMALL_WORDS))
    return tuple(everywhere | _bare(_BY_LANGUAGE.get(one, "")) | SMALL_WORDS.get(one, frozenset()) for one in languages)


def _bare(words: str) -> frozenset[str]:
    return frozenset(map(bare, words.split()))


_VAGUE = _vague()
VAGUE_ANYWHERE = frozenset(" ".join((_ENGLISH, *_BY_LANGUAGE.values())).split())
