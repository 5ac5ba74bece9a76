"""Whereabouts: Slack's ids with the workspace before them, as in T0AB/C0DE; without one, it is the usual workspace."""


def apart(address: str) -> tuple[str, str]:
    """Return the workspace, "" for the usual one, and the rest. An e-mail may have a slash in it as well."""
    before, slash, rest = address.partition("/")
    is_workspace = slash and (not before or (before.startswith("T") and before.isalnum() and before.isupper()))
    return (before, rest) if is_workspace else ("", address)


def beside(address: str, id_: str) -> str:
    """Return an id of the same workspace as an address."""
    workspace = apart(address)[0]
    return f"{workspace}/{id_}" if workspace else id_
