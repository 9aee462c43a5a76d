"""Finds the text in the sources: what a person may come to read or hear."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import formcheck

PACKAGE = Path(formcheck.__file__).parent
#: In place of what an f-string fills in: a number needs no translation.
FILLED = "7"
#: Errors of programmers: they show a traceback and are for nobody else.
OURS = ("ValueError", "TypeError", "SpecError", "RuntimeError", "BrokenPipeError", "AssertionError")
#: Arguments that are no text for people.
QUIET = ("style", "source", "metavar", "param_hint", "description")


@dataclass(frozen=True)
class Text:
    """A string of the sources, `FILLED` where something is filled in."""

    where: str
    text: str
    formatted: bool

    @property
    def readable(self) -> bool:
        """Whether it looks like words, rather than like an id, a command or a format."""
        words = re.findall(r"[A-Za-z]{2,}", self.text)
        return " " in self.text.strip() and len(words) >= (1 if self.formatted else 2)


def sources(*rooms: str) -> list[Path]:
    """The files of some rooms; of all without a name."""
    found = [path for path in sorted(PACKAGE.rglob("*.py")) if "language" not in path.parts]
    names = [(path, path.relative_to(PACKAGE).as_posix()) for path in found]
    return [path for path, name in names if not rooms or name.startswith(rooms)]


def texts(path: Path) -> Iterator[Text]:
    """All strings of a file but docstrings, the words of programmers' errors, and quiet arguments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {id(node) for node in _skipped(tree)}
    for node in ast.walk(tree):
        text = None if id(node) in skipped else _text(node)
        if text:
            where = f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"
            yield Text(where, text, isinstance(node, ast.JoinedStr) or "{" in text)


def literals(path: Path) -> Iterator[tuple[str, str]]:
    """Where `tr` is called with text in place, and the text; of a choice both."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
            first = node.args[0]
            for one in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                if isinstance(one, ast.Constant):
                    yield f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}", one.value


def filled(template: str) -> str:
    """A template of `str.format` with `FILLED` in its places."""
    return re.sub(r"\{[^{}]*\}", FILLED, template)


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return filled(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else FILLED for v in node.values)
    return None


def _skipped(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (s.value for s in node.body if isinstance(s, ast.Expr))  # attributes' as well
        elif isinstance(node, ast.JoinedStr):
            yield from _parts(node)
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            if isinstance(node.exc.func, ast.Name) and node.exc.func.id in OURS:
                yield from ast.walk(node)
        elif isinstance(node, ast.keyword) and node.arg in QUIET:
            yield from ast.walk(node.value)


def _parts(formatted: ast.JoinedStr) -> Iterator[ast.AST]:
    """What stands between the values, and how these are formatted: part of the whole."""
    for part in formatted.values:
        if isinstance(part, ast.Constant):
            yield part
        elif isinstance(part, ast.FormattedValue) and part.format_spec is not None:
            yield from ast.walk(part.format_spec)
