"""Slack's errors as ours, in one table."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from pipeline.errors import Refused, TriageError, Unavailable, Unknown

LATER: Final = frozenset({"ratelimited", "rate_limited", "service_unavailable", "team_added_to_org"})
# Slack says of these that some of the work may have been done.
MAYBE: Final = frozenset({"internal_error", "fatal_error", "request_timeout"})
FIXES: Final = {
    "not_in_channel": "I am not in that channel: invite me there with /invite @Triage Desk.",
    "channel_not_found": "I cannot see that channel: create it, or invite me with /invite @Triage Desk.",
    "is_archived": "That channel is archived: unarchive it, or name another one in the policy file.",
    "missing_scope": "Slack says that a scope is missing: install the app again from its manifest.",
    "invalid_auth": "Slack does not accept the token: check SLACK_BOT_TOKEN.",
    "not_authed": "Slack got no token: set SLACK_BOT_TOKEN.",
    "account_inactive": "The app was removed from the workspace: install it again.",
    "token_revoked": "The token was revoked: install the app again.",
    "token_expired": "The token has expired: install the app again.",
    "user_not_found": "Slack does not know that person.",
    "message_limit_exceeded": "The workspace has used up its messages: ask an administrator about the plan.",
    "org_login_required": "The workspace is being moved: wait until its administrators have finished.",
    "restricted_action_read_only_channel": "Only some people may post there: ask an administrator to let me.",
    "restricted_action": "The workspace does not let me post there: ask an administrator.",
}
_LONGEST_WAIT = 3600.0


@contextmanager
def ours(*, writes: bool) -> Generator[None]:
    """Turn what slack_sdk raises into our own errors. `writes`: a lost answer may hide a deed."""
    lost = Unknown if writes else Unavailable
    try:
        yield
    except SlackApiError as error:
        raise _told(error, lost) from error
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise Unavailable("Slack cannot be reached.") from error  # nothing was sent
    except (aiohttp.ClientError, TimeoutError, OSError, SlackClientError) as error:
        raise lost("Slack did not answer.") from error
    except (AttributeError, KeyError, ValueError) as error:  # such as a proxy's page in place of JSON
        raise lost("Slack's answer could not be read.") from error


def asked_to_wait(error: SlackApiError) -> float:
    """Return the seconds after which Slack wants to be asked again; 0 where it said something else."""
    status, code = _read(error)
    if status != 429 and code not in ("ratelimited", "rate_limited"):
        return 0.0
    return seconds_in(error.response.headers or {})


def seconds_in(headers: Mapping[str, str]) -> float:
    """Return what Retry-After says, within reason."""
    told = {name.lower(): value for name, value in dict(headers).items()}
    try:
        seconds = float(told.get("retry-after", 1))
    except (TypeError, ValueError):
        return 1.0
    return min(max(seconds, 1.0), _LONGEST_WAIT)


def _told(error: SlackApiError, lost: type[Unavailable]) -> TriageError:
    status, code = _read(error)
    if wait := asked_to_wait(error):
        return Unavailable("Slack asked us to wait.", retry_after=wait)
    if status >= 500 or code in MAYBE or not code:
        return lost(f"Slack failed ({code or status}).")
    if code in LATER:
        return Unavailable(f"Slack cannot now ({code}).")
    return Refused(FIXES.get(code, f"Slack refused this: {code}."), code=code)


def _read(error: SlackApiError) -> tuple[int, str]:
    """Return the status and Slack's word for what went wrong."""
    response = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    data = getattr(response, "data", None)
    return status, str(data.get("error", "")) if isinstance(data, dict) else ""
