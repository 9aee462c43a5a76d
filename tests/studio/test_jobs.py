"""Jobs in processes: a bad one stops nobody, and Ctrl-C stops everybody."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from samples.studio.jobs import Job, run
from tests.studio.workers import work


def jobs(folder, *names) -> list[Job]:
    return [Job(name, 10, (name, folder)) for name in names]


def test_a_bad_job_is_told_and_stops_nobody(tmp_path, capfd):
    failed = run(work, jobs(tmp_path, "a", "fails", "dies", "is wrong", "b", "c"), 2, "clips")
    assert failed == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c"]
    told = capfd.readouterr().err
    assert "fails: broken on purpose (leave it)" in told
    assert "dies: its process died (exit code 7)" in told
    assert "is wrong: ValueError: a mistake" in told
    assert "Traceback" not in told


def test_each_process_has_one_thread_and_ours_keeps_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    assert run(work, jobs(tmp_path, "a"), 1, "clips") == 0
    assert (tmp_path / "a").read_text() == "1"
    assert os.environ["OMP_NUM_THREADS"] == "5"


def test_nothing_to_do_is_done(tmp_path):
    assert run(work, [], 2, "clips") == 0


def test_ctrl_c_stops_the_running_jobs_and_starts_no_other(tmp_path):
    def press() -> None:
        while not (tmp_path / "started").exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press).start()
    with pytest.raises(KeyboardInterrupt):
        run(work, jobs(tmp_path, "waits", "never"), 1, "clips")
    assert (tmp_path / "stopped").exists()
    assert not (tmp_path / "never").exists()
