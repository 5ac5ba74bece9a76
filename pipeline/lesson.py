"""Lesson: a ticket, and what people last said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.mask import Masked


@dataclass(frozen=True, slots=True)
class Lesson:
    """What people last said of one ticket, by column. `present`: the model in force has learnt it already."""

    masked: Masked
    by: str
    labels: Mapping[str, str]
    present: bool = False
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Learnt:
    """What lessons taught. `figures` can be written as JSON; `content` is for the one who learnt it to use."""

    content: bytes
    figures: Mapping[str, Any]
    tried: bool  # enough was said of at least one column
    no_worse: bool  # at least one column reads held-out tickets no worse with what is new
