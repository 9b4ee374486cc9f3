"""The private cluster: starts, stops, survives, and keeps to itself."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from registry.errors import SetupProblem
from registry.installation import cluster as module
from registry.installation.cluster import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that the server's account can enter, unlike pytest's own temporary ones when root runs them."""
    folder = Path(tempfile.mkdtemp(prefix="ek"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def fresh(home: Path) -> Iterator[Cluster]:
    made = Cluster(home, durable=False)
    yield made
    made.down()
    if made.base != home:
        shutil.rmtree(made.base)
    if made.socket_folder.parent != made.base:
        shutil.rmtree(made.socket_folder)


def ask(cluster: Cluster, question: str) -> object:
    engine = create_engine(cluster.url(user="postgres", database="postgres"), poolclass=NullPool)
    with engine.connect() as connection:
        return connection.scalar(text(question))


def test_it_starts_once_and_stops_once(fresh: Cluster) -> None:
    assert [fresh.up(), fresh.up(), fresh.status().running] == [True, False, True]
    assert [fresh.down(), fresh.down(), fresh.status().running] == [True, False, False]


def test_it_listens_on_no_network_address(fresh: Cluster) -> None:
    fresh.up()
    assert ask(fresh, "SHOW listen_addresses") == ""


def test_nobody_else_can_enter_its_data_and_socket(fresh: Cluster) -> None:
    fresh.up()
    status = fresh.status()
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (status.data, status.socket_folder)} == {0o700}


def test_text_is_utf8_and_pages_have_checksums(fresh: Cluster) -> None:
    fresh.up()
    assert ask(fresh, "SHOW server_encoding") == "UTF8"
    assert ask(fresh, "SHOW data_checksums") == "on"


def test_its_log_quotes_no_statement(fresh: Cluster) -> None:
    fresh.up()
    with pytest.raises(Exception, match="does not exist"):
        ask(fresh, "SELECT 'Aminah' FROM nowhere")
    assert "Aminah" not in fresh.log.read_text(encoding="utf-8")


def test_two_stand_side_by_side(fresh: Cluster, cluster: Cluster) -> None:
    fresh.up()
    assert ask(fresh, "SHOW data_directory") != ask(cluster, "SHOW data_directory")


def test_a_pid_file_left_by_a_crash_is_not_taken_for_a_server(fresh: Cluster) -> None:
    fresh.up()
    left = (fresh.data / "postmaster.pid").read_text(encoding="utf-8")
    fresh.down()
    stale = "\n".join([str(os.getpid()), *left.splitlines()[1:]])
    (fresh.data / "postmaster.pid").write_text(stale, encoding="utf-8")
    assert not fresh.status().running
    (fresh.data / "postmaster.pid").unlink()


def test_a_path_too_long_for_a_socket_is_no_hindrance(fresh: Cluster) -> None:
    deep = replace(fresh, home=fresh.home / ("x" * 90))
    deep.up()
    try:
        assert len(str(deep.socket_folder)) < 100
        assert ask(deep, "SELECT 1") == 1
    finally:
        deep.down()
        shutil.rmtree(deep.socket_folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server under another account")
def test_a_home_that_the_server_may_not_enter_keeps_its_data_elsewhere(fresh: Cluster) -> None:
    fresh.home.chmod(0o700)
    fresh.up()
    assert fresh.data.is_relative_to(module.SHARED_HOMES)
    assert (fresh.home / "pg").resolve() == fresh.data
    assert ask(fresh, "SELECT 1") == 1


def test_a_server_that_does_not_start_shows_the_end_of_its_log(fresh: Cluster) -> None:
    fresh.up()
    fresh.down()
    with (fresh.data / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
        settings.write("shared_buffers = 'a lot'\n")
    with pytest.raises(SetupProblem, match="shared_buffers"):
        fresh.up()


def test_data_of_a_version_that_is_not_installed_is_named(fresh: Cluster) -> None:
    fresh.up()
    fresh.down()
    kept = (fresh.data / "PG_VERSION").read_text(encoding="ascii")
    (fresh.data / "PG_VERSION").write_text("12\n", encoding="ascii")
    with pytest.raises(SetupProblem, match="postgresql-12"):
        fresh.up()
    (fresh.data / "PG_VERSION").write_text(kept, encoding="ascii")


def test_an_administrators_own_setting_wins(fresh: Cluster) -> None:
    fresh.up()
    fresh.down()
    with (fresh.data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write("work_mem = '48MB'\n")
    fresh.up()
    assert ask(fresh, "SHOW work_mem") == "48MB"
