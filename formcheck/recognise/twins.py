"""Two machines with one movement: knees apart and together again, told by where they rest.

Against the pads the knees are pressed apart and rest together, or the other way round. In between both look
the same, so a look knows only one class for them, and a whole stretch tells which it is: who sits down,
pauses, or waits for the first rep does so where the machine lets go.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.geometry import Floats
from formcheck.recognise.film import COLUMN, Film
from formcheck.recognise.looks import HIGH, LEAST_FRAMES, LOW, calm

#: What the model calls both: the first one, whose knees rest together. The second's rest apart.
TWINS: Final = ("hip_abduction_machine", "hip_adduction_machine")
#: The sign that is shown.
SIGN: Final = "knees apart, at rest"
_READ: Final = ("knees apart sideways", "thighs apart", "knees apart in space")
#: An end is this share of the way.
END: Final = 0.15
#: Chance that the knees rest apart, from where they rest: logistic. Fitted on 5 s in the middle of the tune
#: split's 18 sets, of which it tells 73 in 100; of whole sets, with the rest before them, 16 of 18.
SLOPE, OFFSET = 6.5, 0.3


def rest(reel: Film, start_s: float, end_s: float) -> float:
    """Where the knees rest, from -0.75 together to 0.75 apart; 0 where nobody was seen long enough."""
    first, last = np.searchsorted(reel.t, [start_s, end_s])
    if last - first < LEAST_FRAMES:
        return 0.0
    still = calm(reel.pace[first:last])
    return float(
        np.mean([_rest(reel.t[first:last], reel.common[first:last, COLUMN[n]], still) for n in _READ])
    )


def apart(where: float) -> float:
    """Chance that knees which rest there rest apart."""
    return float(1 / (1 + np.exp(-(SLOPE * where + OFFSET))))


def _rest(t: Floats, x: Floats, still: Floats) -> float:
    """Where one number is while it and while the body is still, and at which end it is longer."""
    low, high = np.quantile(x, [LOW, HIGH])
    way = max(float(high - low), 1e-3)
    share = (x - (low + high) / 2) / way
    smooth = np.convolve(np.pad(x, 2, mode="edge"), np.ones(5) / 5, "valid")
    own = calm(np.abs(np.gradient(smooth, t)) / way)
    longer = float((share > 0.5 - END).mean() - (share < END - 0.5).mean())
    return float(own @ share + still @ share + longer) / 2
