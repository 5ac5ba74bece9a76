"""Unfit: what was filled into a form cannot be taken, said at the input that it is about."""

from pipeline.decide import NotNow


class Unfit(NotNow):
    """This cannot be taken as it was filled in."""

    def __init__(self, block: str, message: str) -> None:
        super().__init__(message)
        self.block = block
