"""Learns the model that recognises exercises: ``python -m tests.bench.learn FOLDER… [--write]``.

Learns from the tune split and reports on the test split: people, rooms, lenses and camera angles that it has
not seen. Classes are the exercises of the catalogue that have recordings, and "none".
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from formcheck.app.fold import repaired
from formcheck.exercises import catalogue
from formcheck.geometry import Floats
from formcheck.recognise.looks import NAMES, SPAN_S, film, look
from formcheck.recognise.model import NONE, PARTS, Model, hats
from formcheck.sources.recording import load

MODEL = Path(__file__).parents[2] / "formcheck" / "recognise" / "model.npz"
STEP_S = 0.5
#: Points of each curve, at these percentiles of what is seen.
AT = (1, 10, 25, 50, 75, 90, 99)
#: Weight of the squared heights and of their second differences: smooth curves generalise.
SMALL, SMOOTH = 0.5, 1.0
#: A class is left when the distance is beyond this percentile of its own times a margin.
FAR_AT, FAR_MARGIN = 99.5, 3.0
#: At least this share of a look must lie in the set to be of it; nothing of it to be none.
MOST = 0.8


def examples(path: Path) -> tuple[list[Floats], list[str]]:
    """The looks at a recording and what each is."""
    known = json.loads(path.with_suffix(".json").read_text())
    recording = repaired(load(path))
    reel = film(recording.t, recording.image, recording.world)
    sets = _sets(known)
    rows, names = [], []
    for start in np.arange(recording.t[0], max(recording.t[-1] - SPAN_S, recording.t[0]) + 1e-6, STEP_S):
        row = look(reel, start, start + SPAN_S)
        if row is None:
            continue
        shares = {e: max(0.0, min(b, start + SPAN_S) - max(a, start)) / SPAN_S for e, a, b in sets}
        name = max(shares, key=lambda e: shares[e], default=NONE)
        share = shares.get(name, 0.0)
        if share >= MOST:
            rows.append(row)
            names.append(name)
        elif share <= 0.1:
            rows.append(row)
            names.append(NONE)
    return rows, names


def _sets(known: dict[str, object]) -> list[tuple[str, float, float]]:
    """Exercise, start and end of each set of a clip."""
    scene = str(known.get("scene") or "")
    if "gait" in known:  # walking or running from the first frame to the last
        return [(scene.split("_", maxsplit=1)[0], -np.inf, np.inf)]
    acts = known.get("acts")
    if isinstance(acts, list):
        return [(act["exercise"], act["reps"][0]["start_s"], act["reps"][-1]["end_s"]) for act in acts]
    reps = known.get("reps") or []
    assert isinstance(reps, list)
    out: dict[tuple[str, int], list[float]] = {}
    for rep in reps:
        key = (str(rep.get("exercise") or known["exercise"]), int(rep.get("segment", 0)))
        out.setdefault(key, []).extend((rep["start_s"], rep["end_s"]))
    return [(name, min(times), max(times)) for (name, _), times in out.items() if name != "None"]


def learn(looks: Floats, names: list[str]) -> Model:
    """Fits the curves: multinomial logistic regression, each class weighing the same."""
    classes = (*sorted(set(names) - {NONE}), NONE)
    label = np.array([classes.index(n) for n in names])
    knots = np.nanpercentile(looks, AT, axis=0).T
    knots += np.arange(len(AT)) * 1e-6  # no two of them in one place
    x = hats(looks, knots).reshape(len(looks), -1)
    count = np.bincount(label, minlength=len(classes))
    each = (1 / count)[label] / len(classes)
    each[label == classes.index(NONE)] *= 2  # many kinds of movement are one class
    width = x.shape[1]
    truth = np.eye(len(classes))[label]

    def loss(flat: Floats) -> tuple[float, Floats]:
        w = flat[: -len(classes)].reshape(width, -1)
        score = x @ w + flat[-len(classes) :]
        score -= score.max(1, keepdims=True)
        p = np.exp(score)
        p /= p.sum(1, keepdims=True)
        curves = w.reshape(len(knots), len(AT), -1)
        bend = np.diff(curves, 2, axis=1)
        cost = -(each * np.log(p[np.arange(len(p)), label] + 1e-12)).sum()
        cost += SMALL * np.square(w).mean() * len(classes) + SMOOTH * np.square(bend).mean() * len(classes)
        slope = each[:, None] * (p - truth)
        back = np.zeros_like(curves)
        back[:, :-2] += bend
        back[:, 1:-1] -= 2 * bend
        back[:, 2:] += bend
        gradient = x.T @ slope + 2 * SMALL * len(classes) * w / w.size
        gradient += 2 * SMOOTH * len(classes) * back.reshape(width, -1) / bend.size
        return float(cost), np.concatenate([gradient.ravel(), slope.sum(0)])

    found = minimize(loss, np.zeros(width * len(classes) + len(classes)), jac=True, method="L-BFGS-B",
                     options={"maxiter": 400})  # fmt: skip
    weights = found.x[: -len(classes)].reshape(len(knots), len(AT), -1)
    spread = np.nanstd(looks, axis=0)
    centre = np.stack([np.nanmedian(looks[label == c], axis=0) for c in range(len(classes))])
    wide = np.stack([np.nanstd(looks[label == c], axis=0) for c in range(len(classes))])
    wide = np.maximum(np.nan_to_num(wide, nan=np.inf), 0.15 * spread)
    centre = np.nan_to_num(centre)
    off = np.minimum(np.square((looks - centre[label]) / wide[label]), 25.0)
    distance = np.nanmean(off, axis=1)
    far = np.array([FAR_MARGIN * np.percentile(distance[label == c], FAR_AT) for c in range(len(classes))])
    return Model(classes, knots, weights, found.x[-len(classes) :], centre, wide, far)


def save(model: Model, path: Path = MODEL) -> None:
    """Writes the model, half precision: the curves are smooth."""
    np.savez_compressed(
        path,
        classes=np.array(model.classes),
        **{
            name: getattr(model, name).astype(
                np.float32 if name in ("knots", "centre", "width") else np.float16
            )
            for name in PARTS
        },
    )


def gather(folders: Iterable[Path], split: str) -> tuple[Floats, list[str], list[str]]:
    """All looks of a split: numbers, classes, clips."""
    rows: list[Floats] = []
    names: list[str] = []
    clips: list[str] = []
    known = catalogue()
    for folder in folders:
        for path in sorted(folder.glob("*.npz")):
            truth = json.loads(path.with_suffix(".json").read_text())
            if truth.get("split") != split or truth.get("scene") == "walking":
                continue  # walking is neither an exercise nor none
            these, called = examples(path)
            called = [n if n in known else NONE for n in called]
            rows += these
            names += called
            clips += [path.stem] * len(these)
    return np.array(rows), names, clips


def main() -> None:
    """Learns, reports, and writes with ``--write``."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("--write", action="store_true")
    said = ask.parse_args()
    looks, names, _ = gather(said.folders, "tune")
    model = learn(looks, names)
    print(f"{len(looks)} looks, {len(NAMES)} numbers, {len(model.classes)} classes")
    for split in ("tune", "test"):
        x, called, clips = gather(said.folders, split)
        if not len(x):
            continue
        best = np.argmax(model.log_odds(x), axis=1)
        right = np.array([model.classes[b] == n for b, n in zip(best, called, strict=True)])
        print(f"{split}: {len(x)} looks, {right.mean():.3f} right")
        for name in model.classes:
            mine = np.array([n == name for n in called])
            wrong = [model.classes[b] for b, m, r in zip(best, mine, right, strict=True) if m and not r]
            said_for = {w: wrong.count(w) for w in sorted(set(wrong))}
            if mine.any():
                print(f"  {name:24s} {mine.sum():5d} {right[mine].mean():.3f} {said_for}")
        bad = {c: sum(1 for d, r in zip(clips, right, strict=True) if d == c and not r) for c in set(clips)}
        print("  worst clips:", sorted(((n, c) for c, n in bad.items() if n > 4), reverse=True)[:12])
    if said.write:
        save(model)
        print(f"wrote {MODEL} ({MODEL.stat().st_size / 1000:.0f} kB)")


if __name__ == "__main__":
    main()
