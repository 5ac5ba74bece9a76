"""Tickets of one customer become one case, and come apart again."""

import pytest

from pipeline.case import Case, Status
from pipeline.merge import absorbing, parting, same_customer
from pipeline.ticket import Customer
from tests.fakes.house import said, told
from tests.pipeline.deciding import a_case

MARA = Customer(id="7", name="Mara", email="mara@client.example")


def theirs(customer: Customer, id_: str = "case2") -> Case:
    ticket = told(said("m1", "And where is my refund?", minutes=3), id_="t2")
    return a_case(id=id_, ticket=ticket.model_copy(update={"customer": customer}))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (MARA, True),
        (Customer(email="MARA@client.example"), True),
        (Customer(id="7"), True),
        (Customer(id="7", email="other@client.example"), False),
        (Customer(id="8"), False),
        (Customer(name="Mara"), False),
        (Customer(), False),
    ],
)
def test_only_what_surely_tells_one_customer_counts(other: Customer, same: bool) -> None:
    assert same_customer(theirs(MARA, "case1"), theirs(other)) is same


def test_two_unknown_customers_are_not_the_same() -> None:
    assert not same_customer(theirs(Customer(), "case1"), theirs(Customer()))


def test_the_survivor_has_the_others_words_and_is_read_anew() -> None:
    survivor = absorbing(a_case(), theirs(MARA))
    assert survivor.status is Status.WAITING
    assert [message.id for message in survivor.ticket.asked] == ["m1", "case2/m1"]
    assert [(each.case, each.ticket, each.excerpt) for each in survivor.absorbed] == [("case2", "t2", "charged twice")]


def test_what_was_taken_out_again_leaves_nothing_behind() -> None:
    survivor = parting(absorbing(a_case(), theirs(MARA)), "case2")
    assert (survivor.ticket, survivor.absorbed, survivor.status) == (a_case().ticket, (), Status.WAITING)
    assert parting(a_case(), "case2") == a_case()


def test_an_answer_that_was_given_to_both_stays_as_it_is() -> None:
    answered = absorbing(a_case(), theirs(MARA)).but(status=Status.ANSWERED, decision=a_case(Status.ANSWERED).decision)
    left = parting(answered, "case2")
    assert (left.ticket, left.status, left.absorbed) == (answered.ticket, Status.ANSWERED, ())
