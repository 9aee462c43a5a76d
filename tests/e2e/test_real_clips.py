"""Real videos that lie beside a developer's checkout and never in it: counted by eye, figures only."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck import FormcheckError, analyze
from formcheck.types import UNRECOGNISED

VIDEOS = Path(__file__).parents[3] / "shared" / "clips" / "videos"
FILES = sorted(VIDEOS.glob("*.*")) if VIDEOS.is_dir() else []

#: File, exercise, reps counted by eye. Walking, running, balancing and swinging a leg are no squats.
COUNTS = (
    ("squat__squats.mp4", "squat", 5),
    ("squat__squat.mp4", "squat", 2),
    ("romanian_deadlift__rdl.mp4", "romanian_deadlift", 3),
    ("deadlift__deadlift.mp4", "sumo_deadlift", 1),  # a sumo, seen from behind
    ("lunge__lunge.mp4", "forward_lunge", 11),
    ("lunge__side_lunge.mp4", "lateral_lunge", 10),
    ("hip_thrust__hip_thrusts.mp4", "hip_thrust", 1),
    ("clamshell__Side-Lying-Clamshells.gif", "clamshell", 1),
    ("russian_twist__russian_twists.mp4", "russian_twist", 6),  # three to each side
    ("walking_lunge__walking_lounge.mp4", "walking_lunge", 3),
    ("bicycle_crunch__bicycle_crunches.mp4", "bicycle_crunch", 2),  # one to each side
    ("glute_bridge__glute-bridges.mp4", "glute_bridge", 3),  # it ends at the top of a fourth
    ("hip_machine__abductor.mp4", "hip_abduction_machine", 1),  # it ends in the turn of another
    ("side_plank__side-plank.mp4", "side_plank_dip", 0),  # it rises into the plank and stays there
    ("walking__demo4.mp4", "squat", 0),
    ("running__demo3.mp4", "squat", 0),
    ("single_leg_balance_multiview__cam01.mp4", "squat", 0),
    ("single_leg_balance_multiview__cam03.mp4", "squat", 0),
    ("standing_hip_abduction__side_to_side_leg_swings.mp4", "squat", 0),
    ("standing_leg_swing_sagittal__front_to_back_leg_swings.mp4", "squat", 0),
)

#: Counted wrong as yet: a pad hides one leg, and the pose model takes the other for both. Published all the
#: same (`tests.bench.scoring.real`), and not asked for here.
WRONG = (("hip_machine__adductor__trim_fullbody.mp4", "hip_adduction_machine", 1),)
#: What each clip shows, where the catalogue has it; everything else has to stay without a name.
NAMES = {file: exercise for file, exercise, reps in (*COUNTS, *WRONG) if reps} | {
    "walking__demo4.mp4": "walking",
    "running__demo3.mp4": "running",
}

pytestmark = pytest.mark.skipif(not FILES, reason=f"no real clips: {VIDEOS.name} is not beside the checkout")


@pytest.mark.parametrize(("file", "exercise", "wanted"), COUNTS)
def test_count_and_name(file: str, exercise: str, wanted: int, tmp_path: Path) -> None:
    landmarks = tmp_path / "landmarks.npz"
    report = analyze(VIDEOS / file, exercise, landmarks=landmarks)
    assert report.count == wanted, [(r.start_s, r.end_s, r.counted) for r in report.reps]
    # It may not be sure; it may not take one exercise for another.
    assert analyze(landmarks).exercise in (NAMES.get(file), UNRECOGNISED)


OTHERS = [f for f in FILES if f.name not in {name for name, *_ in COUNTS}]


@pytest.mark.slow
@pytest.mark.parametrize("file", OTHERS, ids=lambda f: f.stem)
def test_every_clip_runs_through(file: Path) -> None:
    try:
        report = analyze(file, "single_leg_bridge")
    except FormcheckError as error:
        pytest.fail(f"{file.name}: {error}")
    assert report.frames > 1
    assert report.analysed_s > 0
