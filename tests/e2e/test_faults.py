"""What a live session survives, and which tests show it: all in one place, so that none goes missing."""

from __future__ import annotations

import re

import pytest

from .command import ROOT

APP, SESSION, POSE, SOURCES, OUTPUTS, E2E = (
    *(f"unit/{room}" for room in ("app", "session", "pose", "sources", "outputs")),
    "e2e",
)
FAULTS: dict[str, tuple[str, ...]] = {
    "no camera": (
        f"{E2E}/test_live.py::test_no_camera",
        f"{SOURCES}/test_camera.py::test_no_camera_says_what_else_there_is",
    ),
    "camera busy": (f"{SOURCES}/test_camera.py::test_a_device_that_is_no_camera_is_told_as_busy",),
    "permission denied": (f"{SOURCES}/test_camera.py::test_a_camera_that_may_not_be_used",),
    "unplugged in the middle and back": (
        f"{E2E}/test_live.py::test_a_network_camera_that_fails_in_every_way",
        f"{SOURCES}/test_camera.py::test_time_goes_on_and_pictures_come_back_after_a_break",
        f"{SOURCES}/test_camera.py::test_a_lost_camera_says_so_until_it_is_back",
        f"{APP}/test_live.py::test_a_camera_that_goes_away_is_waited_for",
    ),
    "black and frozen pictures": (
        f"{E2E}/test_live.py::test_a_network_camera_that_fails_in_every_way",
        f"{APP}/test_live.py::test_pictures_that_show_nothing_are_waited_out",
        f"{APP}/test_health.py::test_black_is_told_after_a_second_and_over_at_once",
        f"{APP}/test_health.py::test_exactly_the_same_picture_is_told_after_three_seconds",
    ),
    "five pictures a second": (
        f"{SESSION}/test_whole_session.py::test_five_pictures_a_second_are_enough",
        f"{SESSION}/test_session.py::test_few_frames_are_enough_to_begin",
        f"{APP}/test_health.py::test_a_slow_camera_is_told_apart_from_a_slow_machine",
    ),
    "a machine that cannot keep up": (
        f"{APP}/test_live.py::test_a_machine_that_cannot_keep_up_is_not_called_a_broken_camera",
        f"{APP}/test_live.py::test_slow_and_dim_are_noted_on_the_screen",
        f"{SESSION}/test_session.py::test_a_machine_that_hardly_looks_does_not_take_that_for_a_rest",
    ),
    "another resolution": (
        f"{E2E}/test_live.py::test_a_network_camera_that_fails_in_every_way",
        f"{APP}/test_live.py::test_a_camera_that_changes_its_resolution_changes_nothing",
        f"{POSE}/test_live.py::test_another_resolution_in_the_middle",
    ),
    "a second person": (
        f"{POSE}/test_live.py::test_whoever_walks_in_is_seen_and_not_followed",
        f"{POSE}/test_live.py::test_a_gap_does_not_hand_over_and_a_long_one_does",
    ),
    "the person leaves": (
        f"{SESSION}/test_session.py::test_walking_away_ends_it",
        f"{SESSION}/test_session.py::test_nobody_for_a_while_in_a_set",
    ),
    "the light goes out": (
        f"{APP}/test_live.py::test_the_light_going_out_in_a_set_is_waited_out",
        f"{SESSION}/test_session.py::test_the_dark_is_named",
    ),
    "no window can be opened": (
        f"{E2E}/test_live.py::test_no_screen_goes_on_by_voice",
        f"{E2E}/test_live.py::test_no_screen_and_no_voice",
        f"{OUTPUTS}/test_window.py::test_no_display_and_one_that_is_gone",
        f"{OUTPUTS}/test_window.py::test_an_opencv_without_windows",
    ),
    "no speech": (
        f"{E2E}/test_live.py::test_no_speech_goes_on_with_tones_and_says_what_to_do",
        f"{OUTPUTS}/test_voice.py::test_without_speech_there_are_tones",
    ),
    "the sound device is gone": (
        f"{OUTPUTS}/test_voice.py::test_a_device_that_is_gone_is_told_and_tried_again",
        f"{OUTPUTS}/test_voice.py::test_a_machine_without_a_sound_device_is_noticed",
    ),
    "the disk is full": (
        f"{E2E}/test_live.py::test_a_full_disk_ends_with_what_was_done_and_says_so",
        f"{APP}/test_store.py::test_a_full_disk_is_told_and_mended",
    ),
    "a crash, a closed lid, a pulled cable": (
        f"{APP}/test_live.py::test_after_a_crash_the_session_goes_on",
        f"{APP}/test_live.py::test_every_rep_is_on_disk_at_once",
        f"{E2E}/test_live.py::test_ctrl_c_leaves_a_session_that_can_be_gone_on_with",
    ),
}


@pytest.mark.parametrize(("fault", "tests"), FAULTS.items(), ids=FAULTS)
def test_every_fault_has_its_tests(fault: str, tests: tuple[str, ...]):
    for test in tests:
        path, name = test.split("::")
        text = (ROOT / "tests" / path).read_text("utf-8")
        assert re.search(rf"^def {name}\(", text, re.MULTILINE), f"{fault}: {test} is gone"
