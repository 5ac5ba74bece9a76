"""A person's workflow comes to one of the app's steps, and the app is told to run it."""

from dataclasses import asdict

from bot.playground.announcing import emit
from bot.playground.credentials import APP_ID, BOT_TOKEN
from bot.playground.executions import Execution, Function, Parameter
from bot.playground.people import OPENED
from bot.playground.playground import Playground
from bot.playground.wire import Object


def begin(playground: Playground, callback_id: str, inputs: Object, user: str) -> str:
    """Run this step for this person; the id under which the app completes it."""
    person = playground.workspace.person(user)
    function = playground.executions.function(callback_id)
    execution = playground.executions.start(function, inputs, person.id, playground.team.id)
    emit(playground, _event(playground, function, execution))
    return execution.id


def _event(playground: Playground, function: Function, execution: Execution) -> Object:
    return {
        "type": "function_executed",
        "function": _show(playground, function, execution),
        "inputs": execution.inputs,
        "function_execution_id": execution.id,
        "workflow_execution_id": playground.identifiers.make("Wx"),
        "bot_access_token": BOT_TOKEN,
    }


def _show(playground: Playground, function: Function, execution: Execution) -> Object:
    """A step that was never declared shows the inputs that it got."""
    inputs = function.inputs or tuple(Parameter(name, "string", name) for name in execution.inputs)
    return {
        "id": playground.identifiers.make("Fn"),
        "callback_id": function.callback_id,
        "title": function.title,
        "description": function.description,
        "type": "app",
        "input_parameters": [asdict(parameter) for parameter in inputs],
        "output_parameters": [asdict(parameter) for parameter in function.outputs],
        "app_id": APP_ID,
        "date_created": OPENED,
        "date_updated": OPENED,
        "date_deleted": 0,
    }
