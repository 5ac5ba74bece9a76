"""Value: the frozen base of everything that one stage hands to the next."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Compared by content, never changed, and strict about names that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
