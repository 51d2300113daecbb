"""Fixtures that every room's tests use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from nightly import NIGHTLY

os.environ.setdefault("CURBSIDE_ENCODER", "off")
"""No test finds the encoder that the machine's user has installed, unless it asks for one."""

settings.register_profile(
    "curbside", deadline=None, derandomize=not NIGHTLY, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("curbside")
"""No example has a time to be kept; each change is tried on the same examples, and each night on others."""


def shared_folder() -> Path | None:
    """Return the folder of shared data (`CURBSIDE_SHARED`, else beside the checkout), or None where absent."""
    named = os.environ.get("CURBSIDE_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    return folder if (folder / "data").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data, or a skip that says how to supply it."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("needs the shared data: put it beside the checkout or name its folder in CURBSIDE_SHARED")
    return folder
