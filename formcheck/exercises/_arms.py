"""How the arms are held: what tells a squat with a bar, with dumbbells or with one weight from one without.

The landmarks see hands and not what is in them: arms that hang are taken for arms with dumbbells, and hands
together before the chest for a goblet.
"""

from formcheck.spec import Along, Condition, Distance, Seen, Variant

HEIGHT = Along("wrists", "up", than="shoulders")
#: In the world, so that it is told from the side as well.
APART = Distance("wrist", "other_wrist", "world")
#: Crossed arms have each hand on the other side; that shows from the front.
IN_ORDER = Along("wrist", "out", than="other_wrist")
#: From above, hands that are held out ahead look as low as hands that hang.
HANDS = Seen(elevation=(-90, 28), joints=("wrist",))
FRONT = Seen(azimuth=((0, 28),), elevation=(-90, 28), joints=("wrist", "other_wrist"))

#: % of the torso, medians of the tune split's sets, and real footage. Hands' height at rest and at the turn:
#: bar -17–11 and 3–7 (real -4–4 and -9–7), goblet and crossed arms -34–-15 and -63–-24, arms held out
#: -119–-99 and -34–23, hanging -107 and -105. Apart at the turn: bar 144–221 (real 100–144), goblet and
#: crossed 17–47, held out 68–134. In order, at the turn from the front: goblet 29–38, crossed -24.
VARIANTS = (
    Variant(
        "barbell",
        "with a bar, or hands at the shoulders",
        (
            Condition(HEIGHT.typical("rest"), low=-50, seen=HANDS),
            Condition(HEIGHT.typical("turn"), low=-14, seen=HANDS),
            Condition(APART.typical("turn"), low=72, seen=HANDS),
        ),
    ),
    Variant(
        "goblet",
        "with a weight at the chest",
        (
            Condition(HEIGHT.typical("rest"), low=-60, high=0, seen=HANDS),
            Condition(HEIGHT.typical("turn"), low=-80, high=-14, seen=HANDS),
            Condition(APART.typical("turn"), high=57, seen=HANDS),
            Condition(IN_ORDER.typical("turn"), low=8, seen=FRONT),
        ),
    ),
    Variant(
        "dumbbell",
        "with dumbbells, or arms that hang",
        (
            Condition(HEIGHT.typical("rest"), high=-75, seen=HANDS),
            Condition(HEIGHT.typical("turn"), high=-70, seen=HANDS),
        ),
    ),
    # Held out ahead while sitting down; from the front, crossed.
    Variant(
        "bodyweight",
        "without a weight",
        (
            Condition(HEIGHT.typical("rest"), high=-75, seen=HANDS),
            Condition(HEIGHT.typical("turn"), low=-55, seen=HANDS),
        ),
    ),
    Variant(
        "bodyweight",
        "without a weight",
        (
            Condition(HEIGHT.typical("rest"), low=-60, high=0, seen=HANDS),
            Condition(APART.typical("turn"), high=57, seen=HANDS),
            Condition(IN_ORDER.typical("turn"), high=-8, seen=FRONT),
        ),
    ),
)
