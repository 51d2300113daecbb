"""The audit log's entries get a salt, and a hash that goes through a seal of their own words.

Entries of before are chained anew, each with a salt; the last hash that the log had until then stands in a further
entry, so that whoever noted it can still tell. An entry that did not hold keeps the hash that it had, and is found at
its place as before.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime

from alembic import op
from sqlalchemy import Column, String, text

revision = "d0006"
down_revision = "d0005"

_WORDS = ("number", "at", "who", "action", "about", "detail")


def upgrade() -> None:
    """Add the column and chain the entries anew."""
    op.add_column("audit", Column("salt", String(32), nullable=False, server_default=""))
    op.create_index("audit_about", "audit", ["about"])
    connection = op.get_bind()
    entries = connection.execute(text("SELECT * FROM audit ORDER BY number")).mappings().all()
    old = new = "0" * 64
    for entry in entries:
        words = [entry[name] for name in _WORDS]
        held = entry["previous"] == old and entry["hash"] == _hash([*words, entry["previous"]])
        old, salt = entry["hash"], secrets.token_hex(16)
        hashed = _linked(new, [*words, salt]) if held else entry["hash"]
        connection.execute(
            text("UPDATE audit SET previous = :previous, hash = :hash, salt = :salt WHERE number = :number"),
            {"previous": new, "hash": hashed, "salt": salt, "number": entry["number"]},
        )
        new = hashed
    if entries:
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        words = [entries[-1]["number"] + 1, at, "operator", "audit.chained anew", "", f"The head was {old}."]
        salt = secrets.token_hex(16)
        row = dict(zip(_WORDS, words)) | {"previous": new, "hash": _linked(new, [*words, salt]), "salt": salt}
        names = ", ".join(row)
        places = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO audit ({names}) VALUES ({places})"), row)


def _linked(previous: str, words: list[object]) -> str:
    return hashlib.sha256(f"{previous}{_hash(words)}".encode()).hexdigest()


def _hash(fields: list[object]) -> str:
    return hashlib.sha256(json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()
