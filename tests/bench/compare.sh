#!/usr/bin/env bash
# Times whole commands on generated decks and prints a Markdown table:
#
#     bash tests/bench/compare.sh                       Retell alone
#     bash tests/bench/compare.sh --with-marp           beside Marp CLI with Chromium
#     bash tests/bench/compare.sh --slides "30 100 300" --lang mixed --runs 5
#
# Both make HTML and PDF of the same Marp-flavoured file: Retell with one command, Marp with two. Runs are interleaved;
# the table has medians of wall time and the peak memory of the largest process. Nothing is kept between runs.
#
# --with-marp installs Marp CLI from npm into $RETELL_BENCH_DIR (default ~/.cache/retell/bench), never into the clone,
# and uses the Chromium on the PATH or in $CHROME. RETELL=/path/to/retell times another binary than a fresh release build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

slides="30 100 300"
lang=mixed
runs=5
tools=retell
while [ $# -gt 0 ]; do
    case "$1" in
        --with-marp) tools="retell marp" ;;
        --slides) slides=${2:?--slides needs a list}; shift ;;
        --lang) lang=${2:?--lang needs en, zh or mixed}; shift ;;
        --runs) runs=${2:?--runs needs a number}; shift ;;
        -h | --help) sed -n '2,13s/^# \{0,1\}//p' "$0"; exit ;;
        *) fail "unknown argument \`$1\`; see --help" ;;
    esac
    shift
done
case "$runs" in '' | *[!0-9]* | 0) fail "--runs takes a number from 1" ;; esac

home=${RETELL_BENCH_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/retell/bench}
mkdir -p "$home"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# GNU time tells the peak memory; without it the column says so.
gnu_time=
for candidate in gtime /usr/bin/time; do
    if "$candidate" -f %M true >/dev/null 2>&1; then
        gnu_time=$candidate
        break
    fi
done

now() {
    if [ -n "${EPOCHREALTIME:-}" ]; then
        printf '%s' "${EPOCHREALTIME/,/.}"
    else
        perl -MTime::HiRes=time -e 'printf "%.6f", time'
    fi
}

prepare_retell() {
    if [ -z "${RETELL:-}" ]; then
        cargo build --locked --release >&2
        RETELL=${CARGO_TARGET_DIR:-target}/release/retell
    fi
    [ -x "$RETELL" ] || fail "\`$RETELL\` is not a program"
}

prepare_marp() {
    command -v npm >/dev/null || fail "--with-marp needs npm (Node)"
    local name
    for name in "${CHROME:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        if [ -n "$name" ] && command -v "$name" >/dev/null; then
            CHROME_PATH=$(command -v "$name")
            break
        fi
    done
    [ -n "${CHROME_PATH:-}" ] || fail "--with-marp needs a Chromium; set CHROME to it"
    export CHROME_PATH
    # Containers run as root and have no user namespaces, which Chromium's sandbox needs.
    if [ "$(id -u)" -eq 0 ]; then export CHROME_NO_SANDBOX=1; fi
    marp=$home/node_modules/.bin/marp
    if [ ! -x "$marp" ]; then
        PUPPETEER_SKIP_DOWNLOAD=1 npm install --prefix "$home" --no-audit --no-fund @marp-team/marp-cli@4 >&2
    fi
}

run_retell() { "$RETELL" build "$1" -o "$2" --only html,slides; }
run_marp() {
    "$marp" --no-stdin --allow-local-files "$1" -o "$2/deck.html" &&
        "$marp" --no-stdin --allow-local-files --pdf "$1" -o "$2/deck.pdf"
}

# One run of tool $1 on deck $2: appends "seconds KiB" to file $3.
measure() {
    local tool=$1 deck=$2 results=$3 out=$work/out start end
    rm -rf "$out"
    mkdir -p "$out"
    start=$(now)
    if [ -n "$gnu_time" ]; then
        "$gnu_time" -q -f %M -o "$work/peak" bash "$work/$tool.sh" "$deck" "$out" >"$work/log" 2>&1
    else
        echo 0 >"$work/peak"
        bash "$work/$tool.sh" "$deck" "$out" >"$work/log" 2>&1
    fi || fail "$tool failed on $deck: $(tail -n 20 "$work/log")"
    end=$(now)
    # Both files must be there, or the time means nothing.
    [ -n "$(find "$out" -name '*.html' -size +0)" ] || fail "$tool wrote no HTML for $deck"
    [ -n "$(find "$out" -name '*.pdf' -size +0)" ] || fail "$tool wrote no PDF for $deck"
    awk -v a="$start" -v b="$end" -v peak="$(tail -n 1 "$work/peak")" 'BEGIN { printf "%.3f %d\n", b - a, peak }' >>"$results"
}

# The median of column $2 of file $1.
median() {
    awk -v column="$2" '{ print $column }' "$1" | sort -n |
        awk '{ value[NR] = $1 } END { print (NR % 2) ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'
}

for tool in $tools; do
    "prepare_$tool"
    # A script of its own, since the measuring program can't call a function of this shell.
    {
        declare -p RETELL marp 2>/dev/null || true
        declare -f "run_$tool"
        printf 'run_%s "$@"\n' "$tool"
    } >"$work/$tool.sh"
done

echo "| slides | tool | HTML + PDF, median of $runs | peak memory |"
echo "| ---: | --- | ---: | ---: |"
for count in $slides; do
    deck=$work/deck-$count
    cargo run --quiet --locked --example generate-deck -- \
        --slides "$count" --lang "$lang" --dialect marp --out "$deck" >/dev/null
    for _ in $(seq "$runs"); do
        for tool in $tools; do
            measure "$tool" "$deck/deck.md" "$work/$tool-$count"
        done
    done
    for tool in $tools; do
        peak="not measured"
        [ -z "$gnu_time" ] || peak=$(median "$work/$tool-$count" 2 | awk '{ printf "%.0f MiB", $1 / 1024 }')
        printf '| %s | %s | %.2f s | %s |\n' "$count" "$tool" "$(median "$work/$tool-$count" 1)" "$peak"
    done
done
