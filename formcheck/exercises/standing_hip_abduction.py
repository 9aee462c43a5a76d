"""Standing hip abduction: on one leg, the other one goes out to the side, straight."""

from formcheck.spec import Cycle, Distance, Exercise, Fitted, Seen

#: Distance of the feet, as angle of the leg out from the vertical.
OUT = Fitted(((0.4, Distance("ankle", "other_ankle")),), "°")
CAMERA = "Put the camera straight in front of you, at about hip height."

EXERCISE = Exercise(
    id="standing_hip_abduction",
    name="Standing hip abduction",
    posture="standing",
    side="moving",
    reps=Cycle(OUT, min_range=9, full_range=33),
    gates=(),
    faults=(),
    setup="Stand tall on one leg, hands on the hips or on a support, cable or band at the other ankle.",
    camera=CAMERA,
    best=Seen(azimuth=((0, 25), (155, 180)), elevation=(-20, 35)),
    refs=("docs/thresholds.md: Standing on one leg",),
)
