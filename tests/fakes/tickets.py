"""What customers write, as a helpdesk tells it."""

from datetime import datetime, timedelta

from pipeline.ticket import Arrival, Author, Customer, Message, Ticket
from tests.fakes.clock import MORNING


def ticket(id_: str, text: str, *more: str, subject: str = "Charged twice", at: datetime = MORNING) -> Ticket:
    """Return a ticket with one message of the customer for each text."""
    messages = tuple(
        Message(id=f"m{number}", author=Author.CUSTOMER, text=said, at=at + timedelta(minutes=number))
        for number, said in enumerate((text, *more))
    )
    customer = Customer(id="7", name="Maria Jensen", email="maria@nordlicht.example")
    return Ticket(source="zendesk", id=id_, created_at=at, subject=subject, messages=messages, customer=customer)


def arrival(told: Ticket, delivery: str) -> Arrival:
    return Arrival(delivery=delivery, ticket=told)
