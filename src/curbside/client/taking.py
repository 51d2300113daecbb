"""Plain values to shapes."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from curbside.client.errors import Unexpected

_Shape = TypeVar("_Shape")


def taken(value: Any, shape: type[_Shape]) -> _Shape:
    """Return plain values as a record; fields that it does not know are passed over.

    Raises:
        Unexpected: if a field is missing or is of another type.
    """
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise Unexpected(f"The server's answer is none that this client knows ({error}).") from error
