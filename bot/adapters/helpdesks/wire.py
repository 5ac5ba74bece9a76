"""Wire: calls to a helpdesk's API, with its failures in our own words."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn

import httpx

from pipeline.errors import Refused, Unavailable, Unknown

_TIMEOUT = httpx.Timeout(15.0, connect=5.0)
_DEADLINE = 30.0  # seconds for the whole call, however slowly the answer drips
_LARGEST_ANSWER = 10_000_000  # bytes
_LONGEST_WAIT = 3600.0  # seconds that we wait because somebody asked us to

# The call was not sent when one of these is raised: nothing can have happened.
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

_FIXES = {
    400: "the request was not understood: look for an update of this program",
    401: "the credentials are not accepted: check the user name and the API key",
    403: "the account may not do this: give it the role of an agent who can see and edit the ticket",
    404: "there is no such thing: it was deleted, or the account may not see it",
    410: "it was deleted",
    422: "the change is not accepted: the ticket may be closed, or a required field may be empty",
}


class Wire:
    """One helpdesk's API: `name` is what people call it, `base_url` what every path is joined to.

    Reading raises Unavailable or Refused; writing also raises Unknown, when it may have happened.
    """

    def __init__(
        self,
        client: httpx.AsyncClient,
        name: str,
        base_url: str,
        *,
        auth: httpx.Auth | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._client = client
        self._name = name
        self._base = base_url.rstrip("/")
        self._auth = auth
        self._headers = dict(headers or {})

    async def read(self, path: str, query: Mapping[str, str] | None = None) -> object:
        """GET, and return the JSON that came back."""
        answer = await self._call("GET", path, query=query, writes=False)
        try:
            return json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise Unavailable(f"{self._name} answered with something other than JSON.") from error

    async def write(self, method: str, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> object:
        """Send a change as JSON; return what came back, or None where that is not JSON."""
        sent = {"content-type": "application/json", **(headers or {})}
        answer = await self._call(method, path, body=body, headers=sent, writes=True)
        try:
            return json.loads(answer)
        except (ValueError, RecursionError):
            return None  # it was accepted; what it says about that is of no use

    async def _call(
        self,
        method: str,
        path: str,
        *,
        writes: bool,
        query: Mapping[str, str] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> bytes:
        request = self._client.build_request(
            method,
            self._base + path,
            params=query,
            content=body,
            headers={"accept": "application/json", **self._headers, **(headers or {})},
            timeout=_TIMEOUT,
        )
        try:
            async with asyncio.timeout(_DEADLINE):
                response, content = await self._exchange(request)
        except _NOT_SENT as error:
            raise Unavailable(f"{self._name} cannot be reached ({type(error).__name__}).") from error
        except (httpx.RequestError, TimeoutError) as error:
            kind = Unknown if writes else Unavailable
            raise kind(f"{self._name} did not answer in full ({type(error).__name__}).") from error
        if not response.is_success:
            self._refuse(response, writes=writes)
        return content

    async def _exchange(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        response = await self._client.send(request, auth=self._auth, stream=True, follow_redirects=False)
        try:
            content = bytearray()
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > _LARGEST_ANSWER:
                    raise httpx.DecodingError("the answer is too large", request=request)
            return response, bytes(content)
        finally:
            await response.aclose()

    def _refuse(self, response: httpx.Response, *, writes: bool) -> NoReturn:
        status = response.status_code
        if status == 429:
            raise Unavailable(f"{self._name} asks us to slow down.", retry_after=_retry_after(response))
        if status >= 500 or status == 408:
            kind = Unknown if writes else Unavailable
            raise kind(f"{self._name} failed ({status}).", retry_after=_retry_after(response))
        if response.is_redirect:
            raise Refused(
                f"{self._name} sends us elsewhere ({status}): set its base URL to the final address.",
                code=str(status),
            )
        fix = _FIXES.get(status, "it will not do this")
        raise Refused(f"{self._name} said {status}: {fix}.", code=str(status))


def pack(body: object) -> bytes:
    """Return the JSON bytes of a request."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds that the other side asks for, which it says as a number or as a date."""
    said = response.headers.get("retry-after", "")
    try:
        seconds = float(said)
    except ValueError:
        seconds = _seconds_until(said)
    return min(seconds, _LONGEST_WAIT) if seconds > 0 else None


def _seconds_until(date: str) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - datetime.now(UTC)).total_seconds()
