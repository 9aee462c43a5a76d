"""Two bodies that everything about poses has to hold for."""

from __future__ import annotations

import pytest

from samples.studio.body import Body
from tests.studio.moving import body_of

BODIES = ("woman_heavy", "man_lean_tall")


@pytest.fixture(params=BODIES)
def body(request: pytest.FixtureRequest) -> Body:
    return body_of(request.param)
