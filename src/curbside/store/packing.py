"""How documents and profiles lie in the database: MessagePack, documents deflated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from isal import isal_zlib

from curbside.records import Citation, Document, Profile, decoded, encoded, sealed
from curbside.store.base import Entry, Issued
from curbside.store.linkage import linkage_of

_isal: Any = isal_zlib
_Damaged: type[Exception] = _isal.error
_profile_encoder = msgspec.msgpack.Encoder()
_profile_decoder = msgspec.msgpack.Decoder(Profile)
_citations_decoder = msgspec.msgpack.Decoder(tuple[Citation, ...])


def packed(document: Document) -> bytes:
    """Return the bytes that are stored for a document."""
    return bytes(_isal.compress(encoded(document), 1))


def unpacked(data: bytes) -> Document:
    """Return the document that `packed` made `data` from.

    Raises:
        ValueError: if `data` is damaged.
    """
    try:
        return decoded(_isal.decompress(data))
    except (_Damaged, msgspec.MsgspecError) as error:
        raise ValueError(f"the stored document is damaged ({error})") from error


def packed_profile(profile: Profile) -> bytes:
    """Return the bytes that are stored for a profile."""
    return _profile_encoder.encode(profile)


def unpacked_profile(data: bytes) -> Profile:
    """Return the profile that `packed_profile` made `data` from."""
    return _profile_decoder.decode(data)


def packed_citations(citations: Sequence[Citation]) -> bytes:
    """Return the bytes that are stored for the citations of a document."""
    return bytes(_isal.compress(_profile_encoder.encode(citations), 1))


def unpacked_citations(data: bytes) -> tuple[Citation, ...]:
    """Return the citations that `packed_citations` made `data` from.

    Raises:
        ValueError: if `data` is damaged.
    """
    try:
        return _citations_decoder.decode(_isal.decompress(data))
    except (_Damaged, msgspec.MsgspecError) as error:
        raise ValueError(f"the stored citations are damaged ({error})") from error


def entry_of(document: Document, profile: Profile, made_by: str, line: int = 0, version: int = 0) -> Entry:
    """Return a document and its profile as the store takes them; seals the document where it is not."""
    document = document if document.id else sealed(document)
    date = document.date("published", "online", "updated")
    issued = tuple(
        Issued(notice.kind, keys, date) for notice in document.notices if notice.issued and (keys := notice.ids.keys())
    )
    return Entry(
        id=document.id,
        data=packed(document),
        kind=document.kind.value,
        title=document.title,
        year=document.year,
        ids=document.ids,
        profile=profile,
        made_by=made_by,
        notices=issued,
        line=line,
        version=version,
        links=linkage_of(document),
    )
