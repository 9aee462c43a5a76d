"""Film: what is read back is what was written, and noise is as strong as told."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.errors import OutputError
from samples.studio.film import Film, Sensor, blurred, shutter_times

SIZE = (320, 240)


def grey(level: int) -> NDArray[np.uint8]:
    return np.full((SIZE[1], SIZE[0], 3), level, np.uint8)


def decoded(path: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@pytest.mark.parametrize("rate", [Fraction(15), Fraction(30000, 1001), Fraction(60)])
def test_pictures_come_back_in_time_and_in_order(tmp_path: Path, rate: Fraction) -> None:
    path = tmp_path / "steps.mp4"
    levels = [40, 80, 120, 160, 200]
    with Film(path, SIZE, rate, crf=18, noise=1.0) as film:
        for level in levels:
            film.write(grey(level))
    assert [round(float(picture.mean())) for picture in decoded(path)] == pytest.approx(levels, abs=2)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.average_rate == rate
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        times = [frame.pts * frame.time_base for frame in container.decode(stream)]
    assert times == [Fraction(k) / rate for k in range(len(levels))]


def test_colours_survive(tmp_path: Path) -> None:
    path = tmp_path / "red.mp4"
    red = grey(60)
    red[:, :, 0] = 190
    with Film(path, SIZE, Fraction(25), noise=0.0) as film:
        film.write(red)
    np.testing.assert_allclose(decoded(path)[0].mean(axis=(0, 1)), (190, 60, 60), atol=3)


def test_half_a_film_leaves_no_trace(tmp_path: Path) -> None:
    def halted() -> None:
        with Film(tmp_path / "half.mp4", SIZE, Fraction(25)) as film:
            film.write(grey(90))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        halted()
    assert list(tmp_path.iterdir()) == []
    with (
        pytest.raises(OutputError, match="does not exist"),
        Film(tmp_path / "no" / "a.mp4", SIZE, Fraction(25)),
    ):
        pass


def test_odd_sizes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="even"):
        Film(tmp_path / "odd.mp4", (321, 240), Fraction(25))


def luma(planes: NDArray[np.uint8]) -> NDArray[np.float64]:
    return planes[: SIZE[1]].astype(float)


def test_noise_has_the_strength_told_and_never_repeats() -> None:
    sensor = Sensor(SIZE, noise=3.0, seed=1)
    one, two = luma(sensor.see(grey(130))), luma(sensor.see(grey(130)))
    assert one.std() == pytest.approx(3.0, rel=0.15)
    assert abs(np.corrcoef(one.ravel(), two.ravel())[0, 1]) < 0.05
    again = luma(Sensor(SIZE, noise=3.0, seed=1).see(grey(130)))
    assert (again == one).all()
    dark, bright = luma(sensor.see(grey(30))), luma(sensor.see(grey(220)))
    assert dark.std() < one.std() < bright.std()


def test_gain_brightens_and_adds_noise() -> None:
    plain, pushed = Sensor(SIZE, noise=2.0), Sensor(SIZE, noise=2.0, gain=1.5)
    seen = [cv2.cvtColor(s.see(grey(100)), cv2.COLOR_YUV2RGB_I420).mean() for s in (plain, pushed)]
    assert seen[0] == pytest.approx(100, abs=2)
    assert seen[1] == pytest.approx(150, abs=3)
    assert luma(pushed.see(grey(100))).std() > 1.3 * luma(plain.see(grey(100))).std()


def test_a_lens_softens_edges_but_keeps_their_place() -> None:
    picture = grey(50)
    picture[:, 160:] = 200
    row = luma(Sensor(SIZE, noise=0.0).see(picture))[120]
    between = (row > row.min() + 2) & (row < row.max() - 2)
    assert 1 <= between.sum() <= 4
    assert np.nonzero(row > (row.min() + row.max()) / 2)[0][0] == 160


def test_motion_blur_is_the_mean_of_the_moments() -> None:
    assert (blurred([grey(0), grey(255), grey(255), grey(255)]) == 191).all()
    assert (blurred([grey(7)]) == 7).all()


def test_the_shutter_opens_around_the_frame() -> None:
    times = shutter_times(2.0, Fraction(25), 0.5, 4)
    assert times.mean() == pytest.approx(2.0)
    # Four moments in half of 40 ms: 5 ms apart.
    np.testing.assert_allclose(np.diff(times), 0.005)
