"""What the deadlifts share: signals that tell them apart, and the faults of back and bar.

Hips and shoulders rise by different amounts, which shows from every low camera: in a squat they rise alike, in
a Romanian deadlift the hips hardly do, and pulling from the floor lies in between.
"""

from formcheck.spec import Along, Combine, Distance, Gate, OfBoth, Ratio

#: Heights over the feet, in the picture: whether the trunk leans towards the camera or across does not matter.
TALL = Along("shoulders", "up", than="ankles")
HIPS = Along("hips", "up", than="ankles")
#: How far the trunk comes up by itself.
TRUNK = TALL - HIPS
#: Hands that hang down to the bar.
HANDS = OfBoth("min", Along("wrist", "up", than="ankle"))
#: How wide the feet stand, % of the shoulders.
STANCE = Ratio(Distance("ankle", "other_ankle", "world"), Distance("shoulder", "other_shoulder", "world"))
SIDE = "Put the camera square to your side."

FROM_THE_FLOOR = (
    Gate(HANDS.typical("rest"), high=95, what="the hands reach the bar on the floor"),
    Gate(Combine(HIPS, TALL, -0.3).shift("top"), low=0, what="knees and hips straighten together"),
)
