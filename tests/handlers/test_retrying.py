"""Whoever loses a compare-and-swap reads and decides again, a few times."""

import pytest

from handlers.retrying import again_on_conflict
from storage.cases import Conflict


class Writer:
    """Loses so many times, then writes."""

    def __init__(self, losses: int) -> None:
        self.tries = 0
        self._losses = losses

    @again_on_conflict
    async def write(self, what: str, *, how: str = "") -> str:
        """Write it down."""
        self.tries += 1
        if self.tries <= self._losses:
            raise Conflict
        return f"{what} {how}"


@pytest.mark.parametrize("losses", [0, 1, 4])
async def test_it_is_tried_again_from_its_beginning_with_what_it_was_given(losses: int) -> None:
    writer = Writer(losses)
    assert await writer.write("a word", how="slowly") == "a word slowly"
    assert writer.tries == losses + 1


async def test_after_five_losses_in_a_row_somebody_hears_of_it() -> None:
    writer = Writer(losses=99)
    with pytest.raises(Conflict):
        await writer.write("a word")
    assert writer.tries == 5


async def test_what_fails_for_another_reason_is_not_tried_again() -> None:
    tries = 0

    @again_on_conflict
    async def refuse() -> None:
        nonlocal tries
        tries += 1
        raise ValueError

    with pytest.raises(ValueError):
        await refuse()
    assert tries == 1


def test_what_is_wrapped_keeps_its_name() -> None:
    assert (Writer.write.__name__, Writer.write.__doc__) == ("write", "Write it down.")
