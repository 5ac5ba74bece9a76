"""Names that Slack makes up: view ids, block ids, action ids."""

import random
import string
from copy import deepcopy

from bot.playground.blocks.together import controls, holders
from bot.playground.wire import Object

_LETTERS = string.ascii_uppercase + string.digits


class Identifiers:
    """Makes identifiers; the same seed makes the same ones."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def make(self, prefix: str, length: int = 10) -> str:
        return prefix + "".join(self._rng.choices(_LETTERS, k=length))

    def name_blocks(self, blocks: list[Object]) -> list[Object]:
        """A copy in which every block and control has a name, as Slack returns them."""
        named = deepcopy(blocks)
        for block in (*named, *holders(named)):
            block.setdefault("block_id", self.make("", 5))
        for element in controls(named):
            element.setdefault("action_id", self.make("", 5))
        return named
