"""Keys of one's programs in a browser: by desk and phone, light and dark."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from browsing import DESK, PHONE, Bridge, Desk

WINDOWS = {"desk": DESK, "phone": {**PHONE, "scheme": "dark"}}


@pytest.mark.parametrize("name", WINDOWS)
def test_a_key_is_made_shown_once_and_revoked(browser: Bridge, tmp_path: Path, name: str) -> None:
    """The server's log has nothing of it."""
    desk = Desk(tmp_path)
    desk.types("status")
    told = json.loads(desk.types("people", "invite", "ada@example.org", "--name", "Ada Ek", "--json"))
    pictures = os.environ.get("CURBSIDE_PICTURES", "")  # where whoever looks wants to find them
    given: dict[str, Any] = {"email": "ada@example.org", "link": urlsplit(told["link"]).path}
    given["pictures"] = pictures and f"{pictures}/programs-{name}"
    with desk.served() as base:
        said = browser.goes("programs.kept", base, given=given, **WINDOWS[name])
    assert said["wrong"] == [] and said["key"].startswith("cbk_")
    assert said["key"] not in (tmp_path / "serve.log").read_text(errors="replace")
