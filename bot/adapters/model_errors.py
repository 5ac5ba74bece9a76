"""What can go wrong between us and a chat.completions server, in our own words."""

import httpx2
import openai

from pipeline.errors import Refused, TriageError, Unavailable

FAULTS = (
    openai.OpenAIError,
    httpx2.HTTPError,  # while the body is read, after the library has handed us the response
    httpx2.InvalidURL,
    httpx2.StreamError,
    UnicodeError,  # a key or a text that cannot be sent
)
_OF_THE_QUESTION = frozenset({400, 409, 413, 415, 422})  # every other status concerns the service
_PASSING = frozenset({408, 409, 425, 429})
_SOON = 0.5  # seconds


def translated(error: Exception) -> TriageError:
    """Return our error for one of FAULTS; a provider's own message may quote the ticket and is left out."""
    if isinstance(error, openai.APIStatusError):
        if error.status_code in _OF_THE_QUESTION:
            return Refused(
                f"The model's server refused the question with status {error.status_code}.",
                code=f"status_{error.status_code}",
            )
        return Unavailable(
            f"The model's server answered with status {error.status_code}.", retry_after=_asked_wait(error)
        )
    if isinstance(error, UnicodeError):
        return Refused("The question holds characters that cannot be sent.", code="unsendable")
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return Unavailable("The model's server did not answer in time.")
    return Unavailable("The model's server cannot be reached.")


def wait_before_retry(error: Exception) -> float | None:
    """Seconds after which the same question may well succeed, or None when it will not."""
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return None  # the time is used up
    if isinstance(error, openai.APIConnectionError | httpx2.TransportError):
        return _SOON
    if not isinstance(error, openai.APIStatusError) or error.code == "insufficient_quota":
        return None
    if error.status_code in _PASSING or error.status_code >= 500:
        asked = _asked_wait(error)
        return _SOON if asked is None else asked
    return None


def _asked_wait(error: openai.APIStatusError) -> float | None:
    """What Retry-After says in seconds; its form as a date is not used by these servers, its finer one is."""
    if (finer := _number(error.response.headers.get("retry-after-ms", ""))) is not None:
        return finer / 1000
    return _number(error.response.headers.get("retry-after", ""))


def _number(written: str) -> float | None:
    return float(written) if written.isascii() and written.replace(".", "", 1).isdigit() else None
