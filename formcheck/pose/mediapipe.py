"""One MediaPipe PoseLandmarker, wrapped: frames in, arrays of landmarks in pixels and metres out.

How large should the picture be? MediaPipe squeezes the whole picture into 224x224 to find a person
and the person into 256x256 to place the landmarks, so a smaller input loses little until the person is
smaller than that. Five clips of 1280x720 and 1920x1080, the full model; difference to the original
size: mean over shoulders to feet, in % of the trunk's length, beside the landmarks' own jitter:

====================  =========  =========  =========  =========  ======
clip                  1280 px    960 px     640 px     480 px     jitter
====================  =========  =========  =========  =========  ======
squat, front          (0)        0.5        0.7        1.2        1.4
side lunge, front     (0)        0.6        0.8        1.2        1.5
Russian twist         1.3        1.4        1.5        1.9        1.9
walking, small        (0)        2.7        3.6        4.2        9.3
deadlift, legs swap   5.9        5.9        6.7        8.3        4.9
ms, network           19-21      17-19      17-20      17-20
ms, decode to RGB     2.3-6.4    2.1-4.3    1.2-1.6    1.0-1.4
====================  =========  =========  =========  =========  ======

`MAX_SIDE` follows: 640 px saves 2-6 ms a frame and moves points by half of what they jitter anyway.

Do not use the library's own ``rotation_degrees``: measured with 1.2.2, the landmarks come back in
neither the given nor the turned picture. Turned pixels are mapped back here instead.
"""

from __future__ import annotations

import contextlib
import os
import re
import threading
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np

from formcheck.errors import ModelError, SetupError
from formcheck.landmarks import COUNT, LEFT, RIGHT
from formcheck.pose.quiet import quiet
from formcheck.types import Floats, Frame

#: The longer side, px, to which frames are best scaled down beforehand; see the table above.
MAX_SIDE: Final = 640

#: How sure the person detector must be: MediaPipe's own, and of somebody whom that does not find. At 0.5 it
#: misses people who lie or kneel with their feet towards the lens: of single frames of nine hard clips (tune
#: split) it finds 0 % in a hydrant from the side and 0-3 % in two clamshells from behind and from the feet,
#: at 0.15 43 % and 0-54 %. But then it takes a sofa for a person now and then, so it is a last resort.
SURE: Final = 0.5
UNSURE: Final = 0.2
#: Somebody found again is not farther from where they were than so many trunks, and not larger or smaller by
#: more than this factor: those of `formcheck.pose.live` and `formcheck.pose.people`, for the same question.
NEAR: Final = 1.5
GROWN: Final = 1.6
#: Nobody for this long (s of source time) and the last trunk was lying: look at the turned picture.
LOST_S: Final = 0.5
#: The trunk counts as lying beyond this angle from the picture's vertical, degrees.
LYING_DEG: Final = 60.0
#: Seconds between two looks at the turned picture, at first, and after `PATIENCE_S` without success:
#: each of its three or four looks costs about 20 ms, a frame about 16.
RESCUE_S: Final = 0.25
PATIENCE_S: Final = 2.0
RESCUE_LATER_S: Final = 1.0
#: While the turned picture is followed: seconds between two looks at the upright one.
RECHECK_S: Final = 1.0

#: Set once a person was found in this process: then MediaPipe has said all that it says once.
_SPOKEN: Final = threading.Event()
_XYZV: Final = attrgetter("x", "y", "z", "visibility")
_XYZ: Final = attrgetter("x", "y", "z")


@dataclass(frozen=True, slots=True)
class Detections:
    """Everybody seen in one frame, in no particular order.

    Attributes:
        t: Seconds from the source's first frame.
        image: ``(P, 33, 4)`` x px, y px, z px, visibility 0..1, in the full picture; P may be 0.
        world: ``(P, 33, 3)`` metres, camera-aligned, origin between the hips, y down.
    """

    t: float
    image: Floats
    world: Floats

    def __len__(self) -> int:
        return len(self.image)


class Landmarker:
    """Follows people through one stream of frames with rising times.

    Not thread-safe: one thread at a time, and one landmarker for each source. Several landmarkers run
    side by side, since MediaPipe releases the interpreter's lock.

    Lost while lying: when nobody has been found yet, the picture turned by quarters is tried as well; when
    nobody was found for `LOST_S`, or the last trunk was lying, with a less doubtful detector. Where that
    finds somebody, that stream is followed until the usual way works again.
    """

    def __init__(
        self, model_path: Path | str, *, people: int = 1, full_size: tuple[int, int] | None = None
    ) -> None:
        """Loads the networks (75 ms on a quiet machine, 0.5 s the first time).

        Args:
            model_path: A ``.task`` bundle, see `formcheck.pose.models.find`.
            people: How many to look for at most. With more than one the person detector runs on every
                frame: 27 instead of 16 ms.
            full_size: Width and height of the picture to which pixels shall refer, for callers who
                hand in frames scaled down; None: the frame's own.

        Raises:
            ModelError: The bundle is missing or damaged.
            SetupError: MediaPipe or a graphics library that it needs can't be loaded.
        """
        self._path = Path(model_path)
        self._people = people
        self._full_size = full_size
        self._upright = _Network(self._path, people=people)
        self._still: _Network | None = None
        self._unsure: _Network | None = None
        self._rescuer: _Network | None = None
        self._turn: int | None = None  # quarters that the rescuer's pictures are turned by
        self._lost_since: float | None = None
        self._tried = -np.inf
        self._seen = False
        self._lying = True  # until somebody was seen it is as likely as not
        self._last: Floats | None = None  # the first person's points

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Frees the networks; harmless when done twice."""
        for network in (self._upright, self._still, self._unsure, self._rescuer):
            if network is not None:
                network.close()

    def detect(self, frame: Frame) -> Detections:
        """The people in a frame.

        Args:
            frame: The next picture. Times should rise; where they don't, or two frames fall into one
                millisecond, the landmarker's own clock still rises by a millisecond.

        Raises:
            ModelError: The networks can't run.
        """
        size = self._full_size or (frame.image.shape[1], frame.image.shape[0])
        found = None if self._turn is None else self._follow_rescued(frame, size, self._turn)
        if found is None:
            found = self._upright.see(frame, size)
            if not len(found):
                found = self._rescue(frame, size) or found
        if len(found):
            self._lost_since = None
            self._seen = True
            self._last = found.image[0]
            self._lying = _lying(self._last)
        return found

    def _follow_rescued(self, frame: Frame, size: tuple[int, int], turn: int) -> Detections | None:
        """What the rescued stream shows; None, and back to the usual way, when that is the better one."""
        if self._rescuer is None:
            self._rescuer = _Network(self._path, people=self._people, detection=UNSURE)
        found = self._rescuer.see(frame, size, turn)
        if len(found) and frame.t - self._tried < RECHECK_S:
            return found
        self._tried = frame.t
        if len(found) and not len(self._stills().see(frame, size)):
            return found
        self._rescuer.close()
        self._rescuer = self._turn = None
        return None

    def _rescue(self, frame: Frame, size: tuple[int, int]) -> Detections | None:
        """Looks less doubtfully, at the picture turned each way, if it is time to; the best find, or None."""
        if self._lost_since is None:
            self._lost_since = frame.t
        lost_s = frame.t - self._lost_since
        pause_s = RESCUE_S if lost_s < PATIENCE_S else RESCUE_LATER_S
        surely = lost_s < LOST_S
        if not self._lying or (surely and self._seen) or frame.t - self._tried < pause_s:
            return None
        self._tried = frame.t
        looks = self._stills() if surely else self._doubtful()
        finds = [(turn, looks.see(frame, size, turn)) for turn in ((1, 2, 3) if surely else range(4))]
        finds = [(turn, found) for turn, found in finds if len(found) and self._likely(found.image[0])]
        if not finds:
            return None
        self._turn, best = max(finds, key=lambda find: float(find[1].image[..., 3].mean()))
        return best

    def _stills(self) -> _Network:
        """The landmarker for single pictures, made when first needed."""
        if self._still is None:
            self._still = _Network(self._path, people=self._people, video=False)
        return self._still

    def _doubtful(self) -> _Network:
        """And the less doubtful one."""
        if self._unsure is None:
            self._unsure = _Network(self._path, people=self._people, video=False, detection=UNSURE)
        return self._unsure

    def _likely(self, image: Floats) -> bool:
        """Whether this can be the person who was there last."""
        if self._last is None:
            return True
        (centre, size), (now, size_now) = (_trunk(points) for points in (self._last, image))
        larger = max(size, size_now)
        return float(np.linalg.norm(now - centre)) < NEAR * larger and larger < GROWN * min(size, size_now)


class Look:
    """Counts people in single frames, without memory: cheap enough for now and then."""

    def __init__(self, model_path: Path | str, *, people: int = 3) -> None:
        """Loads the networks; raises as `Landmarker` does."""
        self._network = _Network(Path(model_path), people=people, video=False)

    def close(self) -> None:
        """Frees the networks."""
        self._network.close()

    def detect(self, frame: Frame, full_size: tuple[int, int] | None = None) -> Detections:
        """Everybody in this picture."""
        return self._network.see(frame, full_size or (frame.image.shape[1], frame.image.shape[0]))


class _Network:
    """A PoseLandmarker with its own rising clock, and pictures that may be turned."""

    def __init__(self, path: Path, *, people: int, video: bool = True, detection: float = SURE) -> None:
        self._path = path
        self._video = video
        self._last_ms = -1
        self._landmarker, self._image = _create(path, people, detection, video=video)

    def close(self) -> None:
        self._landmarker.close()

    def see(self, frame: Frame, size: tuple[int, int], turn: int = 0) -> Detections:
        """Detects on the picture turned by `turn` quarters anticlockwise; points refer to `size`."""
        pixels = np.ascontiguousarray(np.rot90(frame.image, turn) if turn else frame.image)
        try:
            with contextlib.nullcontext() if _SPOKEN.is_set() else quiet():
                result = self._detect(frame.t, self._image(pixels))
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"The pose model {self._path} failed on the frame at {frame.t:.2f} s: {_first_line(error)}",
                hint="run `formcheck models check`",
            ) from error
        if result.pose_landmarks:
            _SPOKEN.set()
        image = _array(result.pose_landmarks, _XYZV, 4)
        world = _array(result.pose_world_landmarks, _XYZ, 3)
        turned_size = size[::-1] if turn % 2 else size
        image[..., :3] *= (*turned_size, turned_size[0])  # z is in the scale of x
        return Detections(frame.t, *unturn(image, world, turn, size))

    def _detect(self, t: float, picture: Any) -> Any:
        if not self._video:
            return self._landmarker.detect(picture)
        self._last_ms = max(self._last_ms + 1, round(t * 1000))
        return self._landmarker.detect_for_video(picture, self._last_ms)


def unturn(image: Floats, world: Floats, turn: int, size: tuple[int, int]) -> tuple[Floats, Floats]:
    """Maps landmarks of a picture turned with ``np.rot90(picture, turn)`` back to the upright one.

    Args:
        image: ``(..., 33, 4)`` px of the turned picture.
        world: ``(..., 33, 3)`` metres, axes of the turned picture.
        turn: Quarters anticlockwise.
        size: Width and height of the upright picture, px.

    Returns:
        Both in the upright picture, shapes unchanged.
    """
    image, world = image.copy(), world.copy()
    turn %= 4
    # Cosine and sine of `turn` quarters: the inverse rotation about the turned picture's corner.
    cos, sin = (1, 0, -1, 0)[turn], (0, 1, 0, -1)[turn]
    for points in (image, world):
        x, y = points[..., 0].copy(), points[..., 1].copy()
        points[..., 0] = cos * x - sin * y
        points[..., 1] = sin * x + cos * y
    image[..., 0] += size[0] * (turn in (1, 2))
    image[..., 1] += size[1] * (turn in (2, 3))
    return image, world


def _array(people: list[list[Any]], read: Any, width: int) -> Floats:
    """``(P, 33, width)`` float32; 8 us a person, the cheapest of four ways tried."""
    values = chain.from_iterable(read(point) for person in people for point in person)
    return np.fromiter(values, np.float32, len(people) * COUNT * width).reshape(len(people), COUNT, width)


def _ends(image: Floats) -> tuple[Floats, Floats]:
    """Middle of the shoulders and of the hips, px."""
    shoulders, hips = ((image[LEFT[j], :2] + image[RIGHT[j], :2]) / 2 for j in ("shoulder", "hip"))
    return shoulders, hips


def _trunk(image: Floats) -> tuple[Floats, float]:
    """The trunk's middle and its length, px."""
    shoulders, hips = _ends(image)
    return (shoulders + hips) / 2, max(float(np.linalg.norm(shoulders - hips)), 1.0)


def _lying(image: Floats) -> bool:
    shoulders, hips = _ends(image)
    dx, dy = np.abs(shoulders[0] - hips[0]), hips[1] - shoulders[1]
    return bool(np.degrees(np.arctan2(dx, dy)) > LYING_DEG)


def _create(path: Path, people: int, detection: float, *, video: bool) -> tuple[Any, Any]:
    """A PoseLandmarker, and the function that makes its pictures from arrays."""
    try:
        with quiet():
            import mediapipe as mp
            from mediapipe.tasks.python import BaseOptions, vision

            mode = vision.RunningMode.VIDEO if video else vision.RunningMode.IMAGE
            options = vision.PoseLandmarkerOptions(
                base_options=BaseOptions(model_asset_path=os.fspath(path)),
                running_mode=mode,
                num_poses=people,
                min_pose_detection_confidence=detection,
            )
            landmarker = vision.PoseLandmarker.create_from_options(options)
    except (ImportError, OSError) as error:
        if isinstance(error, OSError) and not path.is_file():
            raise ModelError(
                f"The pose model {path} is missing", hint="run `formcheck models check`"
            ) from error
        raise _setup_error(error) from error
    except (RuntimeError, ValueError) as error:
        raise ModelError(
            f"The pose model {path} is damaged: {_first_line(error)}",
            hint="run `formcheck models check`; `formcheck models pull NAME` fetches it again",
        ) from error
    return landmarker, lambda pixels: mp.Image(image_format=mp.ImageFormat.SRGB, data=pixels)


def _setup_error(error: Exception) -> SetupError:
    text = _first_line(error)
    if re.search(r"lib(EGL|GLES|GL\b|GLX)", text):
        hint = "on Debian or Ubuntu: sudo apt-get install libegl1 libgles2"
    else:
        hint = "reinstall it with `pip install --force-reinstall mediapipe`"
    return SetupError(f"MediaPipe cannot be loaded: {text}", hint=hint)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
