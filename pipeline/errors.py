"""What can go wrong behind a door.

TriageError
├── Unavailable        try later: the other side did not answer, or asked us to wait
│   └── Unknown        it may have happened: ask before repeating it
├── Refused            trying again will not help: a person has to look
├── PolicyError        the policy file does not say what it must
├── BadSignature       a delivery that nobody we know has signed
└── BadPayload         a delivery that we cannot read
"""


class TriageError(Exception):
    """Something went wrong."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").splitlines()[0])


class Unavailable(TriageError):
    """The other side cannot be reached now."""

    def __init__(self, message: str | None = None, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after  # seconds that the other side asked us to wait


class Unknown(Unavailable):
    """The call was sent and no answer came back, so it may have happened."""


class Refused(TriageError):
    """The other side will not do this, however often we ask."""

    def __init__(self, message: str | None = None, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code  # the other side's own word for it, such as "channel_not_found"


class PolicyError(TriageError):
    """The policy file does not say what it must."""


class BadSignature(TriageError):
    """The signature does not match: check the webhook's secret and the sender's clock."""


class BadPayload(TriageError):
    """The body is not what this webhook takes."""

    def __init__(self, message: str | None = None, *, status: int = 422) -> None:
        super().__init__(message)
        self.status = status  # the HTTP status to answer with
