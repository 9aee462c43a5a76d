"""Learns the model that recognises exercises: ``python -m tests.bench.learn FOLDER… [--folds] [--write]``.

Learns from the tune split. ``--folds`` tells how well it does with people of that split that it has not seen:
each of them is left out once, with a few others. ``--without d06,d07`` keeps people for later, and
``--check test`` measures the package's model; ``--only d06,d07`` looks at these people alone.

Classes are the exercises of the catalogue that have recordings, and "none"; the two machines that only differ
in where they rest are one (`recognise.twins`).
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from formcheck.app.parts import recognised
from formcheck.geometry import Floats
from formcheck.recognise import load as package
from formcheck.recognise import stretches
from formcheck.recognise.looks import NAMES
from formcheck.recognise.model import NONE, PARTS, Model, hats, off
from formcheck.recognise.segments import SURE

from .footage import Filmed, gather, look_at

MODEL = Path(__file__).parents[2] / "formcheck" / "recognise" / "model.npz"
#: Points of each curve, at these percentiles of what is seen. Three bend once; seven learnt the people.
AT = (2, 50, 98)
#: Gradient descent (Adam, Kingma 2015): looks at once, rounds, step, pull towards flat curves.
BATCH, ROUNDS, STEP, FLAT = 256, 4, 5e-3, 1e-2
#: Share of the numbers that are covered in each step: no class may hang on few of them.
COVERED = 0.3
#: "None" weighs as much as so many exercises.
NONE_WEIGHS = 3.0
#: A class is left when the distance is beyond this percentile of its own times a margin. People who were left
#: out are told equally well with 1.1, 1.5 and 2; real gyms are farther from what is rendered.
FAR_AT, FAR_MARGIN = 99.5, 2.0
#: People are left out in so many groups.
FOLDS = 5
#: The exercise is asked for so long after the second rep, s (as in `scoring.readings`).
ASKED_S = 0.5

#: An exercise, and what it was told for: after two reps, in all.
Pair = tuple[str, str | None, str | None]


def learn(filmed: Sequence[Filmed]) -> Model:
    """Fits the curves: multinomial logistic regression, each class weighing the same."""
    looks = np.array([row for one in filmed for row in one.rows], np.float32)
    names = [name for one in filmed for name in one.names]
    classes = (*sorted(set(names) - {NONE}), NONE)
    label = np.array([classes.index(n) for n in names])
    knots = np.percentile(looks, AT, axis=0).T.astype(np.float32)
    knots += np.arange(len(AT), dtype=np.float32) * 1e-4  # no two of them in one place
    weights, bias = _descend(looks, label, knots, len(classes))
    spread = looks.std(0)
    centre = np.stack([np.median(looks[label == c], axis=0) for c in range(len(classes))])
    width = np.stack([np.maximum(looks[label == c].std(0), 0.15 * spread) for c in range(len(classes))])
    distance = off(looks, centre[label], width[label])
    far = np.array([FAR_MARGIN * np.percentile(distance[label == c], FAR_AT) for c in range(len(classes))])
    return Model(classes, knots, weights, bias, centre, width, far)


def _descend(looks: Floats, label: Floats, knots: Floats, many: int) -> tuple[Floats, Floats]:
    """``(F, K, C)`` heights of the curves and ``(C,)`` biases."""
    rng = np.random.default_rng(0)
    count = np.bincount(label, minlength=many)
    each = np.where(label == many - 1, NONE_WEIGHS, 1.0) / count[label]
    each = (each / each.mean()).astype(np.float32)
    found = [np.zeros((knots.size, many), np.float32), np.zeros(many, np.float32)]
    first, second = ([np.zeros_like(x) for x in found] for _ in range(2))
    steps = ROUNDS * (len(looks) // BATCH)
    step = 0
    for _ in range(ROUNDS):
        order = rng.permutation(len(looks))
        for batch in np.split(order[: len(looks) // BATCH * BATCH], len(looks) // BATCH):
            step += 1
            x = hats(looks[batch], knots)
            x = (x * (rng.random((BATCH, len(knots), 1), np.float32) > COVERED)).reshape(BATCH, -1)
            score = x @ found[0] + found[1]
            p = np.exp(score - score.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            p[np.arange(BATCH), label[batch]] -= 1
            slope = p * each[batch, None] / BATCH
            rate = STEP * 0.5 * (1 + np.cos(np.pi * step / steps))
            for i, back in enumerate((x.T @ slope, slope.sum(0))):
                first[i] += 0.1 * (back - first[i])
                second[i] += 0.01 * (back**2 - second[i])
                even = np.sqrt(second[i] / (1 - 0.99**step)) + 1e-7
                found[i] -= rate * first[i] / (1 - 0.9**step) / even
            found[0] *= 1 - rate * FLAT
    return found[0].reshape(len(knots), len(AT), many), found[1]


def save(model: Model, path: Path = MODEL) -> None:
    """Writes the model, half precision where that is enough: the curves are smooth."""
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


def told(one: Filmed, model: Model, until_s: float, during: tuple[float, float]) -> str | None:
    """What most of a span is taken for, of what was seen until then."""
    seen = one.recording.t <= until_s
    share: dict[str | None, float] = defaultdict(float)
    for s in stretches(one.recording.t[seen], one.recording.image[seen], one.recording.world[seen], model):
        name = s.guess.exercise if s.guess.confidence >= SURE else None
        share[name] += max(0.0, min(s.end_s, during[1]) - max(s.start_s, during[0]))
    return max(share, key=lambda n: share[n], default=None)


def folds(filmed: Sequence[Filmed]) -> None:
    """Prints how sets of people are told who were left out."""
    people = sorted({one.person for one in filmed})
    pairs: list[Pair] = []
    for left_out in (people[i::FOLDS] for i in range(FOLDS)):
        model = learn([one for one in filmed if one.person not in left_out])
        pairs += _pairs([one for one in filmed if one.person in left_out], model)
        print(f"  without {', '.join(left_out)}: {len(pairs)} sets", flush=True)
    _print(pairs)


def _pairs(filmed: Iterable[Filmed], model: Model) -> list[Pair]:
    """What each set is, what it is told for when its second rep is over, and what from the whole film."""
    out = []
    for one in filmed:
        if one.exercise and len(one.reps) > 1:
            start, second, end = one.reps[0][0], one.reps[1][2], one.reps[-1][2]
            two = told(one, model, second + ASKED_S, (start, second))
            out.append((one.exercise, two, told(one, model, np.inf, (start, end))))
    return out


def _print(pairs: list[Pair]) -> None:
    for i, when in ((1, "after two reps"), (2, "in all")):
        right = np.mean([p[i] == p[0] for p in pairs])
        silent = np.mean([p[i] is None for p in pairs])
        print(f"{when}: {len(pairs)} sets, {right:.3f} right, {silent:.3f} silent")
    for name in sorted({p[0] for p in pairs}):
        mine = [p for p in pairs if p[0] == name]
        wrong = Counter(p[2] or "nothing" for p in mine if p[2] != name)
        print(f"  {name:24s} {len(mine):3d} {sum(p[1] == name for p in mine):3d}"
              f" {sum(p[2] == name for p in mine):3d}  {dict(wrong)}")  # fmt: skip


def check(filmed: Sequence[Filmed]) -> None:
    """Prints how the package's model tells sets, and what it takes other movement for."""
    _print(_pairs(filmed, package()))
    without = [one for one in filmed if not one.sets and one.exercise is None]
    minutes = sum(float(one.recording.t[-1] - one.recording.t[0]) for one in without) / 60
    starts = Counter(
        part.rules.id
        for one in without
        for part in recognised(one.recording).parts
        if not part.rules.informative and any(rep.counted for rep in part.folded.reps)
    )
    print(f"false starts: {starts.total()} in {minutes:.1f} min: {dict(starts)}")


def main() -> None:
    """Learns, reports, and writes with ``--write``."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("--folds", action="store_true", help="leave each person out once")
    ask.add_argument("--write", action="store_true")
    ask.add_argument("--without", default="", metavar="NAMES", help="people who are left out")
    ask.add_argument("--only", default="", metavar="NAMES", help="the only people who are looked at")
    ask.add_argument("--check", choices=("tune", "test"), help="how the package's model does on a split")
    said = ask.parse_args()
    without, only = ([name for name in names.split(",") if name] for names in (said.without, said.only))
    filmed = gather(said.folders, said.check or "tune", without=without, only=only)
    if said.check:
        check(filmed)
        return
    for one in filmed:
        if one.scene != "walking":  # who walks about is neither an exercise nor none
            look_at(one)
    many = sum(len(one.rows) for one in filmed)
    print(f"{len(filmed)} recordings, {many} looks, {len(NAMES)} numbers")
    if said.folds:
        folds(filmed)
    if said.write:
        save(learn(filmed))
        print(f"wrote {MODEL} ({MODEL.stat().st_size / 1000:.0f} kB)")


if __name__ == "__main__":
    main()
