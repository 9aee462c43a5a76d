"""How long after a rep its count and its cue are said, against the filmed truth.

    python -m tests.bench.said [--split test] [--every 2] [--write docs/live.md]

Recorded landmarks of the studio's sets play through the session, the frames' times for a clock. A rep is over
when the body is back at rest. A fault shows before: its cue waits for the end of the rep, so that it does not
come into the movement and is about the whole of it. What camera, pose model and voice add is measured by
`tests.bench.latency`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from formcheck.exercises import find
from formcheck.session.events import Say
from formcheck.session.plan import Plan
from formcheck.session.session import Session
from formcheck.types import Recording
from tests.bench.hands_free import names
from tests.bench.latency import put
from tests.unit.session.footage import Footage, play, studio, to_and_fro

#: The rest before the first rep is drawn out by so much, s.
HOLD_S = 8.0
#: What is said belongs to the rep that ended so long before or ends so soon, s.
BEFORE_S, AFTER_S = 1.2, 2.0
COUNT_S, CUE_S = 0.4, 0.7


def waited(footage: Footage) -> tuple[Recording, np.ndarray]:
    """The clip from its first rep on, after a long rest; and when its reps turn and end, ``(R, 2)`` s."""
    recording, reps = footage.recording, footage.truth["reps"]
    first = min(r["start_s"] for r in reps)
    rest = to_and_fro(footage.part(first - 0.5, first), HOLD_S)
    on = recording.t >= first
    whole = Recording(
        np.concatenate([rest.t, recording.t[on] - first + HOLD_S]),
        np.concatenate([rest.image, recording.image[on]]),
        np.concatenate([rest.world, recording.world[on]]),
        recording.size,
    )
    return whole, np.array([(r["turn_s"], r["end_s"]) for r in reps]) - first + HOLD_S


def measure(clips: Sequence[str]) -> dict[str, np.ndarray]:
    """Seconds from a rep's end to its count and to its cue, and from its turn to the cue."""
    late: dict[str, list[float]] = {"count": [], "cue": [], "cue_turn": []}
    for name in clips:
        footage = studio(name)
        if not footage.truth["exercise"] or not footage.truth["reps"]:
            continue
        rules = find(footage.truth["exercise"])
        session = Session(rules, plan=Plan.of(rules, sets=1, reps=None, side=footage.truth["side"]))
        recording, times = waited(footage)
        log = play(session, recording)
        for event in log.of(Say):
            if event.kind not in ("count", "cue") or (event.kind == "count" and not event.text.isdigit()):
                continue
            since = event.t - times[:, 1]
            near = np.flatnonzero((since > -BEFORE_S) & (since < AFTER_S))
            if len(near):
                k = near[np.argmin(np.abs(since[near]))]
                late[event.kind].append(float(since[k]))
                if event.kind == "cue":
                    late["cue_turn"].append(float(event.t - times[k, 0]))
    return {kind: np.array(values) for kind, values in late.items()}


def table(late: dict[str, np.ndarray], command: str) -> str:
    """The page's section."""
    rows = []
    for kind, what, limit in (
        ("count", "count after the rep's end", COUNT_S),
        ("cue", "cue after the rep's end", CUE_S),
        ("cue_turn", "cue after the rep's turn, where most faults are at their worst", None),
    ):
        found = late[kind]
        median, most = np.percentile(found, (50, 95))
        share = f"≤ {limit} s: {100 * np.mean(found <= limit):.1f} %" if limit else ""
        rows.append(f"| {what} | {len(found)} | {median:+.2f} s | {most:+.2f} s | {share} |\n")
    head = "| what | said | median | 95 % | wanted, and how many are |\n|---|---|---|---|---|\n"
    return f"Made by `{command}`.\n\n{head}{''.join(rows)}"


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    ask.add_argument("--split", choices=("tune", "test", "all"), default="test")
    ask.add_argument("--every", type=int, default=1, help="only each so many'th clip")
    ask.add_argument("--exercise", default="")
    ask.add_argument("--write", type=Path, help="put the table into this page")
    args = ask.parse_args()
    clips = [n for n in names(args.split) if args.exercise in n][:: args.every]
    only = f" --exercise {args.exercise}" if args.exercise else ""
    every = f" --every {args.every}" if args.every > 1 else ""
    text = table(measure(clips), f"python -m tests.bench.said --split {args.split}{only}{every}")
    print(text)
    if args.write:
        put(args.write, "said", text)


if __name__ == "__main__":
    main()
