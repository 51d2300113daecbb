"""Audit bundles as files: written in one canonical form, and read again with whatever does not hold named by its place.

The form is JSON as the standard library writes it with sorted keys, no blanks and no escapes that are not needed
(RFC 8785 for the values that occur: there are no fractions), and one line break at the end. A hash over all of it is
the file's last value. Pure: bytes in, records and discrepancies out.
"""

from __future__ import annotations

import hashlib

import msgspec

from curbside.errors import TooLarge
from curbside.records.bundle import FORMAT, MOST_BYTES, Bundle, BundleFile, Discrepancy, fault


class _Format(msgspec.Struct):
    """What a file says of its own form, whatever else it holds."""

    format: str = ""


def bundle_text(bundle: Bundle) -> str:
    """Return a bundle as the text of its file.

    Raises:
        TooLarge: if it is larger than anybody reads (`MOST_BYTES`).
    """
    data = _sealed(bundle)
    if len(data) > MOST_BYTES:
        raise TooLarge(f"The bundle has {len(data):,} bytes; it may have {MOST_BYTES:,}.")
    return data.decode()


def bundle_name(bundle: Bundle) -> str:
    """Return what the file of an article's bundle is called: article and version, and no words of it."""
    article = bundle.article
    return f"curbside-{article.id}-v{article.version}.bundle.json" if article is not None else "curbside.bundle.json"


def read_bundle(data: bytes) -> tuple[Bundle | None, tuple[Discrepancy, ...]]:
    """Read a bundle from the bytes of its file; None where it is none, with why.

    Needs memory in proportion to `MOST_BYTES`, whatever it is given.
    """
    if len(data) > MOST_BYTES:
        return None, (fault("", f"The file has more than {MOST_BYTES:,} bytes. No bundle has."),)
    try:
        data.decode()
        form = msgspec.json.decode(data, type=_Format).format
        if form != FORMAT:
            return None, (fault("format", _unknown(form)),)
        file = msgspec.json.decode(data, type=BundleFile)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at ")
        return None, (fault(_place(place), f"{words.replace('`', '')[:200]}."),)
    except UnicodeDecodeError as error:
        return None, (fault("", f"The file is no text in UTF-8: byte {error.start:,} begins no character."),)
    except (msgspec.DecodeError, RecursionError) as error:
        deep = isinstance(error, RecursionError)
        words = "it is nested too deep" if deep else str(error).removeprefix("JSON is malformed: ")
        return None, (fault("", f"The file is no JSON, or only part of it: {words}."),)
    return file.bundle, _form_check(file, data)


def _form_check(file: BundleFile, data: bytes) -> tuple[Discrepancy, ...]:
    found: list[Discrepancy] = []
    written = msgspec.json.encode(file, order="sorted") + b"\n"
    if written != data:
        same = next((at for at, (one, other) in enumerate(zip(written, data)) if one != other), None)
        at = min(len(written), len(data)) if same is None else same
        near = data[max(0, at - 20) : at + 20].decode("utf-8", "replace").replace("\n", "⏎")
        words = f"The file is not in its one form: byte {at:,} is not what it should be, near “{near}”."
        found.append(fault("", words, "A name given twice, blanks or another order of names do that."))
    sealed = hash_of_bundle(file.bundle)
    if sealed != file.sha256:
        words = f"The hash over all of it is {sealed}, and {file.sha256[:64]} stands here: something was changed."
        found.append(fault("sha256", words))
    return tuple(found)


def hash_of_bundle(bundle: Bundle) -> str:
    """Return the SHA-256 that stands at the end of a bundle's file, 64 hexadecimal digits."""
    return hashlib.sha256(msgspec.json.encode(BundleFile(bundle, FORMAT, ""), order="sorted")).hexdigest()


def _sealed(bundle: Bundle) -> bytes:
    return msgspec.json.encode(BundleFile(bundle, FORMAT, hash_of_bundle(bundle)), order="sorted") + b"\n"


def _unknown(form: str) -> str:
    if not form:
        return "It is no audit bundle: nothing says which form it has."
    return f"The form “{form[:80]}” is not known here; this version reads {FORMAT}."


def _place(path: str) -> str:
    """Return a path of msgspec ("`$.bundle.claims[3].text`") as bundles name places: from inside the bundle."""
    return path.strip("`").removeprefix("$").removeprefix(".").removeprefix("bundle.")
