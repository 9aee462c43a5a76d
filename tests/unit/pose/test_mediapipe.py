from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from formcheck.errors import ModelError
from formcheck.landmarks import LEFT, RIGHT
from formcheck.pose.mediapipe import Landmarker, Look, unturn
from formcheck.pose.quiet import quiet
from formcheck.types import Floats, Frame


def trunk_px(image: Floats) -> float:
    between = [(image[LEFT[j], :2] + image[RIGHT[j], :2]) / 2 for j in ("shoulder", "hip")]
    return float(np.linalg.norm(between[0] - between[1]))


def distance(a: Floats, b: Floats) -> float:
    """Mean distance of shoulders to feet, in trunk lengths."""
    return float(np.linalg.norm(a[11:, :2] - b[11:, :2], axis=-1).mean() / trunk_px(b))


@pytest.mark.parametrize("turn", [0, 1, 2, 3, 5, -1])
def test_unturn_undoes_rot90(turn: int) -> None:
    size = (7, 4)
    for x in range(7):
        for y in range(4):
            picture = np.zeros((4, 7))
            picture[y, x] = 1
            row, column = np.argwhere(np.rot90(picture, turn) == 1)[0]
            image = np.full((33, 4), 0.5)
            image[:, :2] = column + 0.5, row + 0.5
            back, _ = unturn(image, np.zeros((33, 3)), turn, size)
            np.testing.assert_allclose(back[:, :2], np.tile([x + 0.5, y + 0.5], (33, 1)))
            np.testing.assert_allclose(back[:, 2:], 0.5)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_unturn_turns_the_world_like_the_picture(turn: int) -> None:
    generator = np.random.default_rng(turn)
    image, world = generator.normal(size=(2, 33, 4)), generator.normal(size=(2, 33, 3))
    image[..., :2] = 100 * world[..., :2] + 50
    back_image, back_world = unturn(image, world, turn, (640, 480))
    steps = np.diff(back_image[..., :2], axis=1)
    np.testing.assert_allclose(steps, 100 * np.diff(back_world[..., :2], axis=1), atol=1e-9)
    np.testing.assert_allclose(back_world[..., 2], world[..., 2])


def test_one_person_in_pixels_and_metres(model: Path, frames: list[Frame]) -> None:
    height, width = frames[0].image.shape[:2]
    with Landmarker(model) as landmarker:
        found = landmarker.detect(frames[0])
    assert found.image.shape == (1, 33, 4)
    assert found.world.shape == (1, 33, 3)
    assert found.image.dtype == found.world.dtype == np.float32
    body = found.image[0, 11:29]
    assert ((body[:, :2] > 0) & (body[:, :2] < (width, height))).all()
    assert trunk_px(found.image[0]) > 30
    assert 0 <= found.image[..., 3].min() <= found.image[..., 3].max() <= 1
    hips = (found.world[0, LEFT["hip"]] + found.world[0, RIGHT["hip"]]) / 2
    np.testing.assert_allclose(hips, 0, atol=0.02)
    assert 1 < np.ptp(found.world[0], axis=0).max() < 2.5


def test_pixels_refer_to_the_full_picture(model: Path, frames: list[Frame]) -> None:
    height, width = frames[0].image.shape[:2]
    small = Frame(0.0, np.ascontiguousarray(frames[0].image[::2, ::2]))
    with Landmarker(model) as full, Landmarker(model, full_size=(width, height)) as scaled:
        a, b = full.detect(frames[0]), scaled.detect(small)
    assert distance(b.image[0], a.image[0]) < 0.06
    # z is in the scale of x, so it grows with the picture as well
    assert np.ptp(b.image[0, :, 2]) == pytest.approx(np.ptp(a.image[0, :, 2]), rel=0.25)


def test_times_may_repeat_or_jump_back(model: Path, frames: list[Frame]) -> None:
    image = frames[0].image
    with Landmarker(model) as landmarker:
        seen = [len(landmarker.detect(Frame(t, image))) for t in (0.0, 1 / 240, 2 / 240, 2 / 240, 0.001, 5.0)]
    assert seen == [1] * 6


def test_same_frames_same_landmarks(model: Path, frames: list[Frame]) -> None:
    runs = []
    for _ in range(2):
        with Landmarker(model) as landmarker:
            runs.append(np.concatenate([landmarker.detect(frame).image for frame in frames[:5]]))
    np.testing.assert_array_equal(runs[0], runs[1])


def test_nobody_is_an_empty_array(model: Path) -> None:
    black = np.zeros((120, 160, 3), np.uint8)
    with Landmarker(model, people=2) as landmarker:
        for i in range(8):
            found = landmarker.detect(Frame(i * 0.3, black))
            assert found.image.shape == (0, 33, 4)
            assert found.world.shape == (0, 33, 3)


@pytest.mark.parametrize("shape", [(16, 16, 3), (1, 1, 3), (3, 200, 3)])
def test_tiny_pictures(model: Path, shape: tuple[int, int, int]) -> None:
    with Landmarker(model) as landmarker:
        assert len(landmarker.detect(Frame(0.0, np.full(shape, 90, np.uint8)))) == 0


def small_on_grey(image: Floats, share: int, turn: int) -> Floats:
    """The picture shrunk by a whole number onto grey of the same size, turned."""
    small = image[::share, ::share]
    canvas = np.full_like(image, 110)
    y, x = (np.array(canvas.shape[:2]) - small.shape[:2]) // 2
    canvas[y : y + small.shape[0], x : x + small.shape[1]] = small
    return np.ascontiguousarray(np.rot90(canvas, turn))


def lost_upright(model: Path, frames: list[Frame]) -> tuple[int, int, int]:
    """A shrinking and turning with which the sample's person is found only in the turned picture."""
    look = Look(model, people=1)
    try:
        for share in (1, 2, 3, 4):
            for turn in range(4):
                picture = small_on_grey(frames[0].image, share, turn)
                if len(look.detect(Frame(0.0, picture))):
                    continue
                for more in (1, 3):
                    if len(look.detect(Frame(0.0, np.rot90(picture, more)))):
                        return share, turn, more
    finally:
        look.close()
    pytest.fail("no shrinking of the sample clip hides its person upright only")


def test_lost_while_lying_is_found_in_the_turned_picture(model: Path, frames: list[Frame]) -> None:
    share, turn, more = lost_upright(model, frames)
    pictures = [small_on_grey(frame.image, share, turn) for frame in frames[:12]]
    height, width = pictures[0].shape[:2]
    with Landmarker(model) as landmarker, Landmarker(model) as turned:
        seen = [landmarker.detect(Frame(i / 15, picture)) for i, picture in enumerate(pictures)]
        direct = [turned.detect(Frame(i / 15, np.rot90(p, more))) for i, p in enumerate(pictures)]
    assert [len(found) for found in seen] == [1] * 12
    for found, expected in zip(seen, direct, strict=True):
        image, world = unturn(expected.image[0], expected.world[0], more, (width, height))
        # Once a still picture's landmarks, then a run of its own: the two trackers differ a little.
        assert distance(found.image[0], image) < 0.3
        assert np.linalg.norm(found.world[0] - world, axis=-1).mean() < 0.1


def test_back_to_the_upright_picture_once_it_works(model: Path, frames: list[Frame]) -> None:
    share, turn, _ = lost_upright(model, frames)
    hidden = small_on_grey(frames[0].image, share, turn)
    plain = frames[0].image
    if hidden.shape != plain.shape:
        hidden = hidden[: plain.shape[0], : plain.shape[1]]
    with Landmarker(model) as landmarker, Landmarker(model) as upright:
        for i in range(4):
            landmarker.detect(Frame(i / 15, hidden))
        for i in range(30):
            found = landmarker.detect(Frame(0.5 + i / 15, plain))
            expected = upright.detect(Frame(i / 15, plain))
    assert distance(found.image[0], expected.image[0]) < 0.05


def test_a_damaged_model_says_so(tmp_path: Path, model: Path) -> None:
    half = tmp_path / "half.task"
    half.write_bytes(model.read_bytes()[:100_000])
    with pytest.raises(ModelError, match=r"half\.task is damaged"):
        Landmarker(half)


def test_a_missing_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.task is missing"):
        Landmarker(tmp_path / "none.task")


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).resolve().parents[3])
    env = {**os.environ, "PYTHONPATH": root, **environment}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)


def test_nothing_on_stderr(model: Path, frames: list[Frame], tmp_path: Path) -> None:
    np.save(tmp_path / "frame.npy", frames[0].image)
    done = python(
        "import numpy as np\n"
        "from formcheck.pose import Landmarker\n"
        "from formcheck.types import Frame\n"
        f"image = np.load({str(tmp_path / 'frame.npy')!r})\n"
        f"with Landmarker({str(model)!r}) as one, Landmarker({str(model)!r}, people=2) as two:\n"
        "    print([len(one.detect(Frame(t, image))) for t in (0.0, 0.1)])\n"
        "    print(len(two.detect(Frame(0.0, image))))\n"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[1, 1]\n1\n"
    assert done.stderr == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux' shared libraries")
@pytest.mark.parametrize("library", ["libEGL.so.1", "libGLESv2.so.2"])
def test_missing_graphics_libraries_name_the_packages(model: Path, tmp_path: Path, library: str) -> None:
    (tmp_path / library).write_bytes(b"")  # found first, and no library: the loader's own error
    done = python(
        "from formcheck.errors import SetupError\n"
        "from formcheck.pose import Landmarker\n"
        f"try: Landmarker({str(model)!r})\n"
        "except SetupError as error: print(error)\n",
        LD_LIBRARY_PATH=str(tmp_path),
    )
    assert library in done.stdout, done.stderr
    assert "libegl1 libgles2" in done.stdout


def test_quiet_holds_back_chatter_only(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet():
        os.write(2, b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n")
        os.write(2, b"E0000 00:00:1 9 graph.cc:1] a real error\n")
        os.write(2, b"W0000 00:00:1 9 inference_feedback_manager.cc:121] Feedback manager requires ...\n")
        os.write(2, b"a progress bar\n")
    assert capfd.readouterr().err == "E0000 00:00:1 9 graph.cc:1] a real error\na progress bar\n"


def test_quiet_gives_stderr_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        with quiet():
            os.write(2, b"before\n")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "before\nafter\n"
