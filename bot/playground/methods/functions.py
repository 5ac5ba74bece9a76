"""functions.*: the app says how a workflow's step ended."""

from bot.playground.executions import Execution
from bot.playground.methods.call import Call, Method
from bot.playground.wire import Object, refuse_arguments


def complete_success(call: Call) -> Object:
    execution = _execution(call)
    outputs = call.arguments.json("outputs", "invalid_arguments")
    if not isinstance(outputs, dict):
        raise refuse_arguments("must be an object [json-pointer:/outputs]")
    call.playground.executions.succeed(execution, outputs)
    return {}


def complete_error(call: Call) -> Object:
    call.playground.executions.fail(_execution(call), call.arguments.text("error"))
    return {}


def _execution(call: Call) -> Execution:
    return call.playground.executions.find(call.arguments.text("function_execution_id"), call.playground.team.id)


METHODS = (
    Method("functions.completeSuccess", complete_success, ("function_execution_id", "outputs")),
    Method("functions.completeError", complete_error, ("function_execution_id", "error")),
)
