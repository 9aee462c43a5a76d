"""What the movements that passed every gate were like: who is like them may miss a gate narrowly."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from formcheck.engine.counter import Span
from formcheck.geometry import Floats, nanmedian
from formcheck.spec import Gate

#: So many tell what the others of a person are like.
ENOUGH: Final = 3
#: As high and as long as they: shares of theirs. In 903 clips of the tune half and of people of their own,
#: 23 reps of sets in which three and more pass missed a gate, all but one with 0.79 to 1.67 of the others'
#: median height and all with 0.89 to 1.58 of their time; three movements that were no reps had 0.53 to 0.62
#: of their height.
HIGH: Final = (0.7, 1.75)
LONG: Final = (0.6, 1.7)
#: Between which percentiles the others' heights lie: in a twist one side may read half of the other.
OTHERS: Final = (20, 80)
#: A gate is missed narrowly by so much of its unit (% of the trunk, or degrees), or by this share of the
#: way that the others' median lies inside: where the landmarks are poor, one ankle is taken for the
#: other, and feet that are four trunks apart in one lunge read one and a half in the next. Of these 23,
#: 21 miss by less.
NARROW: Final = 15.0
INSIDE: Final = 0.33


@dataclass(slots=True)
class Peers:
    """The counted movements of a person that passed every gate.

    Attributes:
        rises: Their heights in the counted signal.
        lasted_s: How long they took.
        values: What each of the exercise's gates read; NaN where it was not seen.
    """

    rises: list[float] = field(default_factory=list)
    lasted_s: list[float] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)

    def add(self, span: Span, values: Floats) -> None:
        """One more that passed every gate, and what they read."""
        self.rises.append(span.rise)
        self.lasted_s.append(span.end_s - span.start_s)
        self.values.append(values)

    def excuse(self, span: Span, values: Floats, gates: tuple[Gate, ...]) -> bool:
        """Whether a movement that missed a gate is like those that did not, and missed it narrowly.

        Gates tell one exercise from another. In the middle of a set, a movement as high and as long as the
        others that misses one by a hair is the same exercise, seen less well: in a real twist the one in
        whose rise the film begins.
        """
        if len(self.rises) < ENOUGH or not (span.counted and span.whole_fall):
            return False
        low, high = np.percentile(self.rises, OTHERS)
        long = (span.end_s - span.start_s) / float(np.median(self.lasted_s))
        if not (HIGH[0] * low <= span.rise <= HIGH[1] * high and LONG[0] <= long <= LONG[1]):
            return False
        usual = nanmedian(np.array(self.values))
        inside = [INSIDE * gate.inside(x) for gate, x in zip(gates, usual, strict=True)]
        return all(
            not gate.inside(x) < -max(NARROW, far)
            for gate, x, far in zip(gates, values, np.nan_to_num(inside), strict=True)
        )
