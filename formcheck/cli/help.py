"""The help texts in the chosen language."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from formcheck.language import ENGLISH, current, tr

#: What stands above the lists, by the kind of parameter.
PANELS = {"option": "Options", "argument": "Arguments"}


def translated(command: Any) -> Any:
    """The same command, its help and that of all below it translated in place."""
    if current() == ENGLISH:
        return command
    for name in ("help", "short_help", "epilog"):
        if text := getattr(command, name, None):
            setattr(command, name, "\n\n".join(_paragraphs(text)))
    for parameter in command.params:
        if text := getattr(parameter, "help", None):
            parameter.help = tr(text)
        parameter.rich_help_panel = tr(PANELS[parameter.param_type_name])
    command.get_help_option = _helped(command.get_help_option)
    for below in getattr(command, "commands", {}).values():
        below.rich_help_panel = tr("Commands")
        translated(below)
    return command


def _helped(option: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """``--help`` itself, which is made when it is asked for."""

    def made(context: Any) -> Any:
        found = option(context)
        if found is not None:
            found.help, found.rich_help_panel = tr(found.help), tr(PANELS["option"])
        return found

    return made


def _paragraphs(text: str) -> list[str]:
    return [tr(" ".join(part.split())) for part in inspect.cleandoc(text).split("\n\n")]
