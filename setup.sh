#!/usr/bin/env bash
# Makes this machine ready: system packages, a virtual environment, the ekasih command. Safe to run again.
#   ./setup.sh           what running needs
#   ./setup.sh --tests   what tests need too (a browser, Node.js, the test packages)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

tests=no
case "${1:-}" in
    --tests) tests=yes ;;
    "") ;;
    *) echo "usage: ./setup.sh [--tests]" >&2; exit 2 ;;
esac

say() { printf '  %s\n' "$*"; }
log=$(mktemp "${TMPDIR:-/tmp}/ekasih-setup.XXXXXX")
trap 'rm -f "$log"' EXIT

quietly() { # run a step; show its output only when it fails
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 40 "$log" >&2
        echo "This step failed: $*" >&2
        exit 2
    fi
}

# ---- what is here, what is missing ---------------------------------------------------------------------------------
python_works() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    local candidate
    for candidate in "${EKASIH_PYTHON:-}" python3 /usr/bin/python3 python3.13 python3.12 python3.11; do
        if [ -n "$candidate" ] && python_works "$candidate"; then command -v "$candidate"; return; fi
    done
    return 1
}

postgres_works() {
    local bin
    for bin in /usr/lib/postgresql/*/bin; do
        [ -x "$bin/initdb" ] && ls "/usr/share/postgresql/$(basename "$(dirname "$bin")")/extension/postgis.control" >/dev/null 2>&1 && return
    done
    command -v initdb >/dev/null && command -v pg_config >/dev/null && [ -e "$(pg_config --sharedir)/extension/postgis.control" ]
}

browser_works() { command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }

# its test runner came with version 18
node_works() { command -v node >/dev/null && node -e 'process.exit(Number.parseInt(process.versions.node, 10) < 18 ? 1 : 0)'; }

wanted=()
python=$(find_python) || wanted+=(python3 python3-venv)
[ -n "${EKASIH_DATABASE_URL:-}" ] || postgres_works || wanted+=(postgresql postgis)
[ "$tests" = no ] || postgres_works || case " ${wanted[*]-} " in *" postgresql "*) ;; *) wanted+=(postgresql postgis) ;; esac
[ "$tests" = no ] || browser_works || wanted+=(chromium fonts-dejavu-core)
[ "$tests" = no ] || node_works || wanted+=(nodejs)

# ---- system packages -----------------------------------------------------------------------------------------------
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

apt_install() {
    quietly as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 apt-get install -y --no-install-recommends \
        -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=180 "$@"
}

install_packages() {
    say "System packages: ${wanted[*]}"
    quietly as_root apt-get update
    if [[ " ${wanted[*]} " == *" postgresql "* ]]; then
        # PostgreSQL's Debian package would otherwise start a cluster of its own, which nobody here uses.
        if [ ! -d /etc/postgresql-common ]; then
            as_root mkdir -p /etc/postgresql-common
            echo "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
        fi
        apt_install postgresql
        local version
        version=$(ls /usr/lib/postgresql | sort -V | tail -n 1)
        wanted=("${wanted[@]/#postgis/postgresql-$version-postgis-3}")
    fi
    # Chromium without windows takes a fifth less time for the same pages; not every release has it.
    if apt-cache show chromium-headless-shell >/dev/null 2>&1; then wanted=("${wanted[@]/%chromium/chromium-headless-shell}"); fi
    apt_install "${wanted[@]}"
}

if [ ${#wanted[@]} -gt 0 ]; then
    if ! command -v apt-get >/dev/null || ! grep -qiE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release 2>/dev/null; then
        {
            echo "This machine is neither Debian nor Ubuntu. Install these, then run this again:"
            for package in "${wanted[@]}"; do
                case "$package" in
                    python3) echo "  - Python 3.11 or newer" ;;
                    python3-venv) echo "  - its venv and pip modules" ;;
                    postgresql) echo "  - PostgreSQL 13 or newer, server and client programs (initdb, pg_ctl on the PATH)" ;;
                    postgis) echo "  - PostGIS 3 for that PostgreSQL" ;;
                    chromium) echo "  - Chromium (only for the browser tests)" ;;
                    nodejs) echo "  - Node.js 18 or newer (only for the tests of the scripts)" ;;
                esac
            done
        } >&2
        exit 2
    fi
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        echo "These packages are missing and neither root nor sudo is at hand: ${wanted[*]}" >&2
        exit 2
    fi
    install_packages
    if ! python=$(find_python); then
        echo "Python 3.11 or newer is needed; this release brings an older one. Set EKASIH_PYTHON to a newer one." >&2
        exit 2
    fi
fi

# ---- virtual environment -------------------------------------------------------------------------------------------
requirements=requirements.txt
[ "$tests" = no ] || requirements=requirements-dev.txt
stamp=.venv/.installed
# The test set holds the other one, with the same versions: whoever has it needs nothing more.
fingerprint() { cat "$1" pyproject.toml setup.sh <(pwd) | sha256sum | cut -d' ' -f1; }
have=$(cat "$stamp" 2>/dev/null || true)
if [ -x .venv/bin/ekasih ] && { [ "$have" = "$(fingerprint "$requirements")" ] || [ "$have" = "$(fingerprint requirements-dev.txt)" ]; }; then
    exit 0
fi

if ! python_works .venv/bin/python || ! head -n 2 .venv/bin/pip | grep -qF "$PWD/.venv/"; then
    say "Virtual environment: .venv ($("$python" --version))"
    rm -rf .venv
    quietly "$python" -m venv .venv
fi
say "Python packages: $requirements"
rm -f "$stamp"
# the list is whole: nothing is left to be chosen, and what a package asks for with an extra is in it as well
quietly .venv/bin/python -m pip install --disable-pip-version-check --no-input --no-deps --require-hashes --only-binary :all: -r "$requirements"
quietly .venv/bin/python -m pip install --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
fingerprint "$requirements" >"$stamp"
say "Ready: .venv/bin/ekasih"
