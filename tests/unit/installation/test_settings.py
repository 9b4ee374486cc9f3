"""Settings: what an installation may set, and what it never shows."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from registry.installation.settings import PROJECT, Settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATABASE_URL", "WEB_DATABASE_URL", "SECRET_KEY", "PORT", "POSTGRES_BIN"):
        monkeypatch.delenv(f"EKASIH_{name}", raising=False)
    monkeypatch.setenv("EKASIH_HOME", str(tmp_path))


def test_the_home_is_in_the_project_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EKASIH_HOME")
    assert Settings.load().home == PROJECT / ".ekasih"


def test_the_private_cluster_signs_in_as_each_role_itself() -> None:
    settings = Settings.load()
    assert (settings.owner_url.username, settings.owner_role) == ("app_owner", None)
    assert (settings.web_url.username, settings.web_role) == ("app_web", None)


def test_one_address_serves_both_roles_by_taking_them_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EKASIH_DATABASE_URL", "postgresql://admin:x@db/register")
    settings = Settings.load()
    assert not settings.private
    assert (settings.owner_role, settings.web_role) == ("app_owner", "app_web")
    assert settings.web_url.drivername == "postgresql+psycopg"


def test_an_address_of_its_own_for_the_pages_needs_no_role_taken_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EKASIH_DATABASE_URL", "postgres://app_owner:x@db/register")
    monkeypatch.setenv("EKASIH_WEB_DATABASE_URL", "postgresql://app_web:y@db/register")
    settings = Settings.load()
    assert (settings.owner_role, settings.web_role) == (None, None)


def test_passwords_do_not_show_in_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EKASIH_DATABASE_URL", "postgresql://admin:hunter2@db/register")
    monkeypatch.setenv("EKASIH_SECRET_KEY", "hunter2")
    settings = Settings.load()
    assert "hunter2" not in f"{settings!r} {settings} {settings.owner_url!r} {settings.owner_url}"


def test_the_secret_key_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    first = Settings.load().secret_key
    assert len(first) >= 48
    assert Settings.load().secret_key == first
    (kept,) = (tmp_path / "secrets").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_given_secret_key_is_used_and_not_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EKASIH_SECRET_KEY", "given")
    assert Settings.load().secret_key == "given"
    assert not (tmp_path / "secrets").exists()


def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EKASIH_PORT", "70000")
    with pytest.raises(ValidationError):
        Settings.load()
