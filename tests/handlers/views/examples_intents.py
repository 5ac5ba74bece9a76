"""The views of clusters, of what people do with them, and of incidents."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from handlers.views import clusters, incident, intent_forms, review, watched
from pipeline.case import Case
from pipeline.incident import Incident
from pipeline.intent_doubts import Doubt, Matter
from pipeline.intents import Intent, TicketIntent
from pipeline.review import Answer, Proposal, Review
from pipeline.trend import Cluster
from tests.handlers.views.cases import ANA, NOW
from tests.handlers.views.examples import LINK, Example

CHARGED = Intent(id="i1", name="card charged twice", l1="billing", l2="Payments", medoid="c1", size=34, created_at=NOW,
                 words="Our card was charged twice for March. Can we get one payment back?")  # fmt: skip
LOGIN = Intent(id="i2", name="cannot log in", l1="account", size=5, created_at=NOW, words="Login fails since today")
TICKET = TicketIntent(case_id="c1", intent="i1", cosine=0.8, words=CHARGED.words, at=NOW)
GROWN = Cluster(intent=CHARGED, size=34, before=13, share=0.42, known=14,
                teams={"billing_support": 30, "general": 2, "tech_support": 1, "account_support": 1})  # fmt: skip
NEW = Cluster(intent=LOGIN, size=5, before=0, share=0.06, known=5, teams={"account_support": 5})
FOUND = clusters.Clusters(period="7d", team="", total=81, waiting=9, shown=(GROWN, NEW))


def of_intents(of: Case) -> Iterator[Example]:
    """Everything about clusters; `of` is a ticket of an incident."""
    yield "two", partial(clusters.clusters_card, FOUND)
    none = {"shown": (), "team": "billing_support", "period": "30d", "done": 12_000, "of": 50_000}
    yield "none yet", partial(clusters.clusters_card, FOUND.model_copy(update=none))
    yield "grown", partial(watched.watched_card, CHARGED, 13, 34)
    yield "some", partial(intent_forms.tickets_modal, CHARGED, [TICKET], {"c1": LINK}, 34)
    yield "a name", partial(intent_forms.rename_modal, CHARGED)
    yield "rarer acts", partial(intent_forms.intent_more_modal, CHARGED)
    yield "another", partial(intent_forms.intent_merge_modal, CHARGED, [LOGIN])
    yield "no other", partial(intent_forms.intent_merge_modal, CHARGED, [])
    yield (
        "two parts",
        partial(
            intent_forms.intent_split_modal, CHARGED, [(TICKET, 20), (TICKET.model_copy(update={"case_id": "c2"}), 14)]
        ),
    )
    yield "one matter", partial(intent_forms.intent_split_modal, CHARGED, [])
    yield "one ticket", partial(intent_forms.intent_part_modal, CHARGED, [TICKET], [LOGIN])
    yield "no tickets", partial(intent_forms.intent_part_modal, CHARGED, [], [LOGIN])
    yield "categories", partial(intent_forms.intent_file_modal, CHARGED, ["billing", "account"])
    yield "drafted", partial(intent_forms.article_modal, CHARGED, CHARGED.words, "We gave it back.", 1)
    yield "nothing solved", partial(intent_forms.article_modal, LOGIN, LOGIN.words, "", 0)
    yield "done", partial(intent_forms.intent_done_modal, "Merge", intent_forms.merged_into(CHARGED))
    raised = Incident(id="n1", team="billing_support", words=CHARGED.words, count=30, expected=0.4, started_at=NOW,
                      last_at=NOW + timedelta(minutes=5))  # fmt: skip
    asked = Proposal(shown=LOGIN.name, chosen=CHARGED.name, hits=5, total=5, excerpt=LOGIN.words)
    doubts = [Doubt(matter=matter, intent="i2", other="i1") for matter in Matter]
    open_ = [asked.model_copy(update={"doubt": each, "number": number}) for number, each in enumerate(doubts)]
    settled = {"answer": Answer.ACCEPTED, "by": ANA}
    answered = [each.model_copy(update={**settled, "number": 7 + each.number}) for each in open_]
    said = Review(slot="2026-W10", at=NOW, judged=0, corrected=0, proposals=(*open_, *answered))
    yield "doubts on clusters", partial(review.review_card, said)
    yield "under way", partial(incident.incident_card, raised, [of, of], {of.id: LINK})
    over = raised.model_copy(update={"ended_at": NOW + timedelta(hours=1), "expected": 0.0})
    yield "quiet", partial(incident.incident_card, over, [of], {})
    yield "ended", partial(incident.incident_card, over.model_copy(update={"ended_by": ANA}), [of], {})
