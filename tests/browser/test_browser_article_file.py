"""An article's HTML file in a browser: readable on desk and phone, light and dark, and dead to whatever words do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browsing import DESK, PHONE, Bridge

from curbside.workflows.article_files import article_file
from sheet_makers import TAGS, poisoned, sheet


@pytest.mark.parametrize("how", [{**DESK, "scheme": "light"}, {**PHONE, "scheme": "dark"}], ids=["desk", "phone"])
@pytest.mark.parametrize("words", ["plain", "hostile"])
def test_a_file_is_readable_and_dead(browser: Bridge, tmp_path: Path, how: dict[str, Any], words: str) -> None:
    """No dialog, nothing fetched, its own style alone, nothing wider than the window, no violation."""
    made = poisoned(sheet(grave=True, news="x")) if words == "hostile" else sheet()
    (tmp_path / "article.html").write_bytes(article_file(made, "html"))
    said = browser.goes("articlefile.opened", f"file://{tmp_path}", given={"file": "/article.html"}, **how)
    assert said["axe"] == said["wide"] == said["unseen"] == []
    assert set(said["tags"]) <= TAGS and said["styled"]
    assert said["numbers"] == [1, 3, 4, 1, 2]
