"""What the reps of a clip are like: how fast, how far, and what is wrong with which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from samples.studio.draw import pick
from samples.studio.script import RepPlan
from samples.studio.timing import Stroke

#: Mild and severe limit of a fault, in its unit.
Limits = tuple[float, float]
#: Share of a swung lift, and of a dropped return, that lies between 10 and 90 % of the height: limits of
#: tempo are told for that part.
SWUNG: Final = Stroke(0.0, 1.0, 0.0, 1.0, 1.0, swung=True).control()[0][0]
DROPPED: Final = Stroke(0.0, 1.0, 0.0, 1.0, 1.0, falls="back").control()[1][0]
#: How much the length of one rep varies around the clip's pace.
JITTER: Final = 0.1
#: Fatigue by the last rep: slower and shallower by these shares.
SLOWER, SHALLOWER = 0.33, 0.12
#: A rep that is swung has next to no pause, s.
SWING_PAUSE_S: Final = 0.06


def draw_reps(
    random: np.random.Generator,
    rules: Mapping[str, Any],
    habits: Sequence[str],
    limits: Mapping[str, Limits],
    *,
    standing: bool,
) -> tuple[RepPlan, ...]:
    """The reps of one clip.

    Args:
        random: The clip's generator.
        rules: The tables ``reps`` and ``faults`` of the suite.
        habits: The faults that this clip is about.
        limits: Of the faults that have a size.
        standing: Whether the lift is standing up.
    """
    reps, faults = rules["reps"], rules["faults"]
    (count,) = pick(random, reps["count"])
    pace_s = random.uniform(*pick(random, reps["pace_s"]))
    plans = [_clean(random, reps, pace_s, standing=standing) for _ in range(count)]
    wrong = set(_faulty(random, count, faults))
    order = _cycle(random, habits)
    for i in range(count):
        if random.random() < reps["partial_share"] and i not in wrong:
            plans[i] = replace(plans[i], amplitude=random.uniform(*reps["partial_amplitude"]))
        elif i in wrong:
            several = 2 if len(habits) > 1 and random.random() < faults["second_share"] else 1
            for fault in dict.fromkeys(next(order) for _ in range(several)):
                plans[i] = _with_fault(random, plans[i], fault, faults, limits)
    if random.random() < reps["fatigue_share"]:
        plans = [_tired(plan, i / (count - 1)) for i, plan in enumerate(plans)]
    if random.random() < reps["pause_share"]:
        i = int(random.integers(1, count - 1))
        plans[i] = replace(plans[i], rest_s=plans[i].rest_s + random.uniform(*reps["pause_seconds"]))
    return tuple(plans)


def _clean(random: np.random.Generator, reps: Mapping[str, Any], pace_s: float, *, standing: bool) -> RepPlan:
    lift_s, hold_s, lower_s, rest_s = (
        round(pace_s * share * random.uniform(1 - JITTER, 1 + JITTER), 3) for share in reps["shares"]
    )
    least_s = reps["least_s"]
    return RepPlan(
        amplitude=round(random.uniform(*reps["amplitude"]), 3),
        lift_s=max(lift_s, least_s["standing_up" if standing else "lift"]),
        hold_s=hold_s,
        lower_s=max(lower_s, least_s["lower"]),
        rest_s=rest_s,
    )


def _faulty(random: np.random.Generator, count: int, faults: Mapping[str, Any]) -> Iterator[int]:
    (share,) = pick(random, faults["share"])
    wrong = int(count * share + random.random())  # rounded up or down so that the mean is right
    yield from (int(i) for i in random.permutation(count)[:wrong])


def _cycle(random: np.random.Generator, habits: Sequence[str]) -> Iterator[str]:
    while habits:
        yield from (habits[i] for i in random.permutation(len(habits)))


def _with_fault(
    random: np.random.Generator,
    plan: RepPlan,
    fault: str,
    faults: Mapping[str, Any],
    limits: Mapping[str, Limits],
) -> RepPlan:
    (grade,) = pick(random, [[grade, faults[grade]["share"]] for grade in ("sub", "mild", "severe")])
    if fault == "momentum":
        lift_s = random.uniform(*faults[fault][grade]) / SWUNG
        pause_s = min(SWING_PAUSE_S, plan.hold_s)
        return replace(plan, lift_s=round(lift_s, 3), hold_s=pause_s, rest_s=pause_s, swung=True)
    if fault == "dropped_return":
        lower_s = random.uniform(*faults[fault][grade]) / DROPPED
        return replace(plan, lower_s=round(lower_s, 3), dropped=True)
    limit = dict(zip(("mild", "severe"), limits[fault], strict=True))
    low, high = (times * limit[name] for times, name in (faults[grade]["from"], faults[grade]["to"]))
    high = min(high, faults["most"].get(fault, high))
    return replace(plan, faults={**plan.faults, fault: round(random.uniform(min(low, high), high), 2)})


def _tired(plan: RepPlan, progress: float) -> RepPlan:
    """A rep of somebody who tires; a fall or a swing stays as fast as it is."""
    slower = 1 + SLOWER * progress
    return replace(
        plan,
        amplitude=round(plan.amplitude * (1 - SHALLOWER * progress), 3),
        lift_s=plan.lift_s if plan.swung else round(plan.lift_s * slower, 3),
        lower_s=plan.lower_s if plan.dropped else round(plan.lower_s * slower, 3),
    )


def seconds_of(plan: RepPlan) -> float:
    """How long a rep takes with the rest after it."""
    return plan.lift_s + plan.hold_s + plan.lower_s + plan.rest_s
