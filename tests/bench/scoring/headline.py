"""The headline: the project's targets, and what was measured against each."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from tests.bench.scoring import measures
from tests.bench.scoring.measures import PRIMARY, Figures
from tests.bench.scoring.readings import Measured, Reading
from tests.bench.scoring.stats import Interval
from tests.bench.scoring.truth import Clip

#: Least F1 of a primary and of another fault, and least recall of a severe primary one.
F1_PRIMARY, F1_OTHER, SEVERE_RECALL = 0.92, 0.85, 0.97
NO_INTERVAL = (float("nan"), float("nan"))


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted of one figure.

    Attributes:
        id: Permanent: the baseline is compared by it.
        value: The target.
        best: "high" where more is better, "low" where less is.
        margin: How far it may fall behind its baseline before that is a regression: about what one or two
            changed reps do.
        kind: "%" for shares, "°" and "" for plain numbers.
    """

    id: str
    label: str
    value: float
    best: str
    margin: float
    kind: str = "%"


#: The project's targets, in the order of a reader's interest.
TARGETS = {
    target.id: target
    for target in (
        Target("count_exact", "Sets counted exactly", 0.97, "high", 0.01),
        Target("count_within_one", "Sets within one rep", 0.995, "high", 0.006),
        Target("count_mae", "Mean error, reps per set", 0.03, "low", 0.015, ""),
        Target("phantoms", "Reps counted where there was none", 0, "low", 0, ""),
        Target("partials", "Partial movements counted", 0.02, "low", 0.02),
        Target("f1_primary", "F1, primary faults where they show", F1_PRIMARY, "high", 0.02),
        Target("f1_other", "F1, other faults where they show", F1_OTHER, "high", 0.02),
        Target("severe_recall", "Severe primary faults found", SEVERE_RECALL, "high", 0.02),
        Target("false_cues", "False cues per clean rep", 0.01, "low", 0.005, ""),
        Target("unknown_hidden", "Unknown where it can't be seen", 0.97, "high", 0.01),
        Target("unknown_due", "Unknown in the recommended view", 0.05, "low", 0.02),
        Target("azimuth", "Error of the camera's azimuth, median", 10, "low", 1, "°"),
    )
}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure and its target; `n` is the number of sets, reps, clips or verdicts that it rests on."""

    target: Target
    value: float
    n: int
    interval: Interval = NO_INTERVAL

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where nothing was measured."""
        if math.isnan(self.value):
            return None
        if self.target.best == "high":
            return self.value >= self.target.value
        return self.value <= self.target.value

    def worse_than(self, baseline: float) -> bool:
        """Whether it fell behind a baseline by more than its margin.

        Nothing measured where there was a figure before is worse, too.
        """
        if math.isnan(baseline):
            return False
        lost = baseline - self.value if self.target.best == "high" else self.value - baseline
        return math.isnan(lost) or lost > self.target.margin + 1e-9

    def document(self) -> Figures:
        """For JSON."""
        return {
            "target": asdict(self.target),
            "value": self.value,
            "n": self.n,
            "interval": self.interval,
            "met": self.met,
        }

    @staticmethod
    def of(known: Figures) -> Line:
        """From JSON, where null is what was not measured."""
        low, high = (_number(x) for x in known["interval"])
        return Line(Target(**known["target"]), _number(known["value"]), known["n"], (low, high))


def _number(x: float | None) -> float:
    return float("nan") if x is None else float(x)


def lines(clips: Sequence[Measured]) -> list[Line]:
    """The headline of these clips, in the order of `TARGETS`."""
    count, cues, view = measures.counting(clips), measures.cues(clips), measures.view(clips)
    main = measures.readings(clips, lambda c, r: r.fault in PRIMARY and measures.visible(c, r))
    rest = measures.readings(clips, lambda c, r: r.fault not in PRIMARY and measures.visible(c, r))
    f1 = {"f1_primary": measures.faults(main), "f1_other": measures.faults(rest)}
    severe = measures.severe(main)
    unknown = {
        "unknown_hidden": measures.unknown(measures.readings(clips, measures.invisible)),
        "unknown_due": measures.unknown(measures.readings(clips, measures.due)),
    }
    found: dict[str, tuple[float, int, Interval]] = {
        "count_exact": (count["exact"], count["sets"], count["exact_interval"]),
        "count_within_one": (count["within_one"], count["sets"], count["within_one_interval"]),
        "count_mae": (count["mae"], count["sets"], NO_INTERVAL),
        "phantoms": (count["phantoms"], count["clips"], NO_INTERVAL),
        "partials": (count["partials_share"], count["partials"], count["partials_interval"]),
        **{name: (f["f1"], f["judged"], f["f1_interval"]) for name, f in f1.items()},
        "severe_recall": (severe["recall"], severe["n"], severe["interval"]),
        "false_cues": (cues["per_clean_rep"], cues["clean_reps"], NO_INTERVAL),
        **{name: (u["rate"], u["n"], u["interval"]) for name, u in unknown.items()},
        "azimuth": (view["azimuth_median"], view["clips"], NO_INTERVAL),
    }
    return [Line(target, *found[name]) for name, target in TARGETS.items()]


def by_fault(clips: Sequence[Measured]) -> list[Line]:
    """F1 and severe recall of every fault, over its exercises, where it shows."""
    names = {r.fault for c in clips for r in c.readings}
    out = []
    for name in sorted(names, key=lambda f: (f not in PRIMARY, f)):
        pairs = measures.readings(clips, _only(name))
        f, s, words = measures.faults(pairs), measures.severe(pairs), name.replace("_", " ")
        wanted = Target(f"f1.{name}", words, least_f1(name), "high", 0.04)
        out.append(Line(wanted, f["f1"], f["judged"], f["f1_interval"]))
        wanted = Target(f"severe.{name}", words, SEVERE_RECALL, "high", 0.04)
        out.append(Line(wanted, s["recall"], s["n"], s["interval"]))
    return out


def least_f1(fault: str) -> float:
    """The target of a fault."""
    return F1_PRIMARY if fault in PRIMARY else F1_OTHER


def _only(name: str) -> Callable[[Clip, Reading], bool]:
    return lambda clip, r: r.fault == name and measures.visible(clip, r)
