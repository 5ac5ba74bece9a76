"""The dashboard for Grafana shows only what /metrics has, and all of it."""

import json
import re
from pathlib import Path

from bot.adapters.language_model import Call
from bot.adapters.model_reply import Usage
from bot.metrics import Metrics
from bot.price import Price
from pipeline.backlog import backlog
from tests.fakes.clock import MORNING

DASHBOARD = Path(__file__).parents[1] / "manifests" / "grafana.json"


def served() -> dict[str, set[str]]:
    """Return every series of a page of metrics on which each has a value, with the names of its labels."""
    metrics = Metrics(Price(1, 1, 1))
    with metrics.job("triage"):
        pass
    metrics.gave_up("triage")
    metrics.queue({("triage", "waiting"): 1})
    metrics.backlog({"money": backlog([MORNING], MORNING)}, MORNING)
    metrics.record(Call("m", "Answers", "ok", 0.1, Usage()))
    lines = [line for line in metrics.page().decode().splitlines() if not line.startswith("#")]
    return {line.partition("{")[0].split()[0]: set(re.findall(r'(\w+)="', line)) for line in lines}


def asked() -> list[str]:
    dashboard = json.loads(DASHBOARD.read_text())
    return [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]


def test_every_series_and_label_of_the_dashboard_is_in_metrics() -> None:
    there = served()
    for expression in asked():
        names = re.findall(r"\btriage_\w+", expression)
        assert names and set(names) <= set(there), expression
        labels = {label for group in re.findall(r"by \(([^)]*)\)", expression) for label in group.split(", ")}
        assert labels <= there[names[0]], expression


def test_every_metric_is_on_the_dashboard() -> None:
    shown = " ".join(asked())
    families = {re.sub(r"_(bucket|sum|count|total|created)$", "", name) for name in served()}
    assert {name for name in families if name not in shown} == set()


def test_panels_have_ids_of_their_own_and_a_data_source_to_choose() -> None:
    dashboard = json.loads(DASHBOARD.read_text())
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(set(ids)) == len(ids)
    assert {panel["datasource"]["uid"] for panel in dashboard["panels"]} == {"${datasource}"}
    assert dashboard["templating"]["list"][0]["query"] == "prometheus"
