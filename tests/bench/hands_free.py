"""How a session behaves without a hand on the keyboard, measured on recorded landmarks.

    python -m tests.bench.hands_free [--split tune|test|all] [--only gestures|starts|sets]

- gestures: signs seen in clips in which nobody gives one; each would pause or end a set.
- starts: sets begun in clips in which nobody exercises, for every exercise that could have been asked for.
- sets: clips of one set with the rest before it drawn out: begun, counted as the engine alone counts, ended.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence

from formcheck.app.fold import fold
from formcheck.exercises import find
from formcheck.session.events import Gestured, Moved, SetDone
from formcheck.session.gestures import Gestures
from formcheck.session.plan import Plan
from formcheck.session.session import Session
from formcheck.session.sight import Sight
from tests.unit.session.footage import STUDIO, Log, frames, held, play, studio


def names(split: str) -> list[str]:
    """Clips of the studio, by name."""
    truths = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in STUDIO.glob("*.json")}
    return sorted(name for name, truth in truths.items() if split in ("all", truth["split"]))


def gestures(clips: Sequence[str]) -> None:
    """Signs in clips without signs."""
    seconds, fired, near = 0.0, Counter[str](), Counter[str]()
    for name in clips:
        recording, watch, sight = studio(name).recording, Gestures(), Sight()
        seconds += float(recording.t[-1] - recording.t[0])
        longest: dict[str, float] = {}
        for t, image, world in frames(recording):
            sight.add(t, image, world)
            sign = watch.update(t, image, sight.torso)
            if sign:
                longest[sign.name] = max(longest.get(sign.name, 0.0), sign.held_s)
                if sign.fired:
                    fired[sign.name] += 1
                    print(f"  {name}: {sign.name} at {t:.1f} s")
        near.update(k for k, v in longest.items() if v > 0.4)
    print(f"signs: {sum(fired.values())} in {len(clips)} clips, {seconds / 60:.0f} minutes {dict(fired)}")
    print(f"  lasted 0.4 s or more: {dict(near)}")


def starts(clips: Sequence[str], exercises: Sequence[str]) -> None:
    """Sets begun in clips of life."""
    begun, counted, tries, seconds = Counter[str](), 0, 0, 0.0
    life = [name for name in clips if name.startswith("life")]
    for name in life:
        footage = studio(name)
        for exercise in exercises:
            session = Session(find(exercise))
            log = play(session, footage.recording)
            tries += 1
            seconds += float(footage.recording.t[-1])
            went = [e for e in log.of(Moved) if e.state == "set"]
            reps = sum(r.count for r in session.records) + (session._record.count if session._record else 0)
            counted += reps
            if went:
                begun[f"{exercise} in {footage.truth['scene']}"] += 1
                print(f"  {name} {footage.truth['scene']}: {exercise} at {went[0].t:.1f} s, {reps} reps")
            for sign in log.of(Gestured):
                print(f"  {name}: {sign.name} at {sign.t:.1f} s")
    print(
        f"starts: {sum(begun.values())} in {tries} runs ({seconds / 60:.0f} minutes), {counted} reps counted"
    )


def sets(clips: Sequence[str]) -> None:
    """Sets that are meant."""
    table: dict[str, Counter[str]] = {}
    for name in clips:
        footage = studio(name)
        if not footage.truth["exercise"]:
            continue
        rules = find(footage.truth["exercise"])
        recording = held(footage, 18.0, 14.0)
        plan = Plan.of(rules, sets=1, reps=None, side=footage.truth["side"])
        session = Session(rules, plan=plan)
        log = play(session, recording)
        alone = sum(r.counted for r in fold(recording, rules).reps)
        row = table.setdefault(rules.id, Counter())
        row["clips"] += 1
        row.update(told(log, alone, footage.truth["count"], name))
    for exercise, row in table.items():
        print(f"{exercise:18} {'  '.join(f'{k} {v}' for k, v in sorted(row.items()))}")


def told(log: Log, alone: int, true: int, name: str) -> dict[str, int]:
    """What became of one set."""
    went = [e for e in log.of(Moved) if e.state == "set"]
    done = log.of(SetDone)
    count = sum(e.count for e in done)
    out = {
        "begun": bool(went),
        "begun in 7 s": bool(went) and went[0].t < 8,
        "as engine": count == alone,
        "exact": count == true,
        "engine exact": alone == true,
        "ended once": len(done) == 1,
    }
    why = " ".join(e.why for e in done) or (went and "not ended") or "not begun"
    if count != alone or len(done) != 1:
        print(f"  {name}: {count}, engine {alone}, true {true}; {why}")
    return {k: int(v) for k, v in out.items()}


def main() -> None:
    """The command line."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    ask.add_argument("--split", choices=("tune", "test", "all"), default="all")
    ask.add_argument("--only", choices=("gestures", "starts", "sets"))
    ask.add_argument("--exercise", default="")
    args = ask.parse_args()
    clips = [n for n in names(args.split) if args.exercise in n]
    exercises = ("clamshell", "side_leg_raise", "fire_hydrant", "single_leg_bridge", "squat")
    if args.only in (None, "gestures"):
        gestures(clips)
    if args.only in (None, "starts"):
        starts(clips, exercises)
    if args.only in (None, "sets"):
        sets(clips)


if __name__ == "__main__":
    main()
