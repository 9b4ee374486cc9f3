"""A file of target groups: what it reaches in the sample register of Perak, and what is said of a file that is none."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from registry.aid.conditions.problems import BadCondition
from registry.aid.importing import AidTerms, import_aid
from registry.aid.target_files import count_groups, read_groups
from registry.deliveries.birm import import_birm
from registry.uploads.refusals import UnreadableUpload
from tests.world import add_household

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

GROUP = {"nama": "bandar", "syarat": [{"pada": "isirumah", "medan": "strata", "op": "dalam", "nilai": ["Bandar"]}]}


def _write(folder: Path, document: Any) -> Path:
    (folder / "sasaran").mkdir()
    (folder / "sasaran" / "sasaran.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def test_the_groups_of_the_sample_reach_whom_its_truth_says(
    owner_engine: Engine, owner: Connection, shared_folder: Path
) -> None:
    path = shared_folder / "register" / "bantuan_perak.zip"
    import_birm(owner_engine, path.with_name("perak.zip"), received_on=date(2026, 11, 1))
    import_aid(owner_engine, path, terms=AidTerms(trial=False))
    truth = json.loads(path.with_name("bantuan_perak.truth.json").read_text(encoding="utf-8"))["targets"]
    assert count_groups(owner, read_groups(path)) == truth


@pytest.mark.parametrize("wrapped", ["folder", "file", "zip"])
def test_a_file_is_read_wherever_it_lies(owner: Connection, tmp_path: Path, wrapped: str) -> None:
    add_household(owner, "A1")
    add_household(owner, "B2", strata="rural")
    path = _write(tmp_path, {"pada_tarikh": "2026-06-30", "kumpulan": [GROUP]})
    if wrapped == "file":
        path = path / "sasaran" / "sasaran.json"
    elif wrapped == "zip":
        path = tmp_path / "bantuan.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.write(tmp_path / "sasaran" / "sasaran.json", "Bantuan 2026/sasaran/sasaran.json")
    assert count_groups(owner, read_groups(path)) == {"bandar": {"total": 1, "by_district": {"0803": 1}}}


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([], "no_groups"),
        ({"kumpulan": 1}, "no_groups"),
        ({"kumpulan": [GROUP]}, "no_day"),
        ({"pada_tarikh": "30/06/2026", "kumpulan": [GROUP]}, "no_day"),
        ({"pada_tarikh": "2026-06-30", "kumpulan": [GROUP, GROUP]}, "no_group"),
        ({"pada_tarikh": "2026-06-30", "kumpulan": [{"nama": "x"}]}, "no_group"),
        ({"pada_tarikh": "2026-06-30", "kumpulan": [GROUP | {"poligon": 1}]}, "polygon"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, document: Any, reason: str) -> None:
    with pytest.raises(BadCondition) as refused:
        read_groups(_write(tmp_path, document))
    assert refused.value.reason == reason


def test_a_group_has_nobody_who_is_aided(owner: Connection, tmp_path: Path) -> None:
    aided = GROUP | {"syarat": [{"pada": "penerima", "medan": "umur", "op": ">", "nilai": 6}]}
    groups = read_groups(_write(tmp_path, {"pada_tarikh": "2026-06-30", "kumpulan": [aided]}))
    with pytest.raises(BadCondition) as refused:
        count_groups(owner, groups)
    assert refused.value.reason == "recipient"


def test_where_there_is_no_file_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableUpload, match="sasaran"):
        read_groups(tmp_path)
    with pytest.raises(UnreadableUpload, match="sasaran"):
        read_groups(tmp_path / "nothing.zip")
