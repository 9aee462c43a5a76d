"""A person's own limits, from a TOML file: what may be let pass, and from where on it matters.

::

    [squat.knee_valgus]
    ignore = true              # never judged

    [squat.forward_lean]
    mild = 20                  # in the unit that `formcheck explain squat` names
    severe = 32

    [clamshell.feet_apart]
    ease = 1.5                 # later by half of the gap between mild and severe; below 1 earlier
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from formcheck.engine import control
from formcheck.errors import UsageError
from formcheck.exercises import catalogue
from formcheck.spec import Exercise, Fault, Limits, SpecError

#: Where the file lies when nobody names one, in the user's folder for settings.
NAME = "limits.toml"


class Own(BaseModel):
    """What a person wants of one fault."""

    model_config = ConfigDict(extra="forbid", strict=True)

    ignore: bool = False
    ease: float | None = Field(default=None, gt=0, le=5)
    mild: float | None = None
    severe: float | None = None


@dataclass(frozen=True, slots=True)
class OwnLimits:
    """All of a file.

    Attributes:
        faults: By exercise and fault.
        path: Where they were read; for messages.
    """

    faults: Mapping[str, Mapping[str, Own]] = field(default_factory=dict)
    path: str = ""

    def ignored(self, exercise: str) -> frozenset[str]:
        """Faults that are not judged."""
        return frozenset(name for name, own in self.faults.get(exercise, {}).items() if own.ignore)

    def applied(self, exercise: Exercise) -> Exercise:
        """The exercise with these limits in place of its own.

        Raises:
            UsageError: A severe limit would not lie beyond the mild one, or beyond what is believed.
        """
        mine = self.faults.get(exercise.id, {})
        if not mine:
            return exercise
        faults = tuple(self._fault(exercise, f, mine[f.id]) if f.id in mine else f for f in exercise.faults)
        return replace(exercise, faults=faults)

    def _fault(self, exercise: Exercise, fault: Fault, own: Own) -> Fault:
        ways = []
        for way in fault.ways:
            try:
                eased = way if own.ease is None else way.eased(own.ease)
                mild = eased.limits.mild if own.mild is None else own.mild
                severe = eased.limits.severe if own.severe is None else own.severe
                if own.mild is not None:  # whoever sets a limit knows what is usual for this body
                    eased = replace(eased, ok_to=float("inf"), certain=float("-inf"))
                ways.append(replace(eased, limits=Limits(mild, severe)))
            except SpecError as error:
                raise UsageError(f"{self.path}: [{exercise.id}.{fault.id}]: {error}") from error
        return replace(fault, ways=tuple(ways))


def find_file() -> Path | None:
    """The user's own file, if there is one."""
    from platformdirs import user_config_path

    path = user_config_path("formcheck") / NAME
    return path if path.exists() else None


def load(path: Path) -> OwnLimits:
    """Reads and checks a file.

    Raises:
        UsageError: It cannot be read, or names what there is not.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: could not be read: {error.strerror}", hint="check the name") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}", hint="it should be TOML, such as [squat.knee_valgus]") from error
    known = catalogue()
    for name in told:
        if name not in known:
            raise _unknown(path, "exercise", name, known)
    limits = OwnLimits({name: _faults(path, known[name], faults) for name, faults in told.items()}, str(path))
    for name in told:
        limits.applied(known[name])  # contradictions come out now and not in the set
    return limits


def _faults(path: Path, exercise: Exercise, told: object) -> dict[str, Own]:
    """What is wanted of one exercise's faults."""
    if not isinstance(told, dict):
        raise UsageError(f"{path}: {exercise.id} is no table", hint=f"write [{exercise.id}.FAULT]")
    allowed = control.faults_of(exercise)
    out = {}
    for fault, values in told.items():
        where = f"[{exercise.id}.{fault}]"
        if fault not in allowed:
            raise _unknown(path, f"fault of {exercise.id}", fault, allowed)
        own, definition = _own(path, where, values), allowed[fault]
        if isinstance(definition, Fault):
            _one_unit(path, where, definition, own)
        elif not own.ignore:
            raise UsageError(
                f"{path}: {where}: control of movement has one limit for all", hint="only ignore"
            )
        out[fault] = own
    return out


def _own(path: Path, where: str, values: object) -> Own:
    try:
        return Own.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "it"
        raise UsageError(
            f"{path}: {where}: {key}: {first['msg'].lower()}", hint="known: ignore, ease, mild, severe"
        ) from error


def _one_unit(path: Path, where: str, fault: Fault, own: Own) -> None:
    """A number needs one meaning; a fault that is read in two units from two sides has none."""
    units = {way.measure.signal.unit for way in fault.ways}
    if (own.mild is not None or own.severe is not None) and len(units) > 1:
        raise UsageError(
            f"{path}: {where}: it is read in {' and in '.join(sorted(units))}, depending on the camera",
            hint="use ease in place of mild and severe",
        )


def _unknown(path: Path, kind: str, name: str, known: Mapping[str, object]) -> UsageError:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}?" if near else f"known: {', '.join(known)}"
    return UsageError(f"{path}: unknown {kind} '{name}'", hint=hint)
