from __future__ import annotations

from collections.abc import Iterator

import pytest

from formcheck.language import use


@pytest.fixture
def spanish() -> Iterator[None]:
    """Text comes out in Spanish."""
    use("es")
    yield
    use(None)
