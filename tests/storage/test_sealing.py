"""What is sealed is read with a key that we have, and tells nothing without one."""

import pytest

from storage.sealing import Seal, Unreadable, keys_in

OLD, NEW = "an-old-key-of-more-than-32-characters", "a-new-key-of-more-than-32-characters"


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    before, after = Seal((OLD,)), Seal((NEW, OLD))
    kept = before.close("xoxb-secret")
    assert after.open(kept) == "xoxb-secret"
    assert (after.is_newest(kept), after.is_newest(after.close("xoxb-secret"))) == (False, True)
    assert Seal((NEW,)).open(after.close("xoxb-secret")) == "xoxb-secret"


@pytest.mark.parametrize("tampered", ["", "xoxb-secret", "gAAAAA", "…"])
def test_what_no_key_opens_is_told_without_its_content(tampered: str) -> None:
    with pytest.raises(Unreadable) as told:
        Seal((NEW,)).open(tampered)
    assert told.value.__cause__ is None
    assert str(told.value).startswith("What was sealed does not open with TRIAGE_SECRET_KEY")


def test_a_changed_letter_is_noticed() -> None:
    kept = Seal((NEW,)).close("xoxb-secret")
    with pytest.raises(Unreadable):
        Seal((NEW,)).open(kept[:-5] + ("A" if kept[-5] != "A" else "B") + kept[-4:])


def test_the_same_text_is_sealed_differently_each_time() -> None:
    seal = Seal((NEW,))
    assert seal.close("x") != seal.close("x")


def test_keys_are_separated_by_commas_and_none_may_be_short() -> None:
    assert keys_in(f" {NEW}, {OLD},") == (NEW, OLD)
    assert keys_in("") == ()
    with pytest.raises(ValueError, match="write 32 characters or more"):
        keys_in(f"{NEW},short")
