"""Replies that are kept for some days, and the ledger of a language model's use."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from curbside.records.completion import Completion, ModelCall, ModelLedger
from curbside.store.completions import FOLDER, CompletionStore

KEY = "a" * 64
REPLY = Completion("said ≥ 5", 10, 4)


def call(outcome: str = "answered", **more: object) -> ModelCall:
    """A line."""
    return ModelCall("2026-07-01T00:00:00Z", "tiny at localhost", "reword", outcome, **more)  # type: ignore[arg-type]


def test_a_reply_is_kept_for_its_days_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    """Then it is as good as gone, and swept."""
    now = [0.0]
    store = CompletionStore(tmp_path, 30, lambda: now[0])
    store.put(KEY, REPLY)
    path = next((tmp_path / FOLDER).rglob("*.json"))
    now[0] = path.stat().st_mtime + 29 * 86_400
    assert store.get(KEY) == REPLY
    assert store.kept() == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    now[0] += 2 * 86_400
    assert store.get(KEY) is None
    assert (store.sweep(), store.sweep()) == (1, 0)


def test_keeping_a_reply_takes_away_those_whose_time_is_over(tmp_path: Path) -> None:
    """So that nothing stays where no server runs."""
    now = [0.0]
    store = CompletionStore(tmp_path, 30, lambda: now[0])
    store.put(KEY, REPLY)
    old = next((tmp_path / FOLDER).rglob("*.json"))
    os.utime(old, (1_000.0, 1_000.0))
    now[0] = 1_000.0 + 31 * 86_400
    store.put("b" * 64, REPLY)
    assert [path.stem for path in (tmp_path / FOLDER).rglob("*.json")] == ["b" * 64]


def test_nothing_is_kept_where_questions_are_not(tmp_path: Path) -> None:
    """For 0 days no reply is written; the ledger is."""
    store = CompletionStore(tmp_path, 0)
    store.put(KEY, REPLY)
    store.write(call())
    assert store.get(KEY) is None
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == ["ledger-2026-07.jsonl"]


def test_a_damaged_reply_is_none_and_a_key_that_is_none_is_no_path(tmp_path: Path) -> None:
    """Whatever the disk did; and nothing from outside becomes a path."""
    store = CompletionStore(tmp_path, 30)
    store.put(KEY, REPLY)
    next((tmp_path / FOLDER).rglob("*.json")).write_bytes(b"{")
    assert store.get(KEY) is None
    with pytest.raises(ValueError, match="no key"):
        store.get("../../library.sqlite")


def test_the_ledger_adds_up_and_passes_over_what_a_power_cut_left(tmp_path: Path) -> None:
    """Requests, replies at hand, faults by kind, tokens, costs by currency."""
    store = CompletionStore(tmp_path, 30)
    assert store.ledger() == ModelLedger()
    for line in (
        call(read=100, written=50, cost=0.5, currency="USD"),
        call("cached"),
        call("timed out"),
        call("timed out"),
        call("malformed", read=10, written=1, cost=0.25, currency="EUR"),
    ):
        store.write(line)
    with next((tmp_path / FOLDER).glob("*.jsonl")).open("ab") as file:
        file.write(b'{"time": "20')
    found = store.ledger()
    assert (found.calls, found.answered, found.cached, found.read, found.written) == (4, 1, 1, 110, 51)
    assert found.faults == (("malformed", 1), ("timed out", 2))
    assert found.costs == (("EUR", 0.25), ("USD", 0.5))


def test_lines_written_at_once_never_mix(tmp_path: Path) -> None:
    """Forty lines of four threads are forty lines."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: CompletionStore(tmp_path, 30).write(call(read=1)), range(40)))
    assert CompletionStore(tmp_path, 30).ledger().read == 40


def test_forgetting_takes_the_replies_and_leaves_the_ledger(tmp_path: Path) -> None:
    """What was paid stays known."""
    store = CompletionStore(tmp_path, 30)
    store.put(KEY, REPLY)
    store.write(call())
    assert store.forget() == 1
    assert (store.kept(), store.ledger().calls) == (0, 1)
