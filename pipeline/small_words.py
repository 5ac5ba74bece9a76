"""Small words: those that every sentence of a language needs, by which short texts without accents are told apart."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

# Without accents, since who writes in haste leaves them away. The last two are written in Latin letters here.
_LISTS = {
    "en": """i the and is are was you your my not have with for this that what please can when how why it of to do does
        on from but they been will would did has had there here which their about nothing works""",
    "de": """der die das und ist nicht ich mein meine wir sie mit fur auf ein eine wie wo warum bitte seit noch kann
        haben habe wurde von zu den dem es sich auch nach bei nur aber nichts kein keine ihr wird sind geht""",
    "fr": """le la les des est et je pas ne mon ma mes une un que qui pour dans avec sur vous nous votre j'ai c'est
        bonjour depuis plus ou mais comment ce cette au aux du sont ete rien marche n'est merci""",
    "es": """el la los las es y no mi que de en un una por para con se como donde hola tengo pero esta este ha he del
        al desde cuando mas muy su ya puedo nada gracias son funciona""",
    "pt": """o a os as e nao meu minha que de em um uma por para com se como onde ola tenho mas esta este foi do da no
        na desde quando mais muito sua ja posso nada voces obrigado obrigada ao pelo funciona""",
    "it": """il lo la i gli e non mio mia che di in un una per con si come dove ciao ho ma questo questa del della al
        dal quando piu molto sono niente perche ancora nel delle grazie funziona""",
    "nl": """de het een en is niet ik mijn wij met voor op hoe waar waarom graag sinds nog kan heb heeft van te zijn
        ook naar bij maar niets geen wordt dat u dit deze werkt""",
    "pl": """nie jest to w z na i moj moja moje gdzie jak prosze dlaczego od jeszcze moge mam sie ale co czy do juz
        tylko dla po byl bylo dzien dobry nic dziala oraz przez ktory pomocy""",
    "cs": """je neni to v z na a muj moje kde jak prosim proc od jeste muzu mam se ale co do uz jen pro po byl bylo
        jsem jsou nebo kdyz ktery ktere nic nefunguje dobry den ze tak jako pri ve""",
    "sv": """och ar inte jag min mitt mina var det en ett med for pa hur varfor sedan kan har av till att om men inget
        nagot fran den som vi mig dig sig efter vad fungerar hej tack de""",
    "da": """og er ikke jeg min mit mine hvor det en et med for pa hvordan hvorfor siden kan har af til at om men
        intet noget fra den som vi mig dig sig efter hvad nogen jeres blev meget hej tak virker uden de ad bliver
        mere lige gerne jer sidste nu mange vaere lave saelger faet""",
    "nb": """og er ikke jeg min mitt mine hvor det en et med for pa hvordan hvorfor siden kan har av til at om men
        ingenting noe fra den som vi meg deg seg etter hva noen ble mye hei takk virker uten de mer slik opp blir
        vaert hadde gjore na sa frem mange gjerne siste""",
    "fi": """ja on ei en mina minun mika missa miten miksi se tama olen voi kun etta mutta vain viela mitaan ovat ole
        tai kanssa han toimi kiitos hei""",
    "hu": """es a az nem van volt hogy egy en is meg ez kerem miert hol mar de csak semmi mi vagyok nincs kell vagy
        mukodik koszonom""",
    "ro": """si este nu sunt mea meu mei unde cum de la in cu pe pentru o un care sa va rog am fost mai dar ce din
        nimic ca imi buna ziua ale unei sau a al ai nici iar merge multumesc""",
    "tr": """ve bir bu icin degil ben benim nerede nasil neden lutfen var yok ama cok daha hicbir sey ile mi ne olarak
        gibi kadar calismiyor""",
    "id": """yang dan di ini itu tidak saya anda dengan untuk dari ke ada bisa sudah belum tolong bagaimana kenapa apa
        akan kami mohon nya juga terima kasih""",
    "vi": """khong toi cua la va co duoc cho nay mot da nhung voi cac giup xin chao khi nao gi em anh hoat
        dong""",
    "hi": """hai nahi nahin mera meri mere kya aap kar raha rahi mujhe ko ka ki ke se mein abhi tak kijiye karo kyun
        tha gaya aaya hua bhi""",
    "ru": """ne moj moy gde kak kogda pozhaluysta pozhalujsta spasibo zdravstvuyte eto chto pochemu menya rabotaet
        privet nichego vas""",
}  # fmt: skip
_HIGHEST, _EACH = 0.7, 0.25  # of the judgement, at most and for each word that one language alone has


def _by_word() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for language, words in _LISTS.items():
        for word in words.split():
            found[word].append(language)
    return {word: tuple(languages) for word, languages in found.items()}


_LANGUAGES = _by_word()
SMALL_WORDS = {language: frozenset(words.split()) for language, words in _LISTS.items()}


def with_small_words(shares: Mapping[str, float], words: Sequence[str]) -> dict[str, float]:
    """Return a detector's probabilities by language, moved towards those whose small words are among the words."""
    votes: defaultdict[str, float] = defaultdict(float)
    known = [_LANGUAGES.get(bare(word), ()) for word in words]
    # Two in a row say more than each alone: "how do", "do I".
    pairs = [tuple(name for name in one if name in next_) for one, next_ in pairwise(known)]
    for languages in (*known, *pairs):
        for language in languages:
            votes[language] += 1 / len(languages)
    if not votes:
        return dict(shares)
    weight, total = min(_HIGHEST, _EACH * max(votes.values())), sum(votes.values())
    return {
        language: (1 - weight) * shares.get(language, 0.0) + weight * votes[language] / total
        for language in {*shares, *votes}
    }


def bare(word: str) -> str:
    """Return a word in lower case as the lists have it: without accents."""
    if word.isascii():
        return word
    folded = (
        word.replace("ł", "l")
        .replace("ø", "o")
        .replace("ı", "i")
        .replace("đ", "d")
        .replace("æ", "ae")
        .replace("’", "'")
    )
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
