"""README and docs against what they describe."""

from __future__ import annotations

import re
from pathlib import Path

from formcheck import errors
from formcheck.cli.checks import GRAPHICS
from formcheck.exercises import catalogue

ROOT = Path(__file__).resolve().parents[3]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_readme_lists_every_exercise_with_its_camera():
    rows = re.findall(r"^\| ([^|]+) \| `(\w+)` \| ([^|]+) \|$", text("README.md"), re.MULTILINE)
    expected = [(e.name, e.id, e.camera.removeprefix("Put the camera ")) for e in catalogue().values()]
    assert [(name, i, where[0].lower() + where[1:]) for name, i, where in rows] == expected


def test_every_exit_code_is_documented():
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", text("docs/exit-codes.md"), re.MULTILINE)}
    raised = {
        kind.exit_code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, Exception)
    }
    assert codes == raised | {0, 130, 141}


def test_readme_doctor_and_ci_name_the_same_system_packages():
    packages = [names[0] for _, names in GRAPHICS]
    for name in ("README.md", ".ci/run"):
        line = next(line for line in text(name).splitlines() if "apt-get install" in line)
        assert [package for package in packages if package not in line.split()] == []
    for library, _ in GRAPHICS:
        assert library in text(".ci/run")


def test_links_lead_somewhere():
    for name in ("README.md", "docs/report.md", "docs/exit-codes.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", text(name)):
            if not target.startswith(("http", "docs/images/")):
                assert ((ROOT / name).parent / target).exists(), f"{name}: {target}"


def test_no_package_index_is_named():
    for name in ("README.md", ".ci/run", "pyproject.toml"):
        assert not re.search(r"index-url|pypi\.org", text(name))
