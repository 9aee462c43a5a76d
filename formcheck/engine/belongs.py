"""Whether a movement is one of the exercise: its posture, that it ends where it began, its gates."""

from __future__ import annotations

import numpy as np

from formcheck.engine import judge
from formcheck.engine.counter import Span
from formcheck.engine.peers import Peers
from formcheck.engine.phases import Phases
from formcheck.features import posture as postures
from formcheck.features import view as views
from formcheck.features.body import LEAST_TORSO_PX, Window, median
from formcheck.geometry import Bools, nanmedian
from formcheck.landmarks import LEFT, RIGHT
from formcheck.spec import Exercise

#: Of what is still to go when it counts, so much more is let pass, torsos: getting down goes on further.
#: A real squat that was still rising when it counted had moved by 0.37, where 0.35 are let pass otherwise.
TO_GO = 0.1
#: The last stretch of what was seen of a movement belongs to its end too, s: the person is turned round for
#: three frames now and then, and the rest may not have been seen yet.
END_S = 0.4


def belongs(exercise: Exercise, window: Window, cut: Phases, span: Span, peers: Peers) -> bool:
    """Posture at rest and the exercise's gates. What was not seen does not speak against a rep.

    Args:
        peers: The movements before that passed every gate; one more where this one does, too.
    """
    if window.torso < LEAST_TORSO_PX:
        return False
    rest, turned = cut.masks["rest"], window.t > cut.turn_s
    # Before and after each for itself: getting down to the floor begins standing and looks like a squat.
    # What ends elsewhere than it began is no rep either.
    after = (rest & turned) | (window.t > window.t[-1] - END_S)
    before = rest & ~turned
    for frames, whole in ((before, before.any()), (after, span.whole_fall)):
        # Where the recording cuts it, what was seen first or last is a part of the movement.
        first = frames if frames.any() else window.t < window.t[0] + END_S
        if not postures.fits(exercise.posture, window, first, at_rest=bool(whole)):
            return False
    if before.any() and span.whole_fall:
        # A rep counts when a third of the way back is still to go: some of it is not held against it.
        to_go = median(cut.progress[after]) * _moved(window, before, cut.masks["top"])
        near = exercise.reps.drift + float(np.clip(to_go, 0.0, TO_GO))
        if _moved(window, before, after) > near:
            return False
    seen = exercise.reps.seen
    if seen and not views.inside(seen, window, *views.angles(window.camera, exercise.posture, window.side)):
        return False
    values = np.array([judge.gate_value(gate, window, cut) for gate in exercise.gates])
    if any(gate.inside(x) < 0 for gate, x in zip(exercise.gates, values, strict=True)):
        return peers.excuse(span, values, exercise.gates)
    if span.counted:
        peers.add(span, values)
    return True


def _moved(window: Window, before: Bools, after: Bools) -> float:
    """How far half of the body's points are from where they were, torsos; NaN where too little was seen."""
    points = [table[j] for table in (LEFT, RIGHT) for j in ("shoulder", "hip", "knee", "ankle")]
    way = nanmedian(window.xy[after][:, points]) - nanmedian(window.xy[before][:, points])
    return median(np.linalg.norm(way, axis=-1)) / window.torso
