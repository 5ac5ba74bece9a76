"""Amounts: hours and shares as people say them."""


def hours(amount: float | None) -> str:
    """Return a time in the unit that suits it."""
    if amount is None:
        return "-"
    if amount < 1:
        return f"{round(60 * amount)} min"
    return f"{_short(amount)} h" if amount < 48 else f"{_short(amount / 24)} days"


def share(part: float | None) -> str:
    """Return a share of one as per cent."""
    return "-" if part is None else f"{part:.0%}"


def _short(amount: float) -> str:
    return f"{amount:.1f}".removesuffix(".0")
