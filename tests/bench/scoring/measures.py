"""Figures from measured clips: counts, faults, cues, times, views. Every figure says how many it rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from formcheck.exercises import find
from tests.bench.scoring import stats, views
from tests.bench.scoring.readings import Measured, Reading
from tests.bench.scoring.truth import Clip, Role, Sight

Figures = dict[str, Any]
Pairs = Sequence[tuple[Clip, Reading]]

#: Faults that an exercise stands or falls with.
PRIMARY = (
    "hip_roll_back",
    "feet_apart",
    "pelvis_rotation",
    "torso_twist",
    "pelvis_drop",
    "momentum",
    "knee_valgus",
    "shallow",
)
#: A rule speaks in a view where it judges at least this share of the reps.
SPEAKS = 0.1


def counting(clips: Sequence[Measured]) -> Figures:
    """Reps against reps for each set, what was made up, and partial movements."""
    sets = [one for clip in clips for one in clip.sets]
    off = [abs(found - wanted) for wanted, found in sets]
    exact, near = sum(d == 0 for d in off), sum(d <= 1 for d in off)
    without = [c for c in clips if c.clip.exercise is None]
    partials, counted = (sum(c.partials[k] for c in clips) for k in (0, 1))
    return {
        "sets": len(sets),
        "reps": sum(wanted for wanted, _ in sets),
        "exact": stats.ratio(exact, len(sets)),
        "exact_interval": stats.wilson(exact, len(sets)),
        "within_one": stats.ratio(near, len(sets)),
        "within_one_interval": stats.wilson(near, len(sets)),
        "mae": stats.mean(off),
        "too_many": sum(found > wanted for wanted, found in sets),
        "too_few": sum(found < wanted for wanted, found in sets),
        "phantoms": sum(len(c.phantoms) for c in clips),
        "named_phantoms": sum(len(c.named) for c in without),
        "named_clips": sum(bool(c.named) for c in without),
        "phantom_clips": sum(bool(c.phantoms) for c in clips),
        "phantoms_without_exercise": sum(len(c.phantoms) for c in without),
        "clips_without_exercise": len(without),
        "clips": len(clips),
        "partials": partials,
        "partials_counted": counted,
        "partials_share": stats.ratio(counted, partials),
        "partials_interval": stats.wilson(counted, partials),
    }


def live(clips: Sequence[Measured]) -> Figures:
    """Counting with a camera, where nothing that was said can be taken back."""
    sets = [one for clip in clips for one in clip.live]
    partials, counted = (sum(c.live_partials[k] for c in clips) for k in (0, 1))
    return {
        "sets": len(sets),
        "exact": stats.ratio(sum(wanted == found for wanted, found in sets), len(sets)),
        "within_one": stats.ratio(sum(abs(wanted - found) <= 1 for wanted, found in sets), len(sets)),
        "partials_share": stats.ratio(counted, partials),
    }


def by_exercise(clips: Sequence[Measured]) -> dict[str, Figures]:
    """What each exercise is to be judged by: clips from where it asks for the camera."""
    groups: dict[str, list[Measured]] = defaultdict(list)
    for clip in clips:
        if clip.clip.recommended and clip.clip.exercise:
            groups[clip.clip.exercise].append(clip)
    out = {}
    for name, group in sorted(groups.items()):
        count, said = counting(group), cues(group)
        main = faults(readings(group, lambda c, r: r.fault in PRIMARY and visible(c, r)))
        out[name] = {
            **{key: count[key] for key in ("sets", "exact", "within_one")},
            **{key: main[key] for key in ("f1", "f1_interval", "judged")},
            "positive": main["tp"] + main["fn"],
            "false_cues": said["per_clean_rep"],
            "clean_reps": said["clean_reps"],
        }
    return out


def readings(clips: Iterable[Measured], wanted: Callable[[Clip, Reading], bool] | None = None) -> Pairs:
    """The readings that are wanted, each with its clip."""
    return [(c.clip, r) for c in clips for r in c.readings if wanted is None or wanted(c.clip, r)]


def visible(_: Clip, reading: Reading) -> bool:
    """The fault shows in this projection."""
    return reading.sight is Sight.VISIBLE


def invisible(_: Clip, reading: Reading) -> bool:
    """It does not."""
    return reading.sight is Sight.INVISIBLE


def due(clip: Clip, reading: Reading) -> bool:
    """It shows, and the camera stands where the product asks for it."""
    return clip.advised(reading.fault) and reading.sight is Sight.VISIBLE


def faults(pairs: Pairs) -> Figures:
    """Found or not, over the reps with a verdict; reps between a trace and mild are left out."""
    scored = [(clip.recording, r) for clip, r in pairs if r.role is not Role.BETWEEN]
    by_clip = {clip: np.zeros(3, int) for clip, r in scored if r.judged}
    for clip, r in scored:
        if r.judged:
            there = r.role is Role.POSITIVE
            by_clip[clip] += (there and r.flagged, r.flagged and not there, there and not r.flagged)
    counts = np.array(list(by_clip.values()), int).reshape(-1, 3)
    tp, fp, fn = (int(x) for x in counts.sum(0))
    judged = sum(r.judged for _, r in scored)
    return {
        "n": len(scored),
        "positive": sum(r.role is Role.POSITIVE for _, r in scored),
        "judged": judged,
        "unknown": stats.ratio(len(scored) - judged, len(scored)),
        "tp": tp,
        "fp": fp,
        "fn": fn,
        "precision": stats.ratio(tp, tp + fp),
        "precision_interval": stats.wilson(tp, tp + fp),
        "recall": stats.ratio(tp, tp + fn),
        "recall_interval": stats.wilson(tp, tp + fn),
        "f1": stats.f1(tp, fp, fn),
        "f1_interval": stats.clustered_f1(counts),
    }


def severe(pairs: Pairs) -> Figures:
    """Recall of severe, visible faults.

    No verdict is a miss in the recommended view and is left out elsewhere: there, unknown is honest.
    """
    asked = [
        r.flagged
        for clip, r in pairs
        if r.commanded.grade == "severe"
        and r.sight is Sight.VISIBLE
        and not r.early
        and (r.judged or clip.advised(r.fault))
    ]
    return {
        "n": len(asked),
        "recall": stats.ratio(sum(asked), len(asked)),
        "interval": stats.wilson(sum(asked), len(asked)),
    }


def confusion(pairs: Pairs) -> dict[str, dict[str, int]]:
    """Commanded grade against verdict."""
    table: dict[str, Counter[str]] = {
        grade: Counter() for grade in ("absent", "trace", "between", "mild", "severe")
    }
    for _, r in pairs:
        if r.role is Role.POSITIVE:
            grade = r.commanded.grade
        elif r.role is Role.BETWEEN:
            grade = "between"
        else:
            grade = "trace" if r.commanded.size else "absent"
        table[grade][r.verdict] += 1
    return {
        grade: {v: row[v] for v in ("ok", "mild", "severe", "unknown", "lost")}
        for grade, row in table.items()
    }


def unknown(pairs: Pairs) -> Figures:
    """How often there is no verdict on a rep that was found."""
    seen = [r for _, r in pairs if r.verdict != "lost" and not r.early]
    k = sum(not r.judged for r in seen)
    return {"n": len(seen), "rate": stats.ratio(k, len(seen)), "interval": stats.wilson(k, len(seen))}


def cues(clips: Sequence[Measured]) -> Figures:
    """Faults called on reps with nothing wrong."""
    clean = [(c, r) for c in clips for r in c.readings if r.clean and r.verdict != "lost"]
    reps = len({(c.clip.recording, r.rep) for c, r in clean})
    false = [(c, r) for c, r in clean if r.flagged]
    spoilt = len({(c.clip.recording, r.rep) for c, r in false})
    sets = [n for c in clips for n in c.clean_sets]
    return {
        "clean_reps": reps,
        "false": len(false),
        "per_clean_rep": stats.ratio(len(false), reps),
        "reps_with": stats.ratio(spoilt, reps),
        "reps_with_interval": stats.wilson(spoilt, reps),
        "clean_sets": len(sets),
        "per_clean_set": stats.mean(sets),
        "by_fault": dict(Counter(f"{r.exercise}.{r.fault}" for _, r in false).most_common()),
    }


def times(clips: Iterable[Measured]) -> Figures:
    """Seconds from the commanded end of a rep to its count and to its verdict."""
    kept = list(clips)
    out: Figures = {}
    for name in ("count_s", "verdict_s"):
        values = [x for c in kept for x in getattr(c, name)]
        out[name] = {
            "n": len(values),
            "median": stats.quantile(values, 0.5),
            "p95": stats.quantile(values, 0.95),
        }
    return out


def view(clips: Iterable[Measured]) -> Figures:
    """Errors of the estimated camera: one value for each clip, the median of its reps."""
    kept = [c for c in clips if c.clip.exercise]
    azimuth = [stats.quantile(c.azimuth_error_deg, 0.5) for c in kept]
    elevation = [stats.quantile(c.elevation_error_deg, 0.5) for c in kept]
    return {
        "clips": int(np.isfinite(azimuth).sum()),
        "azimuth_median": stats.quantile(azimuth, 0.5),
        "azimuth_p95": stats.quantile(azimuth, 0.95),
        "elevation_bias": stats.quantile(elevation, 0.5),
        "elevation_median": stats.quantile([abs(x) for x in elevation], 0.5),
        "posture": stats.mean([c.posture for c in kept]),
    }


def by_direction(clips: Iterable[Measured]) -> dict[str, Figures]:
    """`view` for each posture and bin of true azimuth."""
    groups: dict[str, list[Measured]] = defaultdict(list)
    for c in clips:
        if c.clip.exercise:
            posture = find(c.clip.exercise).posture
            groups[f"{posture}: {views.direction(posture, c.clip.azimuth_deg)}"].append(c)
    return {name: view(group) for name, group in sorted(groups.items())}


def per_fault(pairs: Pairs) -> dict[str, Figures]:
    """For each exercise and fault: overall, by view, confusion, unknown where it shows and where not."""
    groups: dict[str, list[tuple[Clip, Reading]]] = defaultdict(list)
    for clip, r in pairs:
        groups[f"{r.exercise}.{r.fault}"].append((clip, r))
    return {name: one_fault(group) for name, group in sorted(groups.items())}


def one_fault(pairs: Pairs) -> Figures:
    """All figures of one fault."""
    shown = [one for one in pairs if visible(*one)]
    by_view: dict[str, Figures] = {}
    for name in sorted({clip.view for clip, _ in pairs}):
        here = [one for one in pairs if one[0].view == name]
        by_view[name] = faults(here) | {"sight": dict(Counter(str(r.sight) for _, r in here))}
    return {
        "visible": faults(shown),
        "all": faults(pairs),
        "severe": severe(pairs),
        "unknown_due": unknown([one for one in pairs if due(*one)]),
        "unknown_invisible": unknown([one for one in pairs if invisible(*one)]),
        "confusion": confusion(shown),
        "views": by_view,
        "speaks": [v for v, f in by_view.items() if f["n"] and 1 - f["unknown"] >= SPEAKS],
    }


def recognition(clips: Sequence[Measured]) -> Figures:
    """Which exercise it is: right after two reps and from the whole clip, and false starts where none is."""
    doing = [c for c in clips if c.sets]
    without = [c for c in clips if c.clip.exercise is None]
    minutes = sum(c.seconds for c in without) / 60
    starts = sum(len({name for name, _ in c.phantoms}) for c in without)
    names = sorted({c.clip.exercise for c in doing if c.clip.exercise})
    return {
        "clips": len(doing),
        "after_two": stats.ratio(sum(c.after_two == c.clip.exercise for c in doing), len(doing)),
        "in_all": stats.ratio(sum(c.in_all == c.clip.exercise for c in doing), len(doing)),
        "in_all_interval": stats.wilson(sum(c.in_all == c.clip.exercise for c in doing), len(doing)),
        "silent": stats.ratio(sum(c.in_all is None for c in doing), len(doing)),
        "false_starts": starts,
        "minutes": minutes,
        "by_exercise": {
            name: {
                "clips": len(mine),
                "after_two": sum(c.after_two == name for c in mine),
                "in_all": sum(c.in_all == name for c in mine),
                "taken_for": dict(Counter(c.in_all or "nothing" for c in mine if c.in_all != name)),
            }
            for name in names
            for mine in [[c for c in doing if c.clip.exercise == name]]
        },
    }
