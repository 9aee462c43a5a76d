"""What the two machines have in common: seated, both thighs at once, the back on the pad.

All sizes are % of the torso's length unless they are degrees.
"""

from formcheck.spec import Distance, Fault, Fitted, Lean, Scaled, Seen, Way, at_most

#: How far knees and feet are apart in the picture. The feet are nearer to the lens and go further; from the side
#: they are all that is left to see. A leg taken for the other one takes one of the two with it, not both.
APART = Fitted(((0.5, Distance("knee", "other_knee")), (0.5, Distance("ankle", "other_ankle"))), "% torso")
TOGETHER = Scaled(APART, -1.0)
CAMERA = "Put the camera halfway between front and side, at knee height."
TRUNK = ("shoulder", "hip")
#: The way forwards shows in the picture by as much as the camera stands beside the front.
LEANING = Lean("hips", "shoulders")


def diagonal(*joints: str, low: float = 38, high: float = 75) -> Seen:
    """From diagonally in front."""
    return Seen(azimuth=((low, high),), elevation=(-40, 45), joints=joints, where=CAMERA)


def trunk_rock() -> Fault:
    """A trunk that helps."""
    return Fault(
        "trunk_rock",
        (
            Way(LEANING.change("top"), at_most(9, severe=18), diagonal(*TRUNK, low=65, high=120)),
            Way(LEANING.change("top"), at_most(6.5, severe=13), diagonal(*TRUNK, high=65)),
            Way(LEANING.change("top"), at_most(4.5, severe=9), diagonal(*TRUNK, low=20, high=38), clears=False),
        ),
        cue="Keep your back on the pad",
        why="A trunk that rocks does part of the work of the hips.",
        limb=(("shoulder", "hip"),),
        name="rocking trunk",
        weight=14,
        primary=True,
        source="thresholds, Core and machines",
    )
