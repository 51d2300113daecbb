"""Which benches `all` runs."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench import __main__ as bench


def test_all_leaves_out_what_takes_many_minutes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rest runs in order; the help says what does not."""
    ran: list[str] = []
    monkeypatch.setattr(
        bench, "import_module", lambda name: SimpleNamespace(main=lambda arguments: ran.append(name) or 0)
    )
    assert bench.main(["all"]) == 0
    assert "bench.api_fuzz" not in ran
    assert set(ran) == {name for task, name in bench.TASKS.items() if task not in bench.LONG}
    assert bench.main(["--help"]) == 0
    assert "without api-fuzz" in capsys.readouterr().err
