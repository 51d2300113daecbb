"""Examples of what the API sends, by operation; a test asks for them anew from the starter shelf."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXAMPLES: Mapping[str, Mapping[str, Any]] = {}
"""Operation id -> its JSON answer."""
