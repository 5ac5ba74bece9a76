"""Runs of the app's workflow steps, and how they ended."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum

from bot.playground.identifiers import Identifiers
from bot.playground.stream import Stream
from bot.playground.wire import Object, Refusal


class State(StrEnum):
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True)
class Parameter:
    name: str
    type: str
    title: str
    description: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class Function:
    """A step that the app offers; what was never declared takes and gives anything."""

    callback_id: str
    title: str
    inputs: tuple[Parameter, ...] = ()
    outputs: tuple[Parameter, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class Execution:
    id: str
    team: str
    callback_id: str
    user: str
    inputs: Object
    state: State = State.RUNNING
    outputs: Object = field(default_factory=dict)
    error: str = ""


class Executions:
    """Every change is announced to the page."""

    def __init__(self, identifiers: Identifiers, stream: Stream) -> None:
        self._identifiers = identifiers
        self._stream = stream
        self._functions: dict[str, Function] = {}
        self._executions: dict[str, Execution] = {}

    def declare(self, function: Function) -> None:
        self._functions[function.callback_id] = function

    def function(self, callback_id: str) -> Function:
        return self._functions.get(callback_id, Function(callback_id, callback_id))

    def start(self, function: Function, inputs: Object, user: str, team: str) -> Execution:
        _refuse_misfit(function.inputs, inputs)
        return self._keep(Execution(self._identifiers.make("Fx"), team, function.callback_id, user, inputs))

    def find(self, execution_id: str, team: str) -> Execution:
        """One that still runs."""
        execution = self._executions.get(execution_id)
        if execution is None:
            raise Refusal("function_execution_not_found")
        if execution.team != team:
            raise Refusal("access_denied")
        if execution.state is not State.RUNNING:
            raise Refusal("execution_not_in_running_state")
        return execution

    def succeed(self, execution: Execution, outputs: Object) -> Execution:
        _refuse_misfit(self.function(execution.callback_id).outputs, outputs)
        return self._keep(replace(execution, state=State.SUCCEEDED, outputs=outputs))

    def fail(self, execution: Execution, error: str) -> Execution:
        return self._keep(replace(execution, state=State.FAILED, error=error))

    def shown(self) -> list[Object]:
        return [asdict(execution) for execution in self._executions.values()]

    def _keep(self, execution: Execution) -> Execution:
        self._executions[execution.id] = execution
        self._stream.publish("function", execution=asdict(execution))
        return execution


_PLAIN: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "object": dict,
    "array": list,
}


def _refuse_misfit(parameters: tuple[Parameter, ...], values: Object) -> None:
    """Required ones are there, known ones have their type; Slack's own types are strings."""
    wrong = [f"missing required parameter: {p.name}" for p in parameters if p.is_required and p.name not in values]
    for parameter in parameters:
        kind = _PLAIN.get(parameter.type, str)
        if parameter.name in values and not isinstance(values[parameter.name], kind):
            wrong.append(f"{parameter.name} must be of type {parameter.type}")
    if parameters:
        known = {parameter.name for parameter in parameters}
        wrong += [f"unknown parameter: {name}" for name in values if name not in known]
    if wrong:
        raise Refusal("parameter_validation_failed", response_metadata={"messages": wrong})
