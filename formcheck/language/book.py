"""The catalogue of one language: looks templates up, and finds the one that a finished text came from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from string import Formatter

#: What joins texts that are each known for themselves; words among them are in the catalogue.
JOINS = ("; ", " · ", ": ", ", ", " or ", " and ")
#: A table of this name holds what is replaced in a formatted text, such as "de el" by "del".
CONTRACTIONS = "contractions"
#: Fewer letters of its own, and a template is not taken for that of a text that is only partly known.
LOOSE = 6
#: How many texts a book remembers.
REMEMBERED = 4096


class Book:
    """Translations by their English.

    Args:
        messages: Templates by English templates.
        contractions: Words that melt together.
    """

    def __init__(self, messages: Mapping[str, str], contractions: Mapping[str, str] | None = None) -> None:
        self.messages = dict(messages)
        self._contractions = [(re.compile(rf"\b{a}\b"), b) for a, b in (contractions or {}).items()]
        shapes = [(key, _literal(key)) for key in self.messages if "{" in key]
        # The most specific one first: it has the most letters of its own.
        shapes.sort(key=lambda shape: -len(shape[1]))
        self._patterns = [
            (_pattern(key), _bare(self.messages[key]), verbatim(key), len(own)) for key, own in shapes
        ]
        self._found = lru_cache(REMEMBERED)(self._find)

    @classmethod
    def load(cls, text: str) -> Book:
        """From TOML: tables of templates, and one of `CONTRACTIONS`."""
        tables = tomllib.loads(text)
        contractions = tables.pop(CONTRACTIONS, {})
        return cls({k: v for table in tables.values() for k, v in table.items()}, contractions)

    def filled(self, template: str, values: Mapping[str, object]) -> str:
        """A template with its values, texts among them translated."""
        kept = verbatim(template)
        told = {k: self.finished(v) if isinstance(v, str) and k not in kept else v for k, v in values.items()}
        return self._melted(self.messages.get(template, template).format(**told))

    def finished(self, text: str) -> str:
        """A finished text; the same where it is not known."""
        return self._found(text) or text

    def knows(self, text: str) -> bool:
        """Whether a finished text can be translated."""
        return self._found(text) is not None

    def _find(self, text: str) -> str | None:
        return self._whole(text) or self._pieces(text) or self._made(text, loose=True)

    def _whole(self, text: str) -> str | None:
        if not any(c.isalpha() for c in text):
            return text
        return self._exact(text) or self._made(text)

    def _exact(self, text: str) -> str | None:
        for body, spell in _spellings(text):
            if body in self.messages:
                return spell(self.messages[body])
        return None

    def _made(self, text: str, *, loose: bool = False) -> str | None:
        """By the template that makes it; unless `loose`, all that is filled in must be known, too."""
        for body, spell in _spellings(text):
            for pattern, template, kept, letters in self._patterns:
                match = pattern.fullmatch(body) if letters >= LOOSE or not loose else None
                if match is None:
                    continue
                values = {k: v if k in kept else self._found(v) for k, v in match.groupdict().items()}
                if loose or None not in values.values():
                    filled = {k: v or match[k] for k, v in values.items()}
                    return spell(self._melted(template.format(**filled)))
        return None

    def _pieces(self, text: str) -> str | None:
        """Cut between sentences, or where texts are joined, if each piece is known."""
        cuts = [(m.start(), m.end(), " ") for m in re.finditer(r"(?<=[.?!]) ", text)]
        for join in JOINS:
            cuts += [(m.start(), m.end(), join) for m in re.finditer(re.escape(join), text)]
        for begin, end, join in cuts:
            first = self._whole(text[:begin])  # not in pieces: each way to cut would be tried
            rest = self._found(text[end:]) if first else None
            if first and rest is not None:
                return first + self.messages.get(join, join) + rest
        return None

    def _melted(self, text: str) -> str:
        for pattern, short in self._contractions:
            text = pattern.sub(short, text)
        return text


def fields(template: str) -> dict[str, str]:
    """The placeholders of a template, with how they are formatted."""
    return {name: spec or "" for _, name, spec, _ in Formatter().parse(template) if name is not None}


def verbatim(template: str) -> frozenset[str]:
    """The placeholders that take names as they are, ``{path!s}``: ids, files, what was typed."""
    return frozenset(name for _, name, _, how in Formatter().parse(template) if name is not None and how)


def _spellings(text: str) -> Iterator[tuple[str, Callable[[str], str]]]:
    """The text as it is, with its first letter small or large, and without its full stop; and back."""
    for end in ("", ".") if text.endswith(".") else ("",):
        body = text.removesuffix(end)
        yield body, partial(_spelled, None, end)
        if body[:1].isalpha():
            yield body[:1].swapcase() + body[1:], partial(_spelled, body[:1].isupper(), end)


def _spelled(large: bool | None, end: str, text: str) -> str:
    first = text[:1] if large is None else text[:1].upper() if large else text[:1].lower()
    return first + text[1:] + end


def _literal(template: str) -> str:
    return "".join(text for text, *_ in Formatter().parse(template))


def _pattern(template: str) -> re.Pattern[str]:
    """Matches what the template makes. A placeholder with a format stands for a number."""
    parts, seen = [], set()
    for text, name, spec, _ in Formatter().parse(template):
        parts.append(re.escape(text))
        if name is not None:
            again = f"(?P={name})"
            parts.append(again if name in seen else f"(?P<{name}>{'-?[0-9.]+' if spec else '.+?'})")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _bare(template: str) -> str:
    """The template for values that are text already."""
    return "".join(
        text.replace("{", "{{").replace("}", "}}") + (f"{{{name}}}" if name is not None else "")
        for text, name, _, _ in Formatter().parse(template)
    )
