"""What the deadlifts share: signals that tell them apart, and the faults of back and bar."""

from formcheck.spec import Along

#: Height of the shoulders over the feet: the same from every low camera, whether the trunk leans towards it or
#: across.
TALL = Along("shoulders", "up", than="ankles")
SIDE = "Put the camera square to your side."
