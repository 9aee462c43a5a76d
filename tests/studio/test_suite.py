"""The suite's plan: the same every time, fair, and its two halves apart."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from formcheck.errors import SourceError
from samples.studio import motion, suite
from samples.studio.clip import SERIES, SPLITS, Clip
from samples.studio.life import GAITS, OTHERS, SCENES, SEGMENTS
from samples.studio.people import PEOPLE
from samples.studio.room import ROOMS

RULES = suite.load()
CLIPS = suite.expand(RULES)
SETS = [clip for clip in CLIPS if clip.exercise]
#: Those of the two halves alone, and those with more people to tune on.
HALVES = [clip for clip in CLIPS if clip.series in SPLITS]
MORE = [clip for clip in CLIPS if clip.series == "more"]
REPS = [rep for clip in HALVES for rep in clip.reps]
#: Nearest that an azimuth of one half comes to one of the other, degrees: the gap of the combs.
GAP_DEG = 1.5


def of(split: str) -> list[Clip]:
    return [clip for clip in CLIPS if clip.split == split]


def is_faulty(rep) -> bool:
    return bool(rep.faults or rep.swung or rep.dropped)


class TestTheSame:
    def test_in_another_process(self):
        # Another hash seed: the order of a set must not matter.
        code = "from samples.studio import suite; print(hash(repr(suite.expand(suite.load()))))"
        code = code.replace("hash(", "__import__('zlib').crc32(").replace(
            "suite.load())))", "suite.load())).encode())"
        )
        root = Path(__file__).parents[2]
        runs = [
            subprocess.run(
                [sys.executable, "-c", code],
                cwd=root,
                env={"PYTHONHASHSEED": seed, "PATH": ""},
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        ]
        assert runs[0] == runs[1] != b""

    def test_a_clip_does_not_hang_on_clips_after_it(self):
        rules = copy.deepcopy(RULES)
        rules["exercises"] = {"squat": rules["exercises"]["squat"]}
        rules["scenes"]["clips"], rules["others"]["clips"], rules["strings"] = 3, 2, []
        rules["scenes"]["more"], rules["others"]["more"] = 2, 1
        del rules["gaits"]
        fewer = {clip.name: clip for clip in suite.expand(rules)}
        assert all(fewer[clip.name] == clip for clip in CLIPS if clip.name in fewer)
        views = rules["exercises"]["squat"]["views"]
        squats, more = (sum(view.get(key, 0) for view in views) for key in ("clips", "more"))
        assert len(fewer) == 2 * (squats + 3 + 2) + more + 2 + 1

    def test_another_seed_is_another_suite(self):
        other = suite.expand({**RULES, "seed": 1})
        assert [c.name for c in other] == [c.name for c in CLIPS]
        assert all(a.seed != b.seed for a, b in zip(other, CLIPS, strict=True))


class TestHalves:
    def test_have_no_person_and_no_room_in_common(self):
        for attribute in ("person", "room", "second"):
            tune, test = ({getattr(clip, attribute) for clip in of(split)} - {None} for split in SPLITS)
            assert not tune & test
        kept = {n: p for n, p in PEOPLE.items() if p.series != "fresh"}
        assert {clip.person for clip in of("tune")} == {n for n, p in kept.items() if p.split == "tune"}
        assert {clip.person for clip in of("test")} == {n for n, p in kept.items() if p.split == "test"}

    def test_have_no_lens_in_common(self):
        tune, test = ({clip.shot.focal_mm for clip in of(split)} for split in SPLITS)
        assert not tune & test

    @pytest.mark.parametrize("exercise", [*motion.EXERCISES, None])
    def test_have_no_direction_in_common(self, exercise):
        tune, test = ([c.shot for c in of(split) if c.exercise == exercise] for split in SPLITS)
        # Only of somebody who lies on the side, left and right are not the same.
        signed = exercise in {"clamshell", "side_leg_raise", "side_plank_dip", None}
        for one in tune:
            for other in test:
                a, b = one.azimuth_deg, other.azimuth_deg
                apart = abs((a - b + 180) % 360 - 180) if signed else abs(abs(a) - abs(b))
                assert apart >= GAP_DEG - 1e-6
                assert abs(one.elevation_deg - other.elevation_deg) >= 0.75

    def test_have_the_same_number_of_clips_of_everything(self):
        counts = [
            Counter((clip.exercise, clip.shot.label) for clip in HALVES if clip.split == split)
            for split in SPLITS
        ]
        assert counts[0] == counts[1]


class TestFresh:
    """`fresh.toml`: one series of the suite anew."""

    FRESH = suite.expand(suite.load(suite.SUITE.with_name("fresh.toml")))

    def test_people_are_its_own(self):
        people = {clip.person for clip in self.FRESH} | {clip.second for clip in self.FRESH} - {None}
        assert people == {name for name, person in PEOPLE.items() if person.series == "fresh"}
        assert not people & {clip.person for clip in CLIPS}
        assert {PEOPLE[name].split for name in people} == {"tune"}

    def test_films_every_exercise_from_where_it_asks_for_it(self):
        assert {clip.exercise for clip in self.FRESH} == set(motion.EXERCISES)
        assert all(clip.shot.recommended and clip.series == "more" for clip in self.FRESH)
        assert len(self.FRESH) == 266

    @pytest.mark.parametrize(
        "text",
        [
            'extends = "gone.toml"',
            'extends = "wrong.toml"',  # itself
            "extends = 3",
            'extends = "suite.toml"',
            'extends = "suite.toml"\nseries = "more"\nrecommended = 3',
            'extends = "suite.toml"\nseries = "more"\n[recommended]\nsquat = []',
            'extends = "suite.toml"\nseries = "more"\n[recommended]\nsquat = [1, 1]\n[splits]',
        ],
    )
    def test_described_wrongly_is_one_clear_error(self, tmp_path, text):
        (tmp_path / "suite.toml").write_text(suite.SUITE.read_text(encoding="utf-8"), encoding="utf-8")
        (tmp_path / "wrong.toml").write_text(text, encoding="utf-8")
        with pytest.raises(SourceError) as caught:
            suite.expand(suite.load(tmp_path / "wrong.toml"))
        assert str(caught.value)

    def test_leaves_the_suite_itself_as_it_is(self):
        assert suite.expand(suite.load()) == CLIPS


class TestMorePeople:
    def test_belong_to_the_tune_half_and_to_nobody_else(self):
        people = {clip.person for clip in MORE} | {clip.second for clip in MORE} - {None}
        assert people == {name for name, person in PEOPLE.items() if person.series == "more"}
        others = {clip.person for clip in HALVES} | {clip.second for clip in HALVES}
        assert not people & others
        bodies = {PEOPLE[name].body for name in people}
        assert len(bodies) == len(people) >= 6
        assert not bodies & {PEOPLE[clip.person].body for clip in HALVES}
        assert {clip.split for clip in MORE} == {SERIES["more"]} == {"tune"}
        assert all(clip.name.rsplit("_", 2)[1] == clip.series for clip in CLIPS)

    def test_are_seen_from_where_the_tune_half_is(self):
        own = RULES["splits"]["tune"]
        assert {clip.room for clip in MORE} <= set(own["rooms"])
        assert {clip.shot.focal_mm for clip in MORE} <= set(own["focal_mm"])
        for clip in MORE:
            for angle, comb in (("azimuth_deg", "azimuth"), ("elevation_deg", "elevation")):
                seen = getattr(clip.shot, angle)  # or the same from the person's other side
                teeth = {round(sign * seen % own[comb]["period"], 1) for sign in (1, -1)}
                assert any(own[comb]["from"] <= tooth <= own[comb]["to"] for tooth in teeth)

    def test_change_no_other_clip(self):
        rules = copy.deepcopy(RULES)
        del rules["splits"]["more"]
        assert suite.expand(rules) == HALVES

    def test_two_of_three_sets_have_no_fault_that_is_to_be_seen(self):
        least_s = {key: RULES["faults"][key]["sub"][0] for key in ("momentum", "dropped_return")}

        def is_gentle(rep, limits) -> bool:
            grades = {limits[name].grade(size) for name, size in rep.faults.items()}
            quick = [(rep.lift_s, "momentum")] * rep.swung + [(rep.lower_s, "dropped_return")] * rep.dropped
            return grades <= {"sub"} and all(seconds >= least_s[name] for seconds, name in quick)

        gentle, sets = Counter(), Counter()
        for clip in MORE:
            if clip.exercise:
                limits = motion.find(clip.exercise).FAULTS
                sets[clip.exercise] += 1
                gentle[clip.exercise] += all(is_gentle(rep, limits) for rep in clip.reps)
        assert all(gentle[exercise] >= count * 2 // 3 for exercise, count in sets.items())
        assert gentle.total() <= 0.75 * sets.total()

    def test_have_their_share_of_partial_movements(self):
        reps = [rep for clip in MORE for rep in clip.reps]
        assert 0.06 <= sum(rep.amplitude < 0.5 for rep in reps) / len(reps) <= 0.15


class TestTotals:
    def test_size(self):
        assert 680 <= len(HALVES) <= 740
        assert sum(clip.counted for clip in HALVES) >= 3500
        assert sum(clip.frames for clip in HALVES) <= 320_000
        assert 140 <= len(MORE) <= 180
        assert sum(clip.frames for clip in MORE) <= 80_000

    def test_names_are_unique(self):
        assert len({clip.name for clip in CLIPS}) == len(CLIPS)

    @pytest.mark.parametrize("exercise", motion.EXERCISES)
    def test_every_exercise_has_its_share(self, exercise):
        own = [clip for clip in SETS if clip.exercise == exercise and clip.series in SPLITS]
        assert len(own) >= 16
        assert sum(clip.counted for clip in own) >= 4 * len(own)
        assert 0.5 <= sum(clip.shot.recommended for clip in own) / len(own) <= 0.9
        sides = Counter(clip.side for clip in own)
        assert set(sides) == set(motion.sides(motion.find(exercise)))
        assert max(sides.values()) - min(sides.values()) <= len(own) // 4

    @pytest.mark.parametrize("exercise", motion.EXERCISES)
    @pytest.mark.parametrize("split", SPLITS)
    def test_every_fault_comes_in_every_size(self, exercise, split):
        limits = motion.find(exercise).FAULTS
        wanted = set(RULES["exercises"][exercise]["faults"]) - {"momentum", "dropped_return"}
        assert wanted <= set(limits)
        own = [clip for clip in of(split) if clip.exercise == exercise]
        few = len(own) < 20
        found = Counter(
            (name, limits[name].grade(size))
            for clip in own
            for rep in clip.reps
            for name, size in rep.faults.items()
        )
        for name in wanted:
            assert sum(found[name, grade] for grade in ("sub", "mild", "severe")) >= (2 if few else 10)
            # A few clips have it in one size at least.
            assert sorted((found[name, "mild"], found[name, "severe"]))[1 if few else 0] >= (1 if few else 2)

    def test_half_of_the_reps_are_clean(self):
        assert 0.45 <= sum(map(is_faulty, REPS)) / len(REPS) <= 0.55
        assert 0.02 <= sum(rep.amplitude < 0.5 for rep in REPS) / len(REPS) <= 0.06

    def test_a_rep_that_is_not_fast_on_purpose_is_not_fast(self):
        for clip in SETS:
            if getattr(motion.find(clip.exercise), "FLOWS", False):
                continue
            for rep in clip.reps:
                lowers_first = motion.lowers_first(motion.find(clip.exercise))
                assert rep.swung or rep.lift_s >= (0.8 if lowers_first else 1.25)
                assert rep.dropped or rep.lower_s >= 1.25
                assert 1.0 <= rep.lift_s + rep.hold_s + rep.lower_s <= 6.5

    def test_pictures_are_varied(self):
        rates = Counter(clip.shot.fps for clip in CLIPS)
        assert set(rates) == {15, 20, 25, 30, 60}
        assert 0.15 <= sum(c.shot.size[0] < c.shot.size[1] for c in CLIPS) / len(CLIPS) <= 0.25
        assert any(clip.shot.shutter for clip in CLIPS)
        assert any(clip.second for clip in CLIPS)
        assert any(clip.hidden_foot for clip in CLIPS)

    def test_all_that_is_named_exists(self):
        assert {clip.room for clip in CLIPS} == set(ROOMS)
        assert {s.kind for clip in SETS for s in clip.segments} <= {"set", "idle", *SEGMENTS}
        assert {clip.scene for clip in CLIPS if not clip.exercise} == {*SCENES, *OTHERS, "string", *GAITS} - {
            "signs"  # live.toml has those
        }


class TestFieldOfView:
    def test_of_a_camera_of_known_angles(self):
        # 26 mm on 36 x 24 mm film sees 49.6 degrees vertically; 4:3 pictures have the same diagonal.
        shot = CLIPS[0].shot.__class__(**{**vars(CLIPS[0].shot), "size": (720, 480), "focal_mm": 26.0})
        assert shot.fov_deg == pytest.approx(49.55, abs=0.05)


class TestWrong:
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (lambda r: r.pop("faults"), "it lacks 'faults'"),
            (lambda r: r["exercises"]["squat"].pop("views"), "it lacks 'views'"),
            (lambda r: r["exercises"].update(yoga=r["exercises"]["squat"]), "yoga"),
            (lambda r: r["exercises"]["squat"]["faults"].append("yawning"), "it lacks 'yawning'"),
            (lambda r: r["splits"]["test"]["azimuth"].update({"from": 9.99, "to": 9.991}), "no angle from"),
        ],
    )
    def test_a_wrong_description_is_named(self, change, says):
        rules = copy.deepcopy(RULES)
        change(rules)
        with pytest.raises(SourceError) as caught:
            suite.expand(rules)
        assert says in str(caught.value)

    def test_a_file_that_is_not_there_or_no_toml(self, tmp_path):
        with pytest.raises(SourceError, match="could not be read"):
            suite.load(tmp_path / "none.toml")
        (tmp_path / "a.toml").write_text("seed = = 1")
        with pytest.raises(SourceError, match=r"a\.toml"):
            suite.load(tmp_path / "a.toml")
