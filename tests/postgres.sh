#!/usr/bin/env bash
# A PostgreSQL of its own for the tests: `tests/postgres.sh start [--system]` makes one in .tools/postgres on a free port
# of this machine and prints its URL; `tests/postgres.sh stop` ends it. With --system it installs PostgreSQL from Debian's
# archive where there is none. Where it cannot be had, nothing is printed and the reason goes to standard error.
set -uo pipefail
cd "$(dirname "$0")/.."
place="$PWD/.tools/postgres"

bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
missing() { echo "Tests on PostgreSQL will be skipped: $1" >&2; exit 0; }

# PostgreSQL refuses to run as root.
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

start() {
  if [ -z "$(bin)" ] && [ "${1:-}" = --system ]; then
    command -v apt-get >/dev/null || missing "there is no apt-get here to install it with."
    sudo=()
    if [ "$(id -u)" != 0 ]; then command -v sudo >/dev/null && sudo=(sudo -n) || missing "installing it needs root."; fi
    export DEBIAN_FRONTEND=noninteractive
    "${sudo[@]}" apt-get update -qq && "${sudo[@]}" apt-get install -y -qq --no-install-recommends postgresql >/dev/null
  fi
  tools="$(bin)"
  [ -n "$tools" ] || missing "it is not installed (apt-get install postgresql)."
  stop
  # Its socket and files lie where the user that it runs as may write, whoever owns this checkout.
  data="$(as mktemp -d /tmp/curbside-postgres.XXXXXX)" || missing "no folder could be made for it."
  mkdir -p "$place" && echo "$data" >"$place/data"
  as "$tools/initdb" -D "$data/db" -U curbside -A trust --no-sync >"$place/log" 2>&1 || missing "initdb failed, see $place/log."
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 20000))
    options="-p $port -k $data -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
    if as "$tools/pg_ctl" -D "$data/db" -l "$data/log" -w -t 60 -o "$options" start >>"$place/log" 2>&1; then
      echo "postgresql://curbside@127.0.0.1:$port/postgres"
      return
    fi
  done
  missing "it did not start, see $data/log."
}

stop() {
  [ -f "$place/data" ] || return 0
  data="$(cat "$place/data")"
  as "$(bin)/pg_ctl" -D "$data/db" -m immediate stop >/dev/null 2>&1
  case "$data" in /tmp/curbside-postgres.*) rm -rf "$data" ;; esac
  rm -rf "$place"
}

case "${1:-}" in
  start) start "${2:-}" ;;
  stop) stop ;;
  *) echo "usage: tests/postgres.sh start [--system] | stop" >&2; exit 2 ;;
esac
