"""Where the body touches the floor."""

from __future__ import annotations

from samples.studio.rotation import Floats
from samples.studio.body import Body, Ints
from samples.studio.skeleton import Posed, skin

# So many points are 3 cm apart: what lies between is less than 1 cm lower.
PROBES = 600


def probes(body: Body) -> Ints:
    """Skin vertices spread over the whole body."""
    everything = body.vertices_of(*body.names)
    return everything[:: max(1, len(everything) // PROBES)]


def lowest(body: Body, posed: Posed) -> Floats:
    """``(T,)`` height of the lowest point of the skin, m; negative is under the floor."""
    height: Floats = skin(body, posed, probes(body))[..., 1].min(axis=1)
    return height
