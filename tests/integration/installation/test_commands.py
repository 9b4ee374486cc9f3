"""The ekasih command on a new home, as an operator types it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from registry.installation.cluster import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[3]
KEYS = ["area_code", "area_name", "tegar", "miskin", "mudah_miskin", "terkeluar", "households", "persons"]


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EKASIH_")}
    return kept | {"EKASIH_HOME": str(home), "EKASIH_OFFLINE": "1", "COLUMNS": "200"} | more


def ekasih(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "registry.cli", *map(str, words)],
        cwd=PROJECT,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home in which nothing was ever done."""
    folder = Path(tempfile.mkdtemp(prefix="ek"))
    folder.chmod(0o755)
    yield folder
    cluster = Cluster(folder)
    cluster.down()
    if cluster.base != folder:
        shutil.rmtree(cluster.base)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def contoh(home: Path, shared_folder: Path) -> dict[str, object]:
    """The small sample delivery, imported; its report."""
    report = home / "report.json"
    done = ekasih(home, "import", "birm", shared_folder / "register" / "contoh.zip", "--report", report)
    assert done.returncode == 0, done.stderr
    loaded: dict[str, object] = json.loads(report.read_text(encoding="utf-8"))
    return loaded


def test_a_command_on_a_new_home_prepares_what_it_needs(home: Path) -> None:
    done = ekasih(home, "counts", "--level", "state", "--format", "json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert len(rows) == 16
    assert [list(row) for row in rows] == [KEYS] * 16


def test_counts_can_be_asked_within_an_area(home: Path) -> None:
    done = ekasih(home, "counts", "--level", "district", "--within", "08", "--format", "csv")
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert list(rows[0]) == KEYS
    assert {row["area_code"][:2] for row in rows} == {"08"}


def test_an_unknown_area_is_refused_in_a_sentence(home: Path) -> None:
    done = ekasih(home, "counts", "--level", "district", "--within", "99")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip() == "There is no area with the code 99."


def test_a_file_that_is_not_there_is_refused_without_a_trace(home: Path) -> None:
    done = ekasih(home, "import", "birm", "nowhere.zip")
    assert done.returncode == 2
    assert "nowhere.zip" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_report_has_the_figures_of_the_delivery(contoh: dict[str, object], shared_folder: Path) -> None:
    truth = json.loads((shared_folder / "register" / "contoh.truth.json").read_text(encoding="utf-8"))
    assert contoh["accepted"] == truth["accepted"]
    assert contoh["rejected"] == truth["rejected"]


def test_records_and_summary_agree_after_an_import(home: Path, contoh: dict[str, object]) -> None:
    assert contoh
    done = ekasih(home, "recount")
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_was_asked_for_on_screen_is_carried_out_where_nothing_waits_nothing_is(home: Path) -> None:
    done = ekasih(home, "work", "--until-idle")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_worker_goes_when_its_server_has_gone(home: Path) -> None:
    done = ekasih(home, "work", "--for", "1")
    assert done.returncode == 0, done.stderr


def test_the_sample_register_is_not_loaded_over_a_register(home: Path, contoh: dict[str, object]) -> None:
    before = ekasih(home, "counts", "--level", "state", "--format", "json").stdout
    assert contoh
    assert ekasih(home, "demo", "--if-empty").returncode == 0
    assert ekasih(home, "counts", "--level", "state", "--format", "json").stdout == before


def test_deciding_again_changes_nothing_where_nothing_changed(home: Path, contoh: dict[str, object]) -> None:
    before = ekasih(home, "counts", "--level", "district", "--format", "json").stdout
    assert contoh
    assert ekasih(home, "reclassify").returncode == 0
    assert ekasih(home, "counts", "--level", "district", "--format", "json").stdout == before


def test_the_doctor_finds_nothing_wrong_and_then_what_is(home: Path) -> None:
    ekasih(home, "migrate")
    # what earlier commands left waiting is told, rightly, when it has waited a minute
    assert ekasih(home, "work", "--until-idle").returncode == 0
    well = ekasih(home, "doctor")
    assert well.returncode == 0, well.stdout
    ekasih(home, "down")
    ill = ekasih(home, "doctor")
    assert ill.returncode == 1
    assert "ekasih up" in ill.stdout


def test_an_account_can_be_added_and_not_twice(home: Path) -> None:
    def add() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "registry.cli", "users", "add", "s.lim", "--name", "S. Lim", "--role", "officer",
             "--territory", "0803"],
            cwd=PROJECT, env=environment(home), input="a long enough password\n", capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    assert add().returncode == 0
    again = add()
    assert again.returncode == 2
    assert "Traceback" not in again.stderr


def test_sessions_are_ended_by_login_and_swept(home: Path) -> None:
    unknown = ekasih(home, "users", "end-sessions", "tiada.siapa")
    assert unknown.returncode == 2
    assert "Traceback" not in unknown.stderr
    swept = ekasih(home, "sweep-sessions")
    assert (swept.returncode, swept.stdout.strip()) == (0, "0 sessions were over")


def test_the_server_answers_where_it_says(home: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "registry.cli", "serve"],
        cwd=PROJECT,
        env=environment(home, EKASIH_PORT=str(port), EKASIH_WORKERS="1"),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        assert server.stdout.readline().strip() == f"eKasih: http://localhost:{port}"
        assert _answer(f"http://127.0.0.1:{port}/") == 200
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=30)
    # the server sealed the audit log, and the command finds that it did
    (line,) = (home / "seals" / "audit.jsonl").read_text(encoding="ascii").splitlines()
    seal = json.loads(line)
    verified = ekasih(home, "audit", "verify")
    assert verified.returncode == 0, verified.stderr
    assert f"sealed up to link {seal['link']} by seal 1: {seal['mac']}" in verified.stdout


def _answer(address: str) -> int:
    for _ in range(150):
        try:
            with urllib.request.urlopen(address, timeout=10) as response:
                return int(response.status)
        except OSError:
            time.sleep(0.2)
    return 0
