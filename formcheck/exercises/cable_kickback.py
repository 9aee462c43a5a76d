"""Cable kickback: standing, hands on a support; one straight leg goes back against a cable or a band."""

from formcheck.spec import Cycle, Distance, Exercise, Fitted, Seen

#: Distance of the feet, as angle of the leg behind the vertical.
BACK = Fitted(((0.4, Distance("ankle", "other_ankle")),), "°")
CAMERA = "Put the camera square to your side, at about hip height."

EXERCISE = Exercise(
    id="cable_kickback",
    name="Cable kickback",
    posture="standing",
    side="moving",
    reps=Cycle(BACK, min_range=9, full_range=35),
    gates=(),
    faults=(),
    setup="Lean a little forward from the hips, hands on a support, the cable or band at one ankle.",
    camera=CAMERA,
    best=Seen(azimuth=((65, 115),), elevation=(-20, 35)),
    refs=("docs/thresholds.md: Standing on one leg",),
)
