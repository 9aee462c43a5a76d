"""The voice: what goes first, what is cut off, what is dropped; and real speech in real sound files."""

from __future__ import annotations

import shutil
import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from formcheck.outputs import tones
from formcheck.outputs.speech import Command, ToFiles, find, guess_s
from formcheck.outputs.tones import Tones
from formcheck.outputs.voice import MUTED, NO_SOUND, NO_SPEECH, Voice
from formcheck.session.events import Kind, Say

needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")


class Mouth:
    """A speech program whose sentences last until they are let go."""

    name = "mouth"

    def __init__(self) -> None:
        self.said: list[str] = []
        self.stopped: list[str] = []
        self.closed = False
        self._over = threading.Event()

    def start(self, text: str) -> Mouth.Words:
        self._over.clear()
        self.said.append(text)
        return Mouth.Words(self, text)

    def finish(self) -> None:
        """The sentence that is being said comes to its end."""
        self._over.set()

    def close(self) -> None:
        self.closed = True

    class Words:
        def __init__(self, mouth: Mouth, text: str) -> None:
            self._mouth, self._text = mouth, text

        def done(self) -> bool:
            return self._mouth._over.is_set()

        def failed(self) -> bool:
            return self._text == "nothing comes out"

        def stop(self) -> None:
            self._mouth.stopped.append(self._text)


def until(true: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait for another thread."""
    end = time.monotonic() + seconds
    waiting = threading.Event()
    while not true():
        assert time.monotonic() < end, "it did not happen"
        waiting.wait(0.005)


@pytest.fixture
def mouth() -> Mouth:
    return Mouth()


@pytest.fixture
def voice(mouth: Mouth) -> Iterator[Voice]:
    voice = Voice(mouth)
    yield voice
    mouth.finish()
    voice.close()
    assert mouth.closed


def say(voice: Voice, text: str, kind: Kind, *, for_s: float = 60.0) -> None:
    voice.say(Say(text, kind, 100.0, 100.0 + for_s), 100.0)


def test_a_count_cuts_a_guide_off(voice: Voice, mouth: Mouth):
    say(voice, "Turn the camera toward your feet", "guide")
    until(lambda: mouth.said == ["Turn the camera toward your feet"])
    say(voice, "3", "count")
    until(lambda: mouth.said[-1] == "3")
    assert mouth.stopped == ["Turn the camera toward your feet"]
    assert [(s.text, s.cut) for s in voice.log] == [("Turn the camera toward your feet", True)]


def test_a_cue_waits_for_the_count(voice: Voice, mouth: Mouth):
    say(voice, "3", "count")
    until(lambda: mouth.said == ["3"])
    say(voice, "Hips stacked", "cue")
    say(voice, "A little quicker", "guide")
    assert mouth.said == ["3"]
    mouth.finish()
    until(lambda: mouth.said == ["3", "Hips stacked"])
    assert mouth.stopped == []


def test_a_newer_one_of_its_kind_takes_the_place_of_one_that_waits(voice: Voice, mouth: Mouth):
    say(voice, "3", "count")
    until(lambda: mouth.said == ["3"])
    say(voice, "Hips stacked", "cue")
    say(voice, "Feet together", "cue")
    mouth.finish()
    until(lambda: len(mouth.said) == 2)
    mouth.finish()
    until(lambda: len(voice.log) == 2)
    assert mouth.said == ["3", "Feet together"]


def test_a_late_count_gives_way_to_the_next(voice: Voice, mouth: Mouth):
    say(voice, "3", "count")
    until(lambda: mouth.said == ["3"])
    say(voice, "4", "count")
    until(lambda: mouth.said == ["3", "4"])
    assert mouth.stopped == ["3"]


def test_what_is_stale_is_never_begun(voice: Voice, mouth: Mouth):
    say(voice, "Feet together", "cue", for_s=-0.1)
    say(voice, "4", "count")
    until(lambda: mouth.said == ["4"])
    mouth.finish()
    until(lambda: len(voice.log) == 1)
    assert mouth.said == ["4"]


def test_safety_cuts_everything_off_and_nothing_cuts_it_off(voice: Voice, mouth: Mouth):
    say(voice, "4", "count")
    until(lambda: mouth.said == ["4"])
    say(voice, "Stop and rest.", "safety")
    until(lambda: mouth.said == ["4", "Stop and rest."])
    say(voice, "5", "count")
    say(voice, "Hips stacked", "cue")
    mouth.finish()
    until(lambda: mouth.said[-1] == "5")
    assert mouth.stopped == ["4"]


def test_hush_silences_and_forgets(voice: Voice, mouth: Mouth):
    say(voice, "12 reps, left.", "summary")
    until(lambda: len(mouth.said) == 1)
    say(voice, "Next", "guide")
    voice.hush()
    until(lambda: mouth.stopped == ["12 reps, left."])
    say(voice, "Stop and rest.", "safety")
    until(lambda: len(mouth.said) == 2)
    assert mouth.said[-1] == "Stop and rest."


def test_mute(voice: Voice, mouth: Mouth):
    voice.mute(on=True)
    say(voice, "1", "count")
    assert voice.note == MUTED
    voice.mute(on=False)
    say(voice, "2", "count")
    until(lambda: mouth.said == ["2"])
    assert voice.note == ""


def test_a_device_that_is_gone_is_told_and_tried_again(mouth: Mouth):
    clock = [0.0]
    voice = Voice(mouth, clock=lambda: clock[0])
    for n in range(2):
        mouth.finish()
        say(voice, "nothing comes out", "guide")
        until(lambda n=n: len(mouth.said) == n + 1)
        mouth.finish()
        until(lambda n=n: len(voice.log) == n + 1)
    assert voice.note == NO_SOUND
    say(voice, "5", "count")
    until(lambda: not voice._busy())
    assert len(mouth.said) == 2  # not even tried
    clock[0] += 11
    say(voice, "6", "count")
    until(lambda: mouth.said[-1] == "6")
    mouth.finish()
    until(lambda: not voice.note)
    voice.close()


class Bells:
    """Remembers the tones."""

    def __init__(self) -> None:
        self.rung: list[str] = []

    def play(self, kind: str) -> None:
        self.rung.append(kind)

    def close(self) -> None:
        pass


def test_without_speech_there_are_tones():
    bells = Bells()
    voice = Voice(None, bells)
    say(voice, "1", "count")
    voice.tone("count")
    say(voice, "Hips stacked", "cue")
    voice.mute(on=True)
    voice.tone("tick")
    voice.close()
    assert bells.rung == ["count", "cue"]
    assert Voice(None).note == NO_SPEECH


def test_with_speech_a_count_has_no_tone(mouth: Mouth):
    bells = Bells()
    voice = Voice(mouth, bells)
    voice.tone("count")
    voice.tone("tick")
    voice.close()
    assert bells.rung == ["tick"]


@needs_espeak
def test_real_speech_what_and_when(tmp_path: Path):
    """espeak-ng writes what it says: a guide is cut off by a count, the cue follows when it is over."""
    voice = Voice(ToFiles(tmp_path))
    say(voice, "Turn the camera toward your feet, about forty five degrees", "guide")
    until((tmp_path / "0001.wav").exists)
    say(voice, "seven", "count")
    say(voice, "Keep the top hip stacked", "cue")
    until(lambda: len(voice.log) == 3, 15.0)
    voice.close()
    guide, seven, cue = voice.log
    assert (guide.cut, seven.cut, cue.cut) == (True, False, False)
    assert seven.started_s - seven.asked_s < 0.2
    assert cue.started_s >= seven.ended_s
    lengths = []
    for name in ("0001", "0002", "0003"):
        with wave.open(str(tmp_path / f"{name}.wav")) as sound:
            samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
            lengths.append(sound.getnframes() / sound.getframerate())
        assert np.abs(samples).max() > 3000
    assert lengths[0] > 2.0 > lengths[2] > 0.9 > lengths[1] > 0.2
    assert guide.ended_s - guide.started_s < lengths[0] / 2


@needs_espeak
def test_rate_and_volume_are_heard(tmp_path: Path):
    def loudness_and_length(rate: int, volume: int) -> tuple[float, float]:
        folder = tmp_path / f"{rate}-{volume}"
        folder.mkdir()
        ToFiles(folder, rate, volume).start("Keep the top hip stacked")
        with wave.open(str(folder / "0001.wav")) as sound:
            samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
            return float(np.abs(samples).max()), sound.getnframes() / sound.getframerate()

    usual, slow, soft = (
        loudness_and_length(175, 80),
        loudness_and_length(100, 80),
        loudness_and_length(175, 20),
    )
    assert slow[1] > 1.4 * usual[1]
    assert soft[0] < 0.5 * usual[0]


@needs_espeak
def test_a_machine_without_a_sound_device_is_noticed():
    if Path("/dev/snd").exists():
        pytest.skip("this machine has a sound device")
    speech = find()
    assert speech is not None
    voice = Voice(speech)
    for n in range(2):
        say(voice, "seven", "count")
        until(lambda n=n: len(voice.log) == n + 1, 20.0)
    assert voice.note == NO_SOUND
    voice.close()


def test_a_speech_program_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("formcheck.outputs.speech.PATIENCE_S", -10.0)
    job = Command("sleep", lambda _: ["sleep", "60"], 175).start("x")
    until(job.done)


def test_a_program_that_is_not_there():
    voice = Voice(Command("nothing", lambda _: ["/nowhere/at/all"], 175))
    for _ in range(2):
        say(voice, "seven", "count")
        until(lambda: not voice._busy())
    until(lambda: voice.note == NO_SOUND)
    voice.close()


def test_how_long_a_sentence_takes():
    assert 0.3 < guess_s("7") < 0.7
    assert 1.2 < guess_s("Keep the top hip stacked") < 2.5


@pytest.mark.parametrize("kind", tones.NOTES)
def test_tones_are_short_soft_and_without_clicks(kind: tones.Kind, tmp_path: Path):
    sound = tones.samples(kind)
    assert len(sound) / tones.RATE < 0.5
    assert 0.1 < np.abs(sound).max() < 0.51
    assert abs(sound[0]) < 0.001
    assert abs(sound[-1]) < 0.01
    assert np.abs(tones.samples(kind, 50)).max() == pytest.approx(np.abs(sound).max() / 2)
    tones.write(tmp_path / "a.wav", kind)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert file.getnframes() == len(sound)


def test_a_tone_is_really_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A program of the player's name takes its place and keeps what it was given."""
    player = tmp_path / "pw-play"
    player.write_text(f'#!/bin/sh\ncp "$1" {tmp_path}/heard.wav\n', encoding="ascii")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    bells = Tones()
    assert bells.player == str(player)
    bells.play("end")
    until((tmp_path / "heard.wav").exists)
    bells.close()
    with wave.open(str(tmp_path / "heard.wav")) as sound:
        assert sound.getframerate() == tones.RATE
