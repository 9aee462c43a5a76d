"""What all tests share: nothing is read from or written to this user's own folders, nothing is random.

Generated tests try the same examples every time, so that a failure belongs to the change it came with.
To search for new ones: ``pytest --hypothesis-profile=search``.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

# No deadlines: a busy machine is no failure. The search tries more where a test names no number itself.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False, deadline=None, max_examples=2000)
settings.load_profile("same")


@pytest.fixture(autouse=True, scope="session")
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Models in the user's cache must not change what a test sees."""
    patch = pytest.MonkeyPatch()
    patch.setenv("FORMCHECK_LANG", "en")
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
    yield
    patch.undo()
