"""The recordings that are kept: each is a clip of the plan, and as the plan wants it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samples.studio import suite
from samples.studio.people import PEOPLE
from tests.bench.accuracy import clips

RECORDINGS = Path(__file__).parents[2] / "samples" / "recordings"
CLIPS = {clip.name: clip for clip in suite.expand(suite.load())}
TRUTHS = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (RECORDINGS / "studio").glob("*.json")
}
#: Of everything recorded, so that the repository stays one that is cloned in a minute, MB.
MOST_MB = 54


def test_each_has_its_landmarks_and_its_truth():
    assert set(TRUTHS) == {path.stem for path in (RECORDINGS / "studio").glob("*.npz")}


def test_each_is_as_planned():
    assert set(TRUTHS) <= set(CLIPS)
    for name, truth in TRUTHS.items():
        clip = CLIPS[name]
        assert truth["split"] == clip.split, name
        assert truth.get("series", clip.split) == clip.series, name
        assert (truth["person"], truth["body"]) == (clip.person, PEOPLE[clip.person].body), name
        assert (truth["exercise"], truth["side"], truth["room"]) == (clip.exercise, clip.side, clip.room)
        if clip.exercise:
            assert truth["count"] == clip.counted, name


def test_nobody_is_in_both_halves():
    tune, test = (
        {truth[who] for truth in TRUTHS.values() if truth["split"] == split for who in ("person", "body")}
        for split in ("tune", "test")
    )
    assert not tune & test


@pytest.mark.parametrize("split", ["tune", "test", "more"])
def test_a_split_is_what_the_truth_tells(split):
    found = {clip.name: clip for clip in clips([RECORDINGS / "studio"], split=split)}
    assert found
    for name, clip in found.items():
        assert split in {TRUTHS[name]["split"], TRUTHS[name].get("series")}
        assert clip.split == TRUTHS[name]["split"]
    if split == "more":
        assert set(found) < {clip.name for clip in clips([RECORDINGS / "studio"], split="tune")}


def test_they_are_not_too_large():
    assert sum(path.stat().st_size for path in RECORDINGS.rglob("*") if path.is_file()) < MOST_MB * 1e6
