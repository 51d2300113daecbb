#!/usr/bin/env bash
# Installs what the browser tests need: node packages into .tools/browser and, with --system, chromium and node from
# Debian's archive. Where something cannot be had it says so and goes on: the tests then skip with the same word.
set -uo pipefail
cd "$(dirname "$0")/../.."
place=.tools/browser

missing() { echo "Browser tests will be skipped: $1" >&2; exit 0; }
has() { command -v "$1" >/dev/null 2>&1; }
has_chromium() { [ -n "${CURBSIDE_CHROMIUM:-}" ] || has chromium || has chromium-browser || has google-chrome; }

if [ "${1:-}" = --system ] && { ! has_chromium || ! has npm; }; then
  if ! has apt-get; then
    echo "There is no apt-get here; install chromium, node 20 and npm by other means." >&2
  else
    wanted=()
    has_chromium || wanted+=(chromium)
    has npm || wanted+=(nodejs npm)
    sudo=()
    if [ "$(id -u)" != 0 ]; then has sudo && sudo=(sudo -n) || missing "chromium needs root or sudo to be installed."; fi
    export DEBIAN_FRONTEND=noninteractive
    "${sudo[@]}" apt-get update -qq && "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
  fi
fi
has_chromium || missing "no chromium was found (apt-get install chromium, or name one in CURBSIDE_CHROMIUM)."
has npm || missing "no npm was found (apt-get install nodejs npm)."

mkdir -p "$place"
if ! cmp -s tests/browser/package-lock.json "$place/package-lock.json" || [ ! -d "$place/node_modules/axe-core" ]; then
  cp tests/browser/package.json tests/browser/package-lock.json "$place/"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix "$place" --ignore-scripts --no-audit --no-fund --loglevel=error \
    || { rm -rf "$place"; missing "npm could not install the packages of tests/browser/package-lock.json."; }
fi
