"""Analysis: everything that triage found out about a ticket."""

from pipeline.classify import Classification
from pipeline.draft import Draft
from pipeline.escalation import Escalation
from pipeline.receipt import Receipt
from pipeline.route import Route
from pipeline.value import Value


class Analysis(Value):
    """The result of the stages, stored with the case. Texts are in masked form."""

    language: str
    excerpt: str  # the customer's words, masked and shortened, as the card quotes them
    classification: Classification
    escalation: Escalation
    draft: Draft
    route: Route
    read_until: str  # id of the customer's last message that this analysis has read
    receipt: Receipt | None = None  # how it came about; none was kept with older ones

    @property
    def tags(self) -> tuple[str, ...]:
        """Tags of all stages, each once."""
        return tuple(dict.fromkeys((*self.classification.tags, *self.draft.tags)))
