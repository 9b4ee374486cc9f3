"""PostgreSQL on this machine: where its programs are, and what a small server is told."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from registry.errors import SetupProblem

_DEBIAN = Path("/usr/lib/postgresql")
_OLDEST = 13
_MIB = 1024 * 1024


def find_programs(*, given: Path | None = None, version: str | None = None) -> Path:
    """The folder with initdb, pg_ctl and postgres: of ``version`` where data exists, else the newest with PostGIS.

    Raises:
        SetupProblem: there is none; the message names what to install.

    """
    folders = [given] if given else _candidates()
    found = {folder: _version(folder) for folder in folders if (folder / "initdb").exists()}
    if version is not None:
        found = {folder: number for folder, number in found.items() if str(number) == version}
        if not found:
            message = f"The data was made by PostgreSQL {version}, which is not installed. Install"
            raise SetupProblem(f"{message} postgresql-{version} and postgresql-{version}-postgis-3.")
    if not found:
        raise SetupProblem("PostgreSQL is not installed. Run ./setup.sh, or install PostgreSQL 13+ and PostGIS 3.")
    usable = {folder: number for folder, number in found.items() if number >= _OLDEST and has_postgis(folder)}
    if not usable:
        newest = max(found.values())
        raise SetupProblem(f"PostGIS is missing. Run ./setup.sh, or install postgresql-{newest}-postgis-3.")
    return max(usable, key=lambda folder: usable[folder])


def has_postgis(programs: Path) -> bool:
    """Whether the server in this folder can ``CREATE EXTENSION postgis``."""
    config = programs / "pg_config"
    if config.exists():
        share = Path(subprocess.run([config, "--sharedir"], capture_output=True, text=True, check=True).stdout.strip())
    else:
        share = Path("/usr/share/postgresql") / programs.parent.name
    return (share / "extension" / "postgis.control").exists()


def configuration(socket_folder: Path, *, port: int, durable: bool) -> str:
    """What the server is told: the socket only, memory for a machine of 4 GB or more, and no compiling of queries."""
    shared_mib = min(512, max(64, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MIB // 8))
    values = {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{socket_folder}'",
        "unix_socket_permissions": "0700",
        "port": str(port),
        "max_connections": "60",
        "shared_buffers": f"'{shared_mib}MB'",
        "work_mem": "'32MB'",
        "maintenance_work_mem": f"'{shared_mib // 2}MB'",
        "effective_cache_size": f"'{shared_mib * 4}MB'",
        "random_page_cost": "1.1",
        "max_wal_size": "'2GB'",
        "jit": "off",
        "log_statement": "'none'",
        "log_parameter_max_length_on_error": "0",
        "log_min_error_statement": "'panic'",
        "log_error_verbosity": "terse",
        "log_timezone": "'UTC'",
        "password_encryption": "'scram-sha-256'",
    }
    if _small_shared_memory():
        values["dynamic_shared_memory_type"] = "mmap"
    if not durable:
        values["max_connections"] = "120"
        values |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}
        values |= {"wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "'256MB'"}
    return "# Written by ekasih at each start; change settings in postgresql.conf below the include\n" + "".join(
        f"{name} = {value}\n" for name, value in values.items()
    )


def _candidates() -> list[Path]:
    on_path = shutil.which("initdb")
    return [*_DEBIAN.glob("*/bin"), *([Path(on_path).resolve().parent] if on_path else [])]


def _version(programs: Path) -> int:
    """The major version: ``initdb (PostgreSQL) 15.20 (Debian …)`` is 15."""
    said = subprocess.run([programs / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split(")")[1].split()[0].split(".")[0])


def _small_shared_memory() -> bool:
    """Whether /dev/shm is as small as containers make it, too small for parallel queries."""
    try:
        return shutil.disk_usage("/dev/shm").total < 512 * _MIB  # noqa: S108 - its size is asked, nothing is written
    except OSError:
        return True
