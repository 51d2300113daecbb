#!/usr/bin/env bash
# What PDF is drawn with, and what tests read it with: `tests/documents.sh --system` installs Pango, a font and poppler's
# tools from Debian's archive where they are missing. Where they cannot be had it says so: the tests then skip.
set -uo pipefail

missing() { echo "Tests of PDF will be skipped: $1" >&2; exit 0; }
has_pango() { ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0; }
has_subset() { ldconfig -p 2>/dev/null | grep -q libharfbuzz-subset; }
has_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list 2>/dev/null | head -1)" ]; }

wanted=()
has_pango || wanted+=(libpango-1.0-0 libpangoft2-1.0-0)
has_subset || wanted+=(libharfbuzz-subset0)
has_font || wanted+=(fontconfig fonts-dejavu-core)
command -v pdftotext >/dev/null 2>&1 || wanted+=(poppler-utils)
[ ${#wanted[@]} -gt 0 ] || exit 0
[ "${1:-}" = --system ] || missing "these are not installed: ${wanted[*]}."
command -v apt-get >/dev/null 2>&1 || missing "there is no apt-get here to install ${wanted[*]} with."
sudo=()
if [ "$(id -u)" != 0 ]; then command -v sudo >/dev/null 2>&1 && sudo=(sudo -n) || missing "installing ${wanted[*]} needs root."; fi
export DEBIAN_FRONTEND=noninteractive
"${sudo[@]}" apt-get update -qq && "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null \
  || missing "${wanted[*]} could not be installed."
