"""``formcheck``: the entry point, and the one place where errors become words and exit codes.

Only typer is imported here: ``formcheck --help`` has to answer at once.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from formcheck.cli import analyze, count, demo, doctor, exercises, explain, live, models
from formcheck.cli.help import translated
from formcheck.cli.options import Debug, Lang
from formcheck.errors import FormcheckError, OutputError, SetupError, UsageError
from formcheck.language import tr, use

#: What a shell reports for a program that a closed pipe has ended: 128 + SIGPIPE.
PIPE_CLOSED = 141
#: What a shell reports after Ctrl-C: 128 + SIGINT.
STOPPED = 130
#: What writing says when there is no room; files by name are looked after where they are written.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
#: An error of formcheck itself.
BUG = 1

app = typer.Typer(
    name="formcheck",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Watches you exercise through one camera and says, rep by rep, what your form does. "
    "Everything stays on this machine.",
    epilog="Pain? Stop. formcheck is not a medical device and can be wrong.",
)
app.command("demo")(demo.command)
app.command("analyze")(analyze.command)
app.command("live")(live.command)
app.command("count")(count.command)
app.command("exercises")(exercises.command)
app.command("explain")(explain.command)
app.add_typer(models.app, name="models")
app.command("doctor")(doctor.command)


def _version(*, wanted: bool) -> None:
    if wanted:
        from formcheck import __version__

        typer.echo(f"formcheck {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def formcheck(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool,
        typer.Option(
            "--version", help="Print the version.", is_eager=True, callback=lambda v: _version(wanted=v)
        ),
    ] = False,
    lang: Lang = None,  # noqa: ARG001 - `run` looks for it
    debug: Debug = False,  # noqa: ARG001 - likewise
) -> None:
    """The command itself; without a subcommand it prints the help."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(args: Sequence[str] | None = None) -> int:
    """Runs one command line and returns the exit code: see docs/exit-codes.md.

    Args:
        args: Without the program's name; None takes the process's own.
    """
    args = list(sys.argv[1:] if args is None else args)
    debug = "--debug" in args
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")  # a file's odd name must not stop us
    try:
        args = _language(args)
        result = translated(typer.main.get_command(app))(args, "formcheck", standalone_mode=False)
        sys.stdout.flush()
    except (SystemExit, BrokenPipeError):  # the former is typer's way of saying the latter
        _drop_stdout()
        return PIPE_CLOSED
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED
    except typer.TyperException as error:
        return _complain(error.format_message(), UsageError.exit_code, hint=_help_of(error))
    except Exception as error:  # noqa: BLE001 - the last resort: a person gets one line and not a traceback
        if debug:
            import traceback

            traceback.print_exc()
        return _explain_error(error, debug=debug)
    return result if isinstance(result, int) else 0


def main() -> None:
    """The console script."""
    sys.exit(run())


def _language(args: list[str]) -> list[str]:
    """Chooses the language that ``--lang`` names, wherever it stands, and takes it out.

    Raises:
        UsageError: It names none.
    """
    end = args.index("--") if "--" in args else len(args)
    for i, arg in enumerate(args[:end]):
        name, equals, value = arg.partition("=")
        if name == "--lang" and (equals or i + 1 < end):
            use(value if equals else args[i + 1])
            return args[:i] + args[i + (1 if equals else 2) :]
    use(None)
    return args


def _explain_error(error: Exception, *, debug: bool) -> int:
    """One line for an exception, and its exit code."""
    if isinstance(error, FormcheckError):
        return _complain(str(error.args[0]), error.exit_code, hint=error.hint)
    if isinstance(error, ImportError):
        return _complain(
            tr("a part of the installation does not load: {error!s}", error=str(error)),
            SetupError.exit_code,
            hint="run formcheck doctor",
        )
    if isinstance(error, OSError) and error.filename is None and error.errno in FULL:
        _drop_stdout()
        return _complain(
            tr("the standard output: {error}", error=error.strerror),
            OutputError.exit_code,
            hint="send it elsewhere",
        )
    kind = type(error).__name__
    where = (
        "the traceback is above" if debug else "run the same command with --debug to see where, and report it"
    )
    text = tr("formcheck itself failed: {kind!s}: {error!s}", kind=kind, error=str(error))
    return _complain(text, BUG, hint=where)


def _complain(message: str, code: int, *, hint: str = "") -> int:
    text = tr(" ".join(message.split()))
    if hint:
        text = f"{text.rstrip('.')} ({tr(hint)})"
    print(tr("formcheck: error: {text}", text=text), file=sys.stderr)
    return code


def _help_of(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return tr("{command!s} --help tells more", command=context.command_path if context else "formcheck")


def _drop_stdout() -> None:
    """Points the standard output to nowhere, so that the interpreter's last flush is silent."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
