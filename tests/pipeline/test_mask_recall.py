"""Valid values of many countries are masked however they are written, and what looks like them is not."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.findings import Kind
from pipeline.mask import mask_text
from tests.pipeline import personal
from tests.pipeline.lookalikes import LOOKALIKES, SENTENCES, Made
from tests.pipeline.personal import Value

# Sentence ends, brackets, labels that touch, quotation marks, HTML, Markdown, JSON, addresses, tables, lists.
ANYWHERE = (
    "{}", "See {}.", "Is it {}?", "({})", "“{}”", "'{}'", "<td>{}</td>", "<b>{}</b>", "**{}**", "`{}`", "|{}|",
    "{}\nAnna",
    "1. {}\n2. none", "- {}", "a;{};b", "{}, thanks", "{}!", "see: {}", '{"value":"{}"}', "这是{}。", "Re:{}", "\t{}\t",
)  # fmt: skip
LABELLED = {
    "email": ("mailto:{}", "E-Mail:{}", "?mail={}&x=1", '<a href="mailto:{}">me</a>', "<{}>", "Mail {} or call"),
    "card": (
        "card:{}",
        "Kartennummer:{}",
        "CC#{}",
        "{}, exp 12/27",
        "{} 12/27",
        "card={}&x=1",
        '{"card":{}}',
        "卡号{}。",
    ),
    "iban": ("IBAN:{}", "IBAN {}", "iban={}", "IBAN: {} BIC: DEUTDEFF", "{} EUR 50", "IBAN-Nr. {}", "账号{}。"),
    "ssn": ("SSN:{}", "SSN#{}", "ssn={}", "social security number {}", "no.{}", "my social is {}, thanks"),
    "e164": ("tel:{}", "Tel.{}", "Tel:{}", "phone={}", '<a href="tel:{}">x</a>', "☎{}", "电话：{}", "M:{}", "{}/{}"),
    "ip": ("IP:{}", "ip={}", "http://{}/x", "[{}]", "{}:8080", "{}/24", "client: {}"),
    "identity": ("ID {}", "id={}", "my number is {}"),
    "secret": ("key={}", "token:{}", "Bearer {}", "https://shop.example/?k={}"),
}
NEEDED = {"email": 0.995, "card": 0.995, "iban": 0.995, "ssn": 0.995, "e164": 0.995, "ip": 0.99, "identity": 0.99,
          "secret": 0.99}  # fmt: skip
SEEDS = st.integers(min_value=0, max_value=2**32)
MANY = 400


def planted(frame: str, value: str) -> tuple[str, tuple[range, ...]]:
    """Return the text, and where the value stands in it."""
    pieces = frame.split("{}")
    text, places = pieces[0], []
    for piece in pieces[1:]:
        places.append(range(len(text), len(text) + len(value)))
        text += value + piece
    return text, tuple(places)


def leaks(frame: str, value: str) -> str:
    """Return what of the value can still be read."""
    text, places = planted(frame, value)
    masked = {at for entity in mask_text(text).entities for at in range(entity.start, entity.end)}
    return "".join(text[at] for place in places for at in place if at not in masked and text[at].isalnum())


def made(name: str, seeds: Iterator[int]) -> Iterator[tuple[str, str]]:
    """Yield a frame and a value of that kind for each seed."""
    make: Value = getattr(personal, name)
    for seed in seeds:
        r = random.Random(seed)
        yield r.choice((*ANYWHERE, *LABELLED[name] * 2)), make(r)


@pytest.mark.parametrize("name", NEEDED)
def test_valid_values_are_masked_wherever_and_however_they_are_written(name: str) -> None:
    leaking = [(frame, value) for frame, value in made(name, iter(range(MANY))) if leaks(frame, value)]
    assert len(leaking) <= MANY * (1 - NEEDED[name]), leaking


@given(st.sampled_from(["email", "card", "iban", "ssn", "e164"]), SEEDS)
@settings(max_examples=150, deadline=None)
def test_no_value_of_the_five_sure_kinds_leaks(name: str, seed: int) -> None:
    [(frame, value)] = made(name, iter([seed]))
    assert leaks(frame, value) == ""


@given(st.lists(st.tuples(st.sampled_from(["email", "card", "iban", "e164", "ip"]), SEEDS), min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_several_values_on_one_line_are_all_masked(chosen: list[tuple[str, int]]) -> None:
    values = [getattr(personal, name)(random.Random(seed)) for name, seed in chosen]
    text = mask_text("; ".join(values)).text
    assert not [value for value in values if value in text]


CALLS = {
    "en": ("Please call me on {}.", "My phone number is {}, thanks", "tel:{}", "Mobile {} or mail", "phone={}"),
    "de": ("Bitte rufen Sie mich unter {} an.", "Tel.: {}", "Meine Handynummer ist {}.", "Mobil:{}"),
    "fr": ("Appelez-moi au {} svp.", "Tél. : {}", "Mon numéro est le {}", "Portable : {}"),
    "es": ("Llámenme al {} por favor.", "Mi teléfono es {}", "Móvil: {}", "Mi número es el {}"),
    "it": ("Chiamatemi al {} per favore.", "Il mio numero è {}", "Cellulare: {}"),
    "pt": ("Liguem-me para o {} por favor.", "O meu número é {}", "Telemóvel: {}", "meu celular é {}"),
    "nl": ("Bel mij op {} alstublieft.", "Mijn nummer is {}", "Mobiel: {}"),
    "pl": ("Proszę dzwonić pod {}.", "Mój numer to {}", "Komórka: {}"),
    "cs": ("Zavolejte mi na {} prosím.", "Moje číslo je {}"),
    "sv": ("Ring mig på {} tack.", "Mitt nummer är {}"),
    "da": ("Ring til mig på {} tak.", "Tlf. {}", "Mit nummer er {}"),
    "fi": ("Soittakaa minulle numeroon {}.", "Puh. {}"),
    "ro": ("Sunați-mă la {} vă rog.", "Numărul meu este {}"),
    "hu": ("Kérem hívjon a {} számon.", "A számom {}"),
    "tr": ("Beni {} numarasından arayın.", "Telefon: {}"),
    "ru": ("Позвоните мне по номеру {}.", "Тел.: {}", "Мой телефон {}"),
    "uk": ("Зателефонуйте мені за номером {}.", "Тел.: {}"),
    "ar": ("اتصل بي على {} من فضلك", "الهاتف: {}"),
    "hi": ("मेरा फोन नंबर {} है।", "मोबाइल: {}"),
    "ja": ("電話番号は{}です。", "携帯：{}", "連絡先 {} までお願いします"),
    "zh": ("我的电话是{}，请联系我。", "手机：{}", "手机号{}"),
    "ko": ("제 전화번호는 {}입니다.", "연락처: {}"),
}
SPOKEN = (
    ("en", "GB US CA IE AU NZ IN ZA"), ("de", "DE AT CH"), ("fr", "FR BE CH"), ("es", "ES MX AR CO CL"), ("it", "IT"),
    ("pt", "PT BR"), ("nl", "NL BE"), ("pl", "PL"), ("cs", "CZ"), ("sv", "SE"), ("da", "DK"), ("fi", "FI"),
    ("ro", "RO"),
    ("hu", "HU"), ("tr", "TR"), ("ru", "RU"), ("uk", "UA"), ("ar", "SA EG"), ("hi", "IN"), ("ja", "JP"),
    ("zh", "CN TW"), ("ko", "KR"),
)  # fmt: skip


@pytest.mark.parametrize(("language", "region"), [(one, region) for one, all_ in SPOKEN for region in all_.split()])
def test_valid_national_numbers_are_masked_where_words_speak_of_calling(language: str, region: str) -> None:
    r = random.Random(region)
    drawn = [(r.choice(CALLS[language]), personal.national(r, region)) for _ in range(80)]
    leaking = [(frame, value) for frame, value in drawn if leaks(frame, value)]
    assert len(leaking) <= 80 * 0.05, leaking


@pytest.mark.parametrize("region", ["GB", "DE", "FR"])
def test_a_trunk_s_zero_needs_no_word_beside_it(region: str) -> None:
    r = random.Random(region)
    drawn = [(r.choice(ANYWHERE), personal.national(r, region)) for _ in range(100)]
    leaking = [(frame, value) for frame, value in drawn if leaks(frame, value)]
    assert len(leaking) <= 100 * 0.05, leaking


@pytest.mark.parametrize("make", LOOKALIKES, ids=lambda make: make.__name__)
def test_what_only_looks_like_personal_data_is_left_alone(make: Made) -> None:
    r = random.Random(make.__name__)
    texts = [r.choice(SENTENCES).replace("{}", make(r)) for _ in range(MANY)]
    wrong = [text for text in texts if mask_text(text).entities]
    assert len(wrong) <= MANY * 0.05, wrong


@given(st.text(alphabet="0123456789 .-/()+:,#\n\u200bABxyz@%=[]", max_size=80))
@example("(06-07-2009 15:11)")
@settings(max_examples=300, deadline=None)
def test_entities_are_in_order_apart_and_within_the_text(text: str) -> None:
    entities = mask_text(text).entities
    ends = [0, *(entity.end for entity in entities)]
    assert all(end <= entity.start < entity.end <= len(text) for end, entity in zip(ends, entities, strict=False))
    assert all(isinstance(entity.type, Kind) for entity in entities)
