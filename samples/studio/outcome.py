"""What the reps of a stretch were in the end: measured on the skeleton, told as the truth."""

from __future__ import annotations

from typing import Any, Final

from samples.studio import motion
from samples.studio.exercising import Exercising
from samples.studio.motion.faults import FaultInfo
from samples.studio.script import PARTIAL, RepPlan, RepTruth
from samples.studio.timing import Stroke

#: A fault is told in the truth from this share of its mild limit on.
TOLD: Final = 0.4
#: Control of movement, 10 to 90 % (docs/thresholds.md: Control of movement).
CONTROL: Final = {
    "momentum": FaultInfo("s", 0.60, 0.40, (), less=True),
    "dropped_return": FaultInfo("s", 0.60, 0.35, (), less=True),
}


def reps_of(part: Exercising, offset: float) -> list[RepTruth]:
    """What was done in a stretch that begins at `offset` s."""
    if not part.strokes:
        return []
    move, body = part.move, part.body
    start, turned = part.start(), part.turned()
    full = float(move.angle(body, move.pose(body, 1.0, {}, part.style).solve())[0])
    rest = float(move.angle(body, start)[0])
    angle = move.angle(body, turned)
    sizes = move.measure(body, start, turned, part.style)
    for name, depth in motion.passed(move).items():
        sizes[name] = move.measure(body, start, part.turned(depth), part.style)[name]
    limits = motion.limits(move, body, part.style)
    out = []
    for i, (stroke, plan) in enumerate(zip(part.strokes, part.plans, strict=True)):
        counted = plan.amplitude >= PARTIAL
        faults: dict[str, dict[str, Any]] = {}
        for name, info in limits.items():
            value = float(sizes[name][i])
            # A partial rep is not judged; only what was commanded is told of it.
            if name in plan.faults or (counted and info.share(value) >= TOLD):
                faults[name] = {"value": round(value, 2), "unit": info.unit, "grade": info.grade(value)}
        faults |= _control(move, stroke, plan)
        out.append(
            RepTruth(
                start_s=offset + stroke.start,
                turn_s=offset + stroke.turn,
                end_s=offset + stroke.end,
                counted=counted,
                amplitude=(float(angle[i]) - rest) / (full - rest),
                angle_start=rest,
                angle_turn=float(angle[i]),
                faults=faults,
                side=("left", "right")[i % 2] if part.alternating else "",
            )
        )
    return out


def _control(move: motion.Motion, stroke: Stroke, plan: RepPlan) -> dict[str, dict[str, Any]]:
    """Momentum, if it was commanded; a dropped return, if it was commanded or is quick enough to be one.

    A quick lift alone is no momentum: that takes a throw without a stop. A squat has none.
    """
    if getattr(move, "FLOWS", False):
        return {}
    out, back = stroke.control()
    lowers_first = motion.lowers_first(move)
    told = {"momentum": out} if plan.swung and not lowers_first else {}
    lowering = out if lowers_first else back
    if plan.dropped or CONTROL["dropped_return"].grade(lowering[0]) != "sub":
        told["dropped_return"] = lowering
    return {
        name: {
            "value": round(seconds, 3),
            "unit": "s",
            "grade": CONTROL[name].grade(seconds),
            "peak_per_s": round(speed, 2),
        }
        for name, (seconds, speed) in told.items()
    }
