"""docs/accuracy.md: the figures for a reader who has never seen the code. Its words are in page.md."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from string import Template

from tests.bench.scoring import document
from tests.bench.scoring.headline import Line, least_f1
from tests.bench.scoring.measures import Figures
from tests.bench.scoring.text import goal, interval, mark, value

WORDS = Path(__file__).with_suffix(".md")
VERDICTS = ("ok", "mild", "severe", "unknown", "lost")


def page(known: Figures) -> str:
    """The whole page.

    Args:
        known: A document of `tests.bench.scoring.document`, as stored.
    """
    words = Template(WORDS.read_text(encoding="utf-8"))
    return words.substitute(
        material=_material(known),
        headline=_headline(known),
        live=_live(known),
        exercises=_exercises(known["by_exercise"]),
        why=_why(known),
        faults=_faults(known["faults"]),
        views=_views(known["faults"]),
        speaks="\n".join(_speaks(known["faults"])),
        severity=_severity(known["faults"]),
        cues=_cues(known["cues"]),
        times=_times(known["times"]),
        directions=_directions({**known["directions"], "all": known["view"]}),
        groups="\n".join(_groups(known["groups"])),
        recognition=_recognition(known["recognition"], known["counting"]),
        real=_real(known["real"]),
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, with a line's end."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines) + "\n"


def _material(known: Figures) -> str:
    counting, people = known["counting"], len(known["people"])
    return (
        f"{known['clips']} clips of {people} people: {counting['reps']} reps in {counting['sets']} sets, and "
        f"{counting['clips_without_exercise']} clips without exercise. With the exceptions below, none of "
        f"them was used for tuning; the last column is for the {known['tune']['clips']} clips that were."
    )


def _headline(known: Figures) -> str:
    tuned = {line.target.id: _figure(line) for line in document.headline_of(known["tune"])}
    rows = [
        [mark(x.met), x.target.label, f"**{_figure(x)}**", goal(x), interval(x), str(x.n), tuned[x.target.id]]
        for x in document.headline_of(known)
    ]
    return table(["", "figure", "measured", "wanted", "95 %", "n", "tuned on"], rows)


def _live(known: Figures) -> str:
    all_, advised = known["live"], known["live_advised"]
    return (
        f"With a camera, where no count can be taken back, {value(all_['exact'])} % of the sets are exact "
        f"and {value(all_['within_one'])} % within one rep (from where the camera is asked for: "
        f"{value(advised['exact'])} and {value(advised['within_one'])} %), and "
        f"{value(all_['partials_share'])} % of the partial movements count."
    )


def _exercises(exercises: Mapping[str, Figures]) -> str:
    head = [
        "exercise",
        "sets",
        "counted exactly, %",
        "within one, %",
        "F1 of primary faults",
        "reps with one",
    ]
    rows = [
        [
            _plain(name),
            str(f["sets"]),
            value(f["exact"]),
            value(f["within_one"]),
            _with(f["f1"], f["f1_interval"]),
            str(f["positive"]),
            value(f["false_cues"], ""),
        ]
        for name, f in exercises.items()
    ]
    return table([*head, "false cues per clean rep"], rows)


def _figure(line: Line) -> str:
    unit = " %" if line.target.kind == "%" and not math.isnan(line.value) else ""
    return f"{value(line.value, line.target.kind)}{unit}"


def _faults(faults: Mapping[str, Figures]) -> str:
    head = ["", "fault", "with / without", "precision", "recall", "F1", "severe found"]
    rows = []
    for name, f in faults.items():
        shown = f["visible"]
        met = None if shown["f1"] is None else shown["f1"] >= least_f1(name.split(".")[1])
        rates = [_with(shown[key], shown[f"{key}_interval"]) for key in ("precision", "recall", "f1")]
        shares = (("severe", "recall"), ("unknown_due", "rate"), ("unknown_invisible", "rate"))
        rows.append(
            [
                mark(met),
                _words(name),
                _balance(shown),
                *rates,
                *(_share(f[key], rate) for key, rate in shares),
            ]
        )
    return table([*head, "unknown, recommended view", "unknown, can't be seen"], rows)


def _views(faults: Mapping[str, Figures]) -> str:
    head = ["fault", "true camera", "the fault is", "with / without", "precision", "recall", "F1", "unknown"]
    rows = []
    for name, f in faults.items():
        for view, v in f["views"].items():
            if v["positive"] or v["fp"]:
                sight = max(v["sight"], key=v["sight"].get)
                rates = [value(v["precision"]), value(v["recall"]), _with(v["f1"], v["f1_interval"])]
                rows.append([_words(name), view, sight, _balance(v), *rates, value(v["unknown"])])
    return table(head, rows)


def _speaks(faults: Mapping[str, Figures]) -> Iterator[str]:
    for name, f in faults.items():
        if len(f["speaks"]) < len(f["views"]):
            yield f"- {_words(name)}: {', '.join(f['speaks']) or 'nowhere'}"


def _severity(faults: Mapping[str, Figures]) -> str:
    total: dict[str, Counter[str]] = {}
    for f in faults.values():
        for grade, row in f["confusion"].items():
            total.setdefault(grade, Counter()).update(row)
    rows = [[grade, *(str(row[v]) for v in VERDICTS)] for grade, row in total.items()]
    return table(["commanded", *VERDICTS], rows)


def _cues(cues: Figures) -> str:
    rows = [[_words(name), str(n)] for name, n in cues["by_fault"].items()]
    return (
        f"{cues['false']} on {cues['clean_reps']} clean reps. A clean set hears "
        f"{value(cues['per_clean_set'], '')} on average ({cues['clean_sets']} sets).\n\n"
        f"{table(['fault', 'false cues'], rows)}"
    )


def _times(times: Figures) -> str:
    rows = [
        [label, _seconds(t["median"]), _seconds(t["p95"]), str(t["n"])]
        for label, t in (("count", times["count_s"]), ("verdict", times["verdict_s"]))
    ]
    return table(["", "median", "95 % within", "reps"], rows)


def _directions(directions: Mapping[str, Figures]) -> str:
    angles = ("azimuth_median", "azimuth_p95", "elevation_median", "elevation_bias")
    rows = [
        [name, str(v["clips"]), *(value(v[key], "°") for key in angles), value(v["posture"])]
        for name, v in directions.items()
    ]
    head = ["true direction", "clips", "azimuth off by, median", "95 % within"]
    return table([*head, "elevation off by, median", "its bias", "posture right, %"], rows)


def _groups(groups: Mapping[str, Mapping[str, Figures]]) -> Iterator[str]:
    head = ["clips", "sets exact", "made up", "F1", "verdicts", "false cues per clean rep"]
    for kind, by_name in groups.items():
        if len(by_name) > 1:
            rows = [[name, *_group(g)] for name, g in by_name.items()]
            yield table([kind, *head, "unknown, recommended view", "azimuth off by"], rows)


def _group(g: Figures) -> list[str]:
    return [
        str(g["clips"]),
        value(g["exact"]),
        str(g["phantoms"]),
        _with(g["f1"], g["f1_interval"]),
        str(g["judged"]),
        value(g["false_cues"], ""),
        value(g["unknown_due"]),
        value(g["azimuth"], "°"),
    ]


def _recognition(known: Figures, counting: Figures) -> str:
    rows = [
        [_plain(name), str(f["clips"]), str(f["after_two"]), str(f["in_all"]), _taken(f["taken_for"])]
        for name, f in known["by_exercise"].items()
    ]
    said = (
        f"Right after two reps: **{100 * known['after_two']:.1f} %** of {known['clips']} sets (wanted: 97). "
        f"From the whole clip: **{100 * known['in_all']:.1f} %**; not recognised, and so asked for: "
        f"{100 * known['silent']:.1f} %. Where nobody does an exercise of the catalogue: "
        f"**{known['false_starts']}** false starts in {known['minutes']:.1f} minutes (wanted: 1 in 10). "
        "Had the person named every exercise there, one after another, "
        f"{counting['named_phantoms']} reps would have been counted.\n\n"
    )
    return said + table(["exercise", "sets", "after two reps", "in all", "else taken for"], rows)


def _why(known: Figures) -> str:
    found = {"99 % or more": "all", "90 to 99 %": "most", "less": "less"}
    places = {"the camera stands where it is advised to": known["advised"]}
    places |= {f"the person is found in {text} of the frames": known["found"][k] for text, k in found.items()}
    rows = [
        [f"{place}: {counted['sets']} sets", f"{100 * counted['exact']:.1f}" if counted["sets"] else "–"]
        for place, counted in places.items()
    ]
    return table(["where", "sets counted exactly, %"], rows)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _taken(names: Mapping[str, int]) -> str:
    return ", ".join(f"{_plain(name)} {n}" for name, n in names.items())


def _real(known: Figures | None) -> str:
    if not known:
        return "Not measured yet.\n"
    clips = [
        [mark(c["reps"] == c["found"]), c["clip"], c["exercise"], str(c["reps"]), str(c["found"])]
        for c in known["clips"]
    ]
    right = sum(c["shows"] == c["named"] for c in known["named"])
    named = [
        [mark(c["shows"] == c["named"]), c["clip"], _plain(c["shows"] or "–"), _plain(c["named"] or "–")]
        for c in known["named"]
    ]
    photos = [
        [true, f"{p['right']} of {p['photos']}", ", ".join(f"{k} {n}" for k, n in p["wrong"].items())]
        for true, p in known["photos"].items()
    ]
    return (
        f"{table(['', 'clip', 'played as', 'reps', 'counted'], clips)}\n"
        f"What is recognised in them, {right} of {len(named)} right; what the catalogue does not hold is to "
        "stay without a name:\n\n"
        f"{table(['', 'clip', 'shows', 'recognised'], named)}\n"
        "Posture read from single photographs of the beginning and the end of a movement:\n\n"
        f"{table(['posture', 'right', 'read otherwise'], photos)}"
    )


def _words(name: str) -> str:
    exercise, fault = name.split(".")
    return f"{exercise.replace('_', ' ')}: {fault.replace('_', ' ')}"


def _balance(figures: Figures) -> str:
    return f"{figures['positive']} / {figures['n'] - figures['positive']}"


def _with(x: float | None, ends: Sequence[float | None]) -> str:
    """A share with its interval."""
    low, high = ends
    if x is None or low is None or high is None:
        return value(x)
    return f"{100 * x:.0f} ({100 * low:.0f}–{100 * high:.0f})"


def _share(figures: Figures, key: str) -> str:
    return f"{100 * figures[key]:.0f} of {figures['n']}" if figures["n"] else "–"


def _seconds(x: float | None) -> str:
    return "–" if x is None else f"{x:+.2f}"
