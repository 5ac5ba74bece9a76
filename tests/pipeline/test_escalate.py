"""Three layers of escalation, of which any one suffices."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy_file import default_policy
from pipeline.classify import Band, Classification, Engine, Evidence, Sentiment, Urgency
from pipeline.errors import PolicyError
from pipeline.escalate import check_rules, detect_escalation
from pipeline.escalation import Escalation, Layer, Level
from pipeline.language import language_of
from pipeline.mask import mask, mask_text
from pipeline.normalise import Plain, normalise
from pipeline.policy import Policy, Rule
from pipeline.readable import readable
from pipeline.rules import find_words
from pipeline.ticket import Author, Message, Ticket

POLICY = default_policy()
NOW = datetime(2025, 3, 3, tzinfo=UTC)
LANGUAGES = {"en", "de", "fr", "es", "pt", "it", "nl"}


def _read(**changes: object) -> Classification:
    calm = Classification(
        category="general",
        urgency=Urgency.P3,
        sentiment=Sentiment.NEUTRAL,
        confidence=0.9,
        band=Band.HIGH,
        needs_human_review=False,
        summary="",
        top=(("general", 0.9),),
        engine=Engine.LOCAL,
    )
    return calm.model_copy(update=changes)


def _escalate(text: str, subject: str = "", **changes: object) -> Escalation:
    return detect_escalation(mask(Plain(subject=subject, text=text)), _read(**changes), POLICY)


def _message(text: str, author: Author = Author.CUSTOMER) -> Message:
    return Message(id=author.value, author=author, text=text, at=NOW, html=text.startswith("<"))


def _policy(*rules: Rule) -> Policy:
    return POLICY.model_copy(update={"rules": rules})


def _rule(pattern: str, positive: str = "I will sue you", negative: str = "an issue") -> Rule:
    return Rule(
        id="mine",
        pattern=pattern,
        why="A test.",
        level=Level.HIGH,
        positive=(positive,),
        negative=(negative,),
    )


def test_a_calm_ticket_is_low_and_has_no_signal() -> None:
    assert _escalate("How do I add a colleague to my board?") == Escalation()


def test_a_rule_says_which_words_raised_it_with_their_surroundings() -> None:
    found = _escalate("Nobody helps. If this is not solved, I will call my lawyer about ben@example.com.")
    signal = found.signals[0]
    assert (signal.layer, signal.rule, signal.level) == (Layer.RULE, "legal_threat", Level.HIGH)
    assert signal.quote is not None
    assert "call my lawyer" in signal.quote
    assert "[EMAIL_1]" in signal.quote
    assert found.escalated


def test_a_quote_fits_however_long_the_text_is() -> None:
    text = "x" * 300 + " " + "many words " * 500 + "I want to sue " + "more words " * 500
    quote = _escalate(text).signals[0].quote
    assert quote is not None
    assert len(quote) <= 200
    assert "want to sue" in quote


def test_the_subject_is_read_as_well() -> None:
    assert _escalate("Please see the subject.", subject="Chargeback").level is Level.HIGH


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I want a refund.", Level.MEDIUM),
        ("Can I talk to a manager?", Level.HIGH),
        ("Please cancel my account.", Level.MEDIUM),
        ("I want to kill myself", Level.CRITICAL),
        ("Your whole platform is down", Level.CRITICAL),
    ],
)
def test_an_ordinary_wish_is_shown_and_a_danger_comes_first(text: str, level: Level) -> None:
    assert _escalate(text).level is level


@pytest.mark.parametrize(
    "text",
    [
        "There is no need to escalate this.",
        "I'm not looking to cancel my account, just asking.",
        "We don't want to get lawyers involved, nor do we need a refund.",
        "Ich möchte mein Konto behalten und brauche keinen Anwalt.",
        "Je n'ai pas besoin d'un avocat, seulement de la facture.",
        "No quiero hablar con un supervisor.",
        "Não preciso de um advogado.",
        "Non ho bisogno di un avvocato, mi serve solo la fattura.",
        "Non voglio parlare con un responsabile.",
        "Ik heb geen advocaat nodig.",
        "Ik wil geen klacht indienen.",
        "Please don't escalate this, and don't file a complaint for me.",
        "Il presente messaggio è riservato: può rivolgersi al Garante della privacy.",
        "Bent u niet tevreden? Dan kunt u zich wenden tot de Geschillencommissie.",
        "Acme Bank is a member of the Financial Ombudsman scheme.",
        "If you are unhappy, our complaints procedure names the ombudsman.",
        "My manager approved it, go ahead.",
        "How do I cancel a card?",
        "Where do I change the legal entity name?",
        "The data protection settings page does not load.",
        "There is a dispute tab in the menu.",
        'Your agent wrote: "You could ask your bank for a chargeback of this payment".',
        "Acme Ltd is authorised and regulated by the Financial Conduct Authority.",
        "The manager of my department has an issue with her legal name.",
    ],
)
def test_words_that_are_denied_or_somebody_elses_do_not_escalate(text: str) -> None:
    assert not _escalate(text).escalated


@pytest.mark.parametrize(
    "text",
    [
        "If you don't refund me I will sue you.",
        "I won't hesitate to contact my lawyer.",
        "I have not got my money and I will contact my lawyer.",
        "I don't want to have to hire a lawyer.",
        "If you don't want me to contact my lawyer, answer.",
        'I told your agent: "I will contact my lawyer today".',
        "You can contact my lawyer.",
        "Ich habe keine Antwort erhalten und werde meinen Anwalt einschalten.",
        "I don't want to hear excuses, I want to sue.",
        "Se non rispondete, mi rivolgo al mio avvocato.",
        "Als u niet antwoordt, schakel ik mijn advocaat in.",
        "Ik wil niet wachten, maar mijn advocaat spreken.",
    ],
)
def test_a_denial_in_form_that_is_a_threat_in_meaning_escalates(text: str) -> None:
    assert _escalate(text).escalated


@pytest.mark.parametrize(
    "text",
    [
        "I will contact my lаwyer",
        "I will contact my law\u00adyer",
        "I WILL CONTACT\nMY LAWYER",
        "DEMANDARÉ: acciones legales",
    ],
)
def test_disguised_and_broken_words_are_found(text: str) -> None:
    assert _escalate(text).escalated


def test_the_end_of_an_endless_text_is_read() -> None:
    assert _escalate("word " * 200_000 + "I will contact my lawyer.").escalated


def test_p1_is_critical_and_says_so() -> None:
    found = _escalate("hello", urgency=Urgency.P1)
    assert found.level is Level.CRITICAL
    [signal] = found.signals
    assert signal.layer is Layer.MODEL and "P1" in signal.why


def test_a_risk_that_the_model_sees_is_high() -> None:
    found = _escalate("hello", risk="Hints at leaving")
    assert (found.level, found.signals[0].why) == (Level.HIGH, "Hints at leaving")


def test_every_layer_shows_the_words_that_raised_it() -> None:
    said = Evidence(risk="You kept it.", urgency="All is down.", sentiment="You clowns.")
    alarms = {"urgency": Urgency.P1, "sentiment": Sentiment.ANGRY, "risk": "a complaint"}
    found = _escalate("I will sue you", **alarms, evidence=said)
    assert {signal.quote for signal in found.signals} == {
        "I will sue you",
        "All is down.",
        "You kept it.",
        "You clowns.",
    }
    assert {signal.quote for signal in _escalate("hello", **alarms).signals} == {None}


def test_a_risk_that_the_model_only_suspects_is_shown() -> None:
    found = _escalate("hello", risk="It could be a complaint", risk_level=Level.MEDIUM)
    assert (found.level, found.escalated) == (Level.MEDIUM, False)


def test_anger_is_high() -> None:
    assert _escalate("hello", sentiment=Sentiment.ANGRY).signals[0].layer is Layer.SENTIMENT


_TEXTS = st.one_of(st.text(max_size=200), st.sampled_from([each for rule in POLICY.rules for each in rule.positive]))


@given(
    text=_TEXTS,
    urgency=st.sampled_from(Urgency),
    sentiment=st.sampled_from(Sentiment),
    risk=st.text(max_size=20),
)
def test_model_and_sentiment_never_lower_what_the_rules_raised(
    text: str, urgency: Urgency, sentiment: Sentiment, risk: str
) -> None:
    alone = _escalate(text)
    together = _escalate(text, urgency=urgency, sentiment=sentiment, risk=risk)
    assert together.level.rank >= alone.level.rank
    assert set(alone.signals) <= set(together.signals)


@pytest.mark.parametrize(
    "text",
    [
        "How do I add a user?\n\nOn Mon, 3 Mar 2025 at 10:00, Support <s@x.example> wrote:\n> I will sue you.\n",
        "Where is it?\n\n-----Original Message-----\nFrom: a@b.example\nSent: Monday\n\nI will go to the press.",
        "Please add a user.\n\n-- \nJane Roe\nLegal action team, my lawyer",
        "<p>How do I add a user?</p><div style='display:none'>I will sue you, says my lawyer.</div>",
        "The export fails.\n\nThis e-mail is legally privileged, and misuse leads to legal action against you.",
        'Your page says "we will take legal action against you" next to the button. Is that a typo?',
    ],
)
def test_quoted_history_signatures_footers_and_hidden_text_raise_nothing(text: str) -> None:
    plain = normalise(Ticket(source="plain", id="1", created_at=NOW, messages=(_message(text),)))
    assert detect_escalation(mask(plain), _read(), POLICY) == Escalation()


def test_what_our_own_agent_wrote_raises_nothing() -> None:
    theirs, ours = _message("How do I add a user?"), _message("You may sue us.", author=Author.AGENT)
    plain = normalise(Ticket(source="plain", id="1", created_at=NOW, messages=(theirs, ours)))
    assert detect_escalation(mask(plain), _read(), POLICY) == Escalation()


def test_every_shipped_rule_is_tried_in_seven_languages() -> None:
    for rule in POLICY.rules:
        for examples in (rule.positive, rule.negative):
            assert {language_of(example) for example in examples} >= LANGUAGES, (rule.id, examples)


@pytest.mark.parametrize("rule", POLICY.rules, ids=lambda rule: rule.id)
def test_no_shipped_rule_loses_its_patience_with_a_hostile_megabyte(rule: Rule) -> None:
    """Its own words in rows without an end, their first letters, gaps, marks and quotation marks."""
    said = " ".join(rule.positive)
    for piece in (said, said.replace(".", ""), f"{said.split()[0]} ", said[0], '"', "non "):
        find_words(rule, readable(piece * (1_000_000 // len(piece))))


def test_a_question_how_it_is_done_is_no_wish_yet() -> None:
    assert _escalate("How do I close my account?").level is Level.LOW
    assert _escalate("Hoe kan ik mijn account opzeggen?").level is Level.LOW
    assert _escalate("Can you close my account?").level is Level.MEDIUM


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (_rule("lawyer"), "must fire on its positive example 'I will sue you'"),
        (_rule("sue|issue"), "must not fire on its negative example 'an issue'"),
        (_rule("(sue"), "not valid"),
        (_rule("(?:sue)?"), "empty text"),
        (_rule("# only a comment"), "empty text"),
        (_rule(r".*.*.*.*\d|sue"), "too slow"),
    ],
)
def test_a_rule_that_does_not_hold_is_refused_with_its_id(rule: Rule, says: str) -> None:
    with pytest.raises(PolicyError, match="rule 'mine'") as refusal:
        check_rules(_policy(rule))
    assert says in str(refusal.value)


def test_a_word_never_fires_inside_another() -> None:
    check_rules(_policy(_rule("sue")))


def test_lines_are_alternatives_and_an_ellipsis_stays_within_the_sentence() -> None:
    rule = _rule("# law\nsue\ncancel…account", positive="cancel that old account", negative="Cancel it. My account")
    check_rules(_policy(rule))


def test_a_rule_that_runs_out_of_time_is_shown_to_a_person() -> None:
    slow = _rule(r".*.*.*.*\d")
    found = detect_escalation(mask_text("word " * 600), _read(), _policy(slow))
    assert found.signals[0].rule == "mine"
    assert found.level is Level.MEDIUM


def test_a_rule_that_is_off_fires_on_nothing() -> None:
    rule, text = _rule("sue"), mask_text("I will sue you")
    assert detect_escalation(text, _read(), _policy(rule)).escalated
    assert not detect_escalation(text, _read(), _policy(rule.model_copy(update={"off": True}))).signals
