#!/usr/bin/env bash
# Installs what the tests need beyond Rust, when missing, and runs all of them:
#
#     bash tests/run.sh
#
# Works from any folder. The tests need a real Chromium and readers that are not ours. Those of PDF,
# poppler (pdftotext, pdffonts, pdftoppm), qpdf and mutool, come from the system's package manager;
# Anki's importer and a reader of calendars are Python packages in the target folder.
# CHROME=/path/to/chrome takes another browser.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n==> %s\n' "$*"; }
fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# The path of a Chromium or Chrome, or nothing.
browser() {
    local name mac
    if [ -n "${CHROME:-}" ]; then
        printf '%s' "$CHROME"
        return
    fi
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
        if has "$name"; then
            command -v "$name"
            return
        fi
    done
    for mac in "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [ -x "$mac" ]; then
            printf '%s' "$mac"
            return
        fi
    done
}

# What is missing, by our own names: one word a line.
missing() {
    [ -n "$(browser)" ] || echo chromium
    { has pdftotext && has pdffonts && has pdftoppm; } || echo poppler
    has qpdf || echo qpdf
    has mutool || echo mupdf
    # Debian has venv without what it needs.
    { has python3 && python3 -c 'import venv, ensurepip' 2>/dev/null; } || echo python
}

# Runs a command as root, once more when it fails: mirrors have their moments.
as_root() {
    local elevate=()
    if [ "$(id -u)" -ne 0 ]; then
        has sudo || fail "installing needs root: become root or install sudo, or install yourself: $wanted"
        elevate=(sudo)
        [ -t 0 ] || elevate=(sudo -n)
    fi
    ${elevate[@]+"${elevate[@]}"} "$@" && return
    echo "that failed, trying once more in 5 s"
    sleep 5
    ${elevate[@]+"${elevate[@]}"} "$@"
}

# Each name of `missing` ($2…) as package manager $1 calls it.
packages() {
    local manager=$1 name
    shift
    for name in "$@"; do
        case "$manager:$name" in
            apt:poppler | dnf:poppler) echo poppler-utils ;;
            apt:mupdf | pacman:mupdf | brew:mupdf) echo mupdf-tools ;;
            apt:python) echo python3 python3-venv ;;
            dnf:python) echo python3 ;;
            *) echo "$name" ;;
        esac
    done
}

install_missing() {
    local wanted names
    wanted=$(missing | tr '\n' ' ')
    if [ -z "$wanted" ]; then
        echo "nothing to install"
        return
    fi
    echo "missing: $wanted"
    # Split on purpose: `wanted` is a list of plain words.
    # shellcheck disable=SC2086
    if has apt-get; then
        names=$(packages apt $wanted)
        export DEBIAN_FRONTEND=noninteractive
        as_root apt-get update -q || echo "apt-get update failed, going on with the lists at hand"
        as_root apt-get install -y -q --no-install-recommends $names || true
    elif has dnf; then
        as_root dnf install -y $(packages dnf $wanted) || true
    elif has pacman; then
        as_root pacman -Sy --needed --noconfirm $(packages pacman $wanted) || true
    elif has brew; then
        brew install $(packages brew $wanted) || true
    else
        fail "no apt-get, dnf, pacman or brew here; please install: $wanted"
    fi
    wanted=$(missing | tr '\n' ' ')
    [ -z "$wanted" ] || fail "still missing after installing: $wanted; please install by hand (CHROME=/path names a browser)"
}

# The tests that need them; left out only where PyPI can't be reached.
readers_tests=(follow_up::anki follow_up::a_question follow_up::calendars follow_up::entries follow_up::hostile)
skipped=()

# Python packages that read what the follow-up of a talk is made of, where the tests look for them.
install_readers() {
    local folder="${CARGO_TARGET_DIR:-target}/python" pins="anki==26.9.3 icalendar==7.3.0"
    if [ "$(cat "$folder/pins" 2>/dev/null)" = "$pins" ]; then
        echo "$pins: there"
        return
    fi
    python3 -m venv --clear "$folder" || fail "python3 can't make a virtual environment"
    # Split on purpose: `pins` is a list of plain words.
    # shellcheck disable=SC2086
    if "$folder/bin/pip" install --quiet --disable-pip-version-check --retries 5 $pins; then
        printf '%s' "$pins" >"$folder/pins"
        echo "$pins: installed"
    else
        echo "PyPI gives no $pins: NOT TESTED is ${readers_tests[*]}" >&2
        skipped=(-- "${readers_tests[@]/#/--skip=}")
    fi
}

has cargo || fail "cargo is not on the PATH; get Rust from https://rustup.rs"

say "What the tests need beyond Rust"
install_missing
install_readers
CHROME=$(browser)
export CHROME
# Ubuntu's chromium package may be a placeholder for a snap, which a container can't run.
"$CHROME" --version 2>/dev/null || fail "\`$CHROME\` does not run; set CHROME to a Chromium or Chrome that does"

say "cargo build"
cargo build --locked

if cargo fmt --version >/dev/null 2>&1; then
    say "cargo fmt --check"
    cargo fmt --check
else
    say "cargo fmt: not installed, skipped (rustup component add rustfmt)"
fi

if cargo clippy --version >/dev/null 2>&1; then
    say "cargo clippy --all-targets -- -D warnings"
    cargo clippy --locked --all-targets -- -D warnings
else
    say "cargo clippy: not installed, skipped (rustup component add clippy)"
fi

say "cargo test --workspace"
# Old shells take an empty list for an unset one.
cargo test --locked --workspace ${skipped[@]+"${skipped[@]}"}
