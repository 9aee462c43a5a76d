"""Keeps MediaPipe's chatter off stderr, and nothing else."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from typing import Final

#: What MediaPipe, absl and TensorFlow Lite say on every start, and which means nothing to a user.
_CHATTER: Final = re.compile(
    rb"(?:INFO: Created TensorFlow Lite XNNPACK delegate"
    rb"|WARNING: Read-only tensor #\d+ \([^)\n]*\) has an unaligned buffer"
    rb"|WARNING: Logging before InitGoogle\(\)"
    rb"|WARNING: All log messages before absl::InitializeLog\(\)"
    rb"|[IW]\d{4} [^\n]*(?:inference_feedback_manager|gl_context|landmark_projection_calculator)\.cc:\d+\]"
    rb")[^\n]*\n"
)
_ONE: Final = threading.Lock()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Holds back what is written to stderr, then passes on all of it but the known chatter.

    MediaPipe's libraries write to the file descriptor itself, and no environment variable or flag
    of theirs silences them before the first landmarker exists (tried: GLOG_minloglevel,
    TF_CPP_MIN_LOG_LEVEL, ABSL_MIN_LOG_LEVEL; the C interface only adds a listener). So the
    descriptor is redirected while a landmarker is made (a tenth of a second) and for each frame until
    somebody was found for the first time, by one thread at a time; what others write meanwhile arrives
    that much later, and nothing is lost.
    """
    with _ONE:
        kept = _stderr_copy()
        if kept is None:  # no stderr to keep clean, as under pythonw
            yield
            return
        with tempfile.TemporaryFile() as held:
            os.dup2(held.fileno(), 2)
            try:
                yield
            finally:
                with contextlib.suppress(OSError, ValueError):
                    sys.stderr.flush()
                os.dup2(kept, 2)
                os.close(kept)
                held.seek(0)
                text = memoryview(_CHATTER.sub(b"", held.read()))
                while text:
                    text = text[os.write(2, text) :]


def _stderr_copy() -> int | None:
    try:
        sys.stderr.flush()
        return os.dup(2)
    except (OSError, AttributeError, ValueError):
        return None
