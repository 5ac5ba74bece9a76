"""The scopes that the app asks for, as its manifest has them."""

from importlib.resources import files

import yaml


def app_scopes() -> tuple[str, ...]:
    """Return what Slack is asked to grant."""
    manifest = yaml.safe_load(files("manifests").joinpath("slack.yaml").read_text(encoding="utf-8"))
    return tuple(manifest["oauth_config"]["scopes"]["bot"])
