"""The report as JSON and the reps as CSV. Schema ``formcheck.report/1``: see docs/report.md."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

from formcheck.files import atomic
from formcheck.types import Rep, Report, Severity, Verdict

SCHEMA = "formcheck.report/1"


def as_dict(report: Report) -> dict[str, Any]:
    """The report as JSON-ready values; what is not known is None, never NaN."""
    view = report.view
    return {
        "schema": SCHEMA,
        "source": {
            "file": report.source,
            "duration_s": _number(report.duration_s),
            "analysed_s": _number(report.analysed_s),
            "frames": report.frames,
            "person_seen": _number(report.seen),
            "width": report.size[0],
            "height": report.size[1],
            "complete": not report.cancelled,
        },
        "model": report.model or None,
        "strictness": report.strictness,
        "exercise": {
            "id": report.exercise,
            "name": report.name,
            "given": report.given,
            "confidence": _number(report.confidence),
            "runner_up": report.runner_up or None,
            "evidence": [
                {"sign": sign, "reading": _number(reading, 2), "share": _number(share, 2)}
                for sign, reading, share in report.evidence
            ],
            "variant": report.variant or None,
            "start_s": _number(report.start_s),
            "end_s": _number(report.end_s),
        },
        "view": {
            "kind": view.kind,
            "azimuth_deg": _number(view.azimuth_deg, 1),
            "elevation_deg": _number(view.elevation_deg, 1),
            "confidence": _number(view.confidence),
            "advice": view.advice,
        },
        "count": report.count,
        "partial": report.partial,
        "reps": [_rep(rep) for rep in report.reps],
        "summary": {
            "score": report.score,
            "top_fault": report.top_fault or None,
            "cue": report.cue,
            "per_fault": [
                {
                    "fault": f.fault,
                    "name": f.label,
                    "ok": f.ok,
                    "mild": f.mild,
                    "severe": f.severe,
                    "unknown": f.unknown,
                    "reason": f.reason,
                }
                for f in report.per_fault
            ],
        },
        "figures": [
            {
                "id": f.id,
                "name": f.name,
                "value": _number(f.value),
                "unit": f.unit,
                "reason": f.reason,
                "note": f.note,
            }
            for f in report.figures
        ],
        "notes": list(report.notes),
        "parts": [as_dict(part) for part in report.parts],
    }


def to_json(report: Report) -> str:
    """The report as a JSON text with a final newline."""
    return json.dumps(as_dict(report), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def to_csv(report: Report) -> str:
    """One line a rep; faults as columns with their verdicts."""
    told = report.parts or (report,)
    faults = list(dict.fromkeys(f.fault for one in told for f in one.per_fault))
    head = ("exercise", "set", "rep", "side", "start_s", "turn_s", "end_s", "counted", "range_deg")
    tempo = ("concentric_s", "hold_s", "eccentric_s", "score")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*head, *tempo, *faults))
    for one in told:
        for rep in one.reps:
            writer.writerow((one.exercise, *_row(rep, faults)))
    return out.getvalue()


def _row(rep: Rep, faults: list[str]) -> tuple[object, ...]:
    by_id = {v.fault: v.verdict.value for v in rep.verdicts}
    times = [_text(x) for x in (rep.start_s, rep.turn_s, rep.end_s)]
    parts = [_text(x) for x in (rep.tempo.concentric_s, rep.tempo.hold_s, rep.tempo.eccentric_s)]
    score = "" if rep.score is None else rep.score
    counted = "yes" if rep.counted else "no"
    verdicts = [by_id.get(f, "") for f in faults]
    return (rep.set, rep.index, rep.side, *times, counted, _number(rep.range, 1), *parts, score, *verdicts)


def write(path: Path, text: str) -> None:
    """Writes a text file whole or not at all.

    Raises:
        OutputError: It cannot be written.
    """
    with atomic(path) as part:
        part.write_text(text, encoding="utf-8")


def _rep(rep: Rep) -> dict[str, Any]:
    tempo = rep.tempo
    return {
        "set": rep.set,
        "index": rep.index,
        "side": rep.side.value,
        "start_s": _number(rep.start_s),
        "turn_s": _number(rep.turn_s),
        "end_s": _number(rep.end_s),
        "counted": rep.counted,
        "range": _number(rep.range, 1),
        "tempo": {
            "concentric_s": _number(tempo.concentric_s),
            "hold_s": _number(tempo.hold_s),
            "eccentric_s": _number(tempo.eccentric_s),
        },
        "score": rep.score,
        "verdicts": [_verdict(v) for v in rep.verdicts],
    }


def _verdict(v: Verdict) -> dict[str, Any]:
    unknown = v.verdict is Severity.UNKNOWN
    return {
        "fault": v.fault,
        "verdict": v.verdict.value,
        "value": None if unknown else _number(v.value),
        "unit": v.unit,
        "limit": _number(v.limit),
        "reason": v.reason,
        "at_s": _number(v.at_s),
    }


def _number(x: float, digits: int = 3) -> float | None:
    return round(float(x), digits) if math.isfinite(x) else None


def _text(x: float) -> str:
    return f"{x:.2f}" if math.isfinite(x) else ""
