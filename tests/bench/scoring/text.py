"""The terminal's view: narrow, one line for each thing that an engineer turns a knob for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from tests.bench.scoring import stats
from tests.bench.scoring.headline import Line, least_f1
from tests.bench.scoring.measures import Figures
from tests.bench.scoring.readings import Measured, Reading
from tests.bench.scoring.truth import Role

#: The least change of a figure that is shown; the stored ones are rounded to 0.0001.
STILL = 0.0002


def value(x: float | None, kind: str = "%") -> str:
    """A figure for people; "–" where nothing was measured."""
    if x is None or math.isnan(x):
        return "–"
    if kind == "%":
        return f"{100 * x:.1f}"
    return f"{x:.1f}°" if kind == "°" else f"{x:.3g}"


def mark(met: bool | None) -> str:
    """A sign for a target: reached, missed, not measured."""
    return {True: "✓", False: "✗", None: "·"}[met]


def goal(line: Line) -> str:
    """A target with its direction."""
    return f"{'≥' if line.target.best == 'high' else '≤'} {value(line.target.value, line.target.kind)}"


def interval(line: Line) -> str:
    """The 95 % interval, empty without one."""
    low, high = line.interval
    return "" if math.isnan(low) else f"{value(low)}–{value(high)}"


def headline(lines: Sequence[Line], before: Mapping[str, float]) -> Iterator[str]:
    """The headline, each line with its change since the stored figures."""
    for line in lines:
        kind = line.target.kind
        step = line.value - before.get(line.target.id, math.nan)
        change = "" if math.isnan(step) else "=" if abs(step) < STILL else f"{step:+.3g}"
        if kind == "%" and change not in ("", "="):
            change = f"{100 * step:+.1f}"
        shown = value(line.value, kind) + ("%" if kind == "%" else "")
        yield (
            f"{mark(line.met)} {line.target.label:38s} {shown:>8s}  {goal(line):>8s}"
            f"  {interval(line):>12s}  n {line.n:<6d} {change}"
        )


def faults(table: Mapping[str, Figures], false_cues: Mapping[str, int]) -> Iterator[str]:
    """One line for each exercise and fault."""
    columns = f"{'pos':>4s} {'judg':>5s} {'fp':>3s} {'fn':>3s} {'prec':>5s} {'rec':>5s} {'F1':>5s}"
    yield f"  {'where it shows':34s} {columns} {'severe':>8s} {'unk.due':>8s} {'unk.hid':>8s} {'cues':>4s}"
    for name, f in table.items():
        shown = f["visible"]
        met = None if math.isnan(shown["f1"]) else shown["f1"] >= least_f1(name.split(".")[1])
        counts = f"{shown['positive']:4d} {shown['judged']:5d} {shown['fp']:3d} {shown['fn']:3d}"
        rates = " ".join(f"{value(shown[key]):>5s}" for key in ("precision", "recall", "f1"))
        shares = (
            _of(f[key], rate)
            for key, rate in (("severe", "recall"), ("unknown_due", "rate"), ("unknown_invisible", "rate"))
        )
        rest = " ".join(f"{x:>8s}" for x in shares)
        yield f"{mark(met)} {name:34.34s} {counts} {rates} {rest} {false_cues.get(name, 0):4d}"


def _of(figures: Figures, rate: str) -> str:
    return f"{100 * figures[rate]:.0f}/{figures['n']}" if figures["n"] else "–"


def groups(table: Mapping[str, Mapping[str, Figures]]) -> Iterator[str]:
    """Breakdowns, where there is more than one group."""
    columns = "".join(
        f"{name:>9s}" for name in ("clips", "exact", "phantom", "F1", "cues", "unk.due", "azimuth")
    )
    yield f"  {'group':44s}{columns}"
    for kind, by_name in table.items():
        for name, g in by_name.items() if len(by_name) > 1 else ():
            cells = (
                str(g["clips"]),
                value(g["exact"]),
                str(g["phantoms"]),
                value(g["f1"]),
                value(g["false_cues"], ""),
                value(g["unknown_due"]),
                value(g["azimuth"], "°"),
            )
            title = name if kind == "view" else f"{kind} {name}"
            yield f"  {title:44.44s}" + "".join(f"{x:>9s}" for x in cells)


def times(figures: Figures) -> str:
    """Medians and 95th percentiles of the two delays."""
    count, verdict = figures["count_s"], figures["verdict_s"]
    return (
        f"  after the end of the rep: count {count['median']:+.2f} s (95 %: {count['p95']:+.2f}), "
        f"verdict {verdict['median']:+.2f} s ({verdict['p95']:+.2f})"
    )


def misses(clips: Sequence[Measured]) -> Iterator[str]:
    """Clips whose counts are wrong: what to look at first."""
    for c in clips:
        wrong = [f"{found} for {wanted}" for wanted, found in c.sets if found != wanted]
        if c.partials[1]:
            wrong.append(f"{c.partials[1]} of {c.partials[0]} partial counted")
        wrong += [f"phantom {exercise} at {t:.1f} s" for exercise, t in c.phantoms]
        if wrong:
            yield f"  {c.clip.name:38.38s} {c.clip.view:26s} {', '.join(wrong)}"


def detail(clips: Sequence[Measured], fault: str) -> Iterator[str]:
    """One line for each rep and fault; `fault` is an id, with or without its exercise. * is recommended."""
    yield (
        f"{'clip':36s} {'rep':>3s} {'true az/el':>10s} {'est.':>8s} {'size':>9s} {'grade':6s} {'sight':5s}"
        f" {'value':>7s} {'limits':>11s}"
    )
    for c in clips:
        for r in c.readings:
            if fault in (r.fault, f"{r.exercise}.{r.fault}"):
                yield _detail(c, r)


def spread(clips: Sequence[Measured], fault: str) -> Iterator[str]:
    """What the fault reads by true view and commanded grade: where a limit could stand."""
    groups: dict[tuple[str, str], dict[str, list[float]]] = {}
    for c in clips:
        for r in c.readings:
            if fault in (r.fault, f"{r.exercise}.{r.fault}") and r.judged:
                grade = r.commanded.grade if r.role is Role.POSITIVE else str(r.role)
                limits = f"{r.limit:g}/{r.severe:g}"
                groups.setdefault((f"{r.exercise}: {c.clip.view}", limits), {}).setdefault(grade, []).append(
                    r.value
                )
    columns = "".join(f"{name:>27s}" for name in ("negative", "mild", "severe"))
    yield f"{'values by true view: n, 5 – 50 – 95 %':44s} {'limits':>11s}{columns}"
    for (view, limits), read in sorted(groups.items()):
        cells = (_quantiles(read.get(grade, [])) for grade in ("negative", "mild", "severe"))
        yield f"{view:44.44s} {limits:>11s}" + "".join(f"{cell:>27s}" for cell in cells)


def _quantiles(values: Sequence[float]) -> str:
    if not values:
        return "–"
    low, middle, high = (stats.quantile(values, q) for q in (0.05, 0.5, 0.95))
    return f"{len(values)}: {low:.1f} – {middle:.1f} – {high:.1f}"


def _detail(c: Measured, r: Reading) -> str:
    size = f"{r.commanded.size:g}{r.commanded.unit}" if r.commanded.size else ""
    place = f"{c.clip.azimuth_deg:.0f}/{c.clip.elevation_deg:.0f}{'*' if c.clip.recommended else ' '}"
    estimated = "" if math.isnan(r.azimuth_deg) else f"{r.azimuth_deg:.0f}/{r.elevation_deg:.0f}"
    limits = "" if math.isnan(r.limit) else f"{r.limit:g}/{r.severe:g}"
    read = "" if math.isnan(r.value) else f"{r.value:.2f}"
    reason = f": {r.reason[:60]}" if r.reason else ""
    return (
        f"{c.clip.name:36.36s} {r.rep:3d} {place:>10s} {estimated:>8s} {size:>9s} {r.commanded.grade:6s}"
        f" {r.sight[:5]:5s} {read:>7s} {limits:>11s} {right(r)} {r.verdict}{reason}"
    )


def right(r: Reading) -> str:
    """A sign for a verdict: right, wrong, not scored."""
    if not r.judged or r.role is Role.BETWEEN:
        return "·"
    return "✓" if r.flagged == (r.role is Role.POSITIVE) else "✗"
