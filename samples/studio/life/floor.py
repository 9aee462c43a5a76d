"""Where the body touches the floor."""

from __future__ import annotations

from samples.studio.body import Body, Ints
from samples.studio.rotation import Floats
from samples.studio.skeleton import Posed, skin

# So many points are 3 cm apart: what lies between is less than 1 cm lower.
PROBES = 600


def probes(body: Body, *bones: str) -> Ints:
    """Skin vertices spread over some bones, or over the whole body."""
    everything = body.vertices_of(*(bones or body.names))
    return everything[:: max(1, len(everything) // PROBES)]


def lowest(body: Body, posed: Posed, *bones: str) -> Floats:
    """``(T,)`` height of the skin's lowest point, over some bones or all, m; negative is under the floor."""
    height: Floats = skin(body, posed, probes(body, *bones))[..., 1].min(axis=1)
    return height
