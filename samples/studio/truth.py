"""The truth of a clip, schema ``formcheck.truth/1`` (samples/clips/README.md) with what the studio adds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from formcheck.landmarks import INDEX, LEFT, RIGHT
from samples.studio import life, motion
from samples.studio.camera import Camera
from samples.studio.clip import Clip
from samples.studio.exercising import other_side
from samples.studio.life import gait
from samples.studio.performance import Performance, Told
from samples.studio.rotation import Floats
from samples.studio.script import ALTERNATING, RepTruth
from samples.studio.skeleton import Body, Posed, landmarks

Truth = dict[str, Any]

SCHEMA: Final = "formcheck.truth/1"
_PAIRS: Final = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
#: The joints of a film's truth, and how often they are told, Hz.
JOINTS: Final = ("nose", *(f"{side}_{joint}" for joint in _PAIRS for side in ("left", "right")))
JOINTS_HZ: Final = 10.0


def describe(
    clip: Clip, performance: Performance, style: Any, camera: Camera, frames: int, *, joints: bool
) -> Truth:
    """Everything that is known about a clip.

    Args:
        clip: Its plan.
        performance: What was done.
        style: The person's way of doing the exercise; None for a scene.
        camera: From where it was seen.
        frames: How many pictures there are.
        joints: Whether to tell where the joints are in the picture, ten times a second.
    """
    reps = performance.reps
    truth: Truth = {
        "schema": SCHEMA,
        "clip": f"{clip.name}.mp4",
        "split": clip.split,
        "exercise": clip.exercise,
        "side": clip.side,
        "fps": clip.shot.fps,
        "size": list(clip.shot.size),
        "frames": frames,
        "body": performance.body.name,
        "person": clip.person,
        "room": clip.room,
        "light": {"gain": clip.shot.gain, "noise": clip.shot.noise},
        "view": {"label": clip.shot.label, "recommended": clip.shot.recommended},
        "camera": _camera(performance, camera),
        "count": sum(rep.counted for rep in reps),
        "reps": [],
        "segments": [
            {"kind": s["kind"], "start_s": round(s["start_s"], 3), "end_s": round(s["end_s"], 3)}
            for s in performance.segments
        ],
    }
    for key, wanted in (
        ("series", clip.series if clip.series != clip.split else ""),
        ("second", clip.second),
        ("scene", clip.scene),
        ("hidden_foot", clip.hidden_foot),
    ):
        if wanted:
            truth[key] = wanted
    if clip.scene in life.GAITS:
        truth["gait"] = gait.told(clip.scene, performance.body, clip.segments[0].seconds, clip.seed)
    if performance.acts:
        truth["acts"] = [_act(act, camera) for act in performance.acts]
    if clip.shot.shutter:
        truth["shutter"] = clip.shot.shutter
    if clip.exercise is not None:
        view = Projection(clip.exercise, clip.side, performance.body, style, camera)
        views = {"": view, "left": view}
        if clip.side == ALTERNATING:
            views["right"] = Projection(clip.exercise, "other", performance.body, style, camera)
        truth["angle"] = motion.find(clip.exercise).ANGLE
        if arms := getattr(style, "arms", ""):
            truth["arms"] = arms
        truth["shows"] = {"movement": view.movement()} | {
            name: view.shows({name: info.severe}, name) for name, info in view.faults.items()
        }
        truth["reps"] = [
            _rep(rep, plan.amplitude, views[rep.side]) for rep, plan in zip(reps, clip.reps, strict=True)
        ]
    if joints:
        t = np.arange(0, frames / clip.shot.fps, 1 / JOINTS_HZ)
        px = camera.project(
            landmarks(performance.body, performance.at(t))[:, [INDEX[name] for name in JOINTS]]
        )
        truth["joints"] = {
            "names": list(JOINTS),
            "t": [round(float(moment), 3) for moment in t],
            "px": [[_point(point) for point in moment] for moment in px],
        }
    return truth


class Projection:
    """How much of a fault shows from a clip's camera: the pose with it against the same pose without.

    Attributes:
        faults: Those of the exercise's alignment, by id.
    """

    def __init__(self, exercise: str, side: str, body: Body, style: Any, camera: Camera) -> None:
        self._motion = motion.find(exercise)
        self._body, self._style, self._camera = body, style, camera
        self._mirrored, self._own = side in ("right", "other"), side == "other"
        self.faults = motion.limits(self._motion, body, style)

    def shows(self, faults: Mapping[str, float], fault: str, depth: float = 1.0) -> float:
        """The largest way in the picture of a fault's joints, in % of the torso's true length in pixels.

        Args:
            faults: Sizes of all that is wrong at that moment.
            fault: The one that is taken away.
            depth: Share of the full movement.
        """
        depth = motion.passed(self._motion).get(fault, depth)
        without = {name: size for name, size in faults.items() if name != fault}
        wrong, right = self._landmarks(depth, faults), self._landmarks(depth, without)
        shift = np.linalg.norm(self._camera.project(wrong) - self._camera.project(right), axis=-1)
        names = (_exchanged(name) if self._mirrored else name for name in self.faults[fault].joints)
        largest = np.nanmax([shift[INDEX[name]] for name in names])
        return round(100 * float(largest) / self._torso_px(right), 1)

    def movement(self) -> float:
        """The largest way of any joint from rest to the turn of a clean rep, measured like `shows`."""
        rest, turn = self._landmarks(0.0, {}), self._landmarks(1.0, {})
        way = np.linalg.norm(self._camera.project(turn) - self._camera.project(rest), axis=-1)
        return round(100 * float(np.nanmax(way)) / self._torso_px(rest), 1)

    def _landmarks(self, depth: float, faults: Mapping[str, float]) -> Floats:
        posed: Posed = self._motion.pose(self._body, depth, faults, self._style).solve()
        if self._mirrored and not self._own:
            posed = posed.mirrored(self._body)
        elif self._own:  # one rep of several: about the body's own middle
            start = self._motion.pose(self._body, 0.0, {}, self._style).solve()
            posed = other_side(self._body, self._motion.POSTURE, start, posed)
        points: Floats = landmarks(self._body, posed)[0]
        return points

    def _torso_px(self, points: Floats) -> float:
        ends = np.array([_middle(points, "shoulder"), _middle(points, "hip")])
        metres = np.linalg.norm(ends[0] - ends[1])
        return float(metres * self._camera.focal_px / self._camera.depth(ends.mean(axis=0)))


def dump(truth: Truth) -> str:
    """JSON with one line for each key and each rep: short, and a change is easy to see."""
    lines = []
    for key, value in truth.items():
        if key == "reps" and value:
            text = "[\n " + ",\n ".join(_json(rep) for rep in value) + "]"
        else:
            text = _json(value)
        lines.append(f'"{key}":{text}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _point(px: Floats) -> list[float] | None:
    """A place in the picture; None for what is behind the lens."""
    return None if np.isnan(px).any() else [round(float(x), 1) for x in px]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _rep(rep: RepTruth, depth: float, view: Projection) -> Truth:
    sizes = {name: fault["value"] for name, fault in rep.faults.items() if name in view.faults}
    faults = {}
    for name, fault in rep.faults.items():
        faults[name] = {**fault, "value": round(fault["value"], 2)}
        if name in sizes:
            faults[name]["shows_pct"] = view.shows(sizes, name, depth)
    return _timed(rep) | {"faults": faults}


def _timed(rep: RepTruth) -> Truth:
    """A rep without its faults."""
    return {
        "start_s": round(rep.start_s, 3),
        "turn_s": round(rep.turn_s, 3),
        "end_s": round(rep.end_s, 3),
        **({"side": rep.side} if rep.side else {}),
        "counted": rep.counted,
        "amplitude": round(rep.amplitude, 3),
        "angle_start": round(rep.angle_start, 1),
        "angle_turn": round(rep.angle_turn, 1),
    }


def _camera(performance: Performance, camera: Camera) -> Truth:
    """Where the camera stands, and where that is as seen from the person when the first rep starts."""
    return {
        "eye": [round(x, 3) for x in camera.eye],
        "target": [round(x, 3) for x in camera.target],
        "fov_deg": round(camera.fov_deg, 2),
        "roll_deg": camera.roll_deg,
        **_seen_from(performance, np.asarray(camera.eye)),
    }


def _act(act: Told, camera: Camera) -> Truth:
    """One exercise of several: what `describe` tells of a film with a single one, but for what shows."""
    spans = [s for s in act.performance.segments if s["kind"] == "set"]
    return {
        "exercise": act.exercise,
        "side": act.side,
        "start_s": round(act.start_s + spans[0]["start_s"], 3),
        "end_s": round(act.start_s + spans[-1]["end_s"], 3),
        "camera": _seen_from(act.performance, act.turn.T @ np.asarray(camera.eye)),
        "count": sum(rep.counted for rep in act.reps),
        "reps": [_timed(rep) | {"faults": rep.faults} for rep in act.reps],
    }


def _seen_from(performance: Performance, eye: Floats) -> Truth:
    """Where a lens ``(3,)`` is as seen from the person when the first rep starts."""
    way = eye - hips(performance)
    ahead, aside = (float(way @ np.asarray(axis)) for axis in (performance.zero, performance.quarter))
    azimuth = float(np.degrees(np.arctan2(aside, ahead)))
    told: Truth = {"elevation_deg": round(float(np.degrees(np.arcsin(way[1] / np.linalg.norm(way)))), 1)}
    if performance.posture == "side_lying":
        return told | {"azimuth_deg": round(azimuth, 1)}
    points = _first(performance)
    left = points[LEFT["hip"]] - points[RIGHT["hip"]]
    return told | {
        "azimuth_deg": round(abs(azimuth), 1),
        "azimuth_side": "left" if float(left @ way) > 0 else "right",
    }


def hips(performance: Performance) -> Floats:
    """``(3,)`` from where a camera's direction is told: the middle of the hips when the first rep starts.

    Of somebody who walks on, half-way.
    """
    return _middle(_first(performance), "hip") + performance.walked / 2


def _first(performance: Performance) -> Floats:
    """``(33, 3)`` the landmarks when the first rep starts; of a scene, in its first frame.

    Of somebody who walks or runs through the room, in the middle of the way.
    """
    moment = performance.reps[0].start_s if performance.reps else 0.0
    if performance.segments[0]["kind"] in life.GAITS:
        moment = performance.duration_s / 2
    points: Floats = landmarks(performance.body, performance.at(moment))[0]
    return points


def _middle(points: Floats, joint: str) -> Floats:
    middle: Floats = (points[LEFT[joint]] + points[RIGHT[joint]]) / 2
    return middle


def _exchanged(name: str) -> str:
    return name.replace("left", "right") if "left" in name else name.replace("right", "left")
