"""Audit bundles as files: one form, in which no byte can be changed unseen; whatever else is given is told plainly."""

from __future__ import annotations

import json
import tracemalloc

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.errors import TooLarge
from curbside.records.bundle import (
    MOST_BYTES,
    Bundle,
    BundledClaim,
    BundledFilters,
    BundledLibrary,
    BundledQuote,
)
from curbside.writers.bundle import bundle_text, hash_of_bundle, read_bundle

QUOTE = BundledQuote("d1", 3, 14, "5 of 9 “did”", "0" * 64, ((2, 4),))
CLAIM = BundledClaim(1, "Research", "5 of 9 “did”", (QUOTE,), 1, (1,), (), (), "", "", "", "k")
BUNDLE = Bundle(
    "0.1.0",
    "Does it?\u2028\x00\U0001f600",
    "Does it?",
    BundledFilters((), (), None, 2020, (), (), (), None, ()),
    "0" * 64,
    BundledLibrary("2027-01-15T08:00:00Z", 3, 9, "2027-01-15T08:00:00Z", 9, "1" * 64),
    None,
    (CLAIM,),
    (),
    (),
    (),
    None,
)
DATA = bundle_text(BUNDLE).encode()


def test_a_bundle_is_read_as_it_was_written() -> None:
    """Twice the same bytes, and nothing to be said of them."""
    assert read_bundle(DATA) == (BUNDLE, ())
    assert bundle_text(BUNDLE).encode() == DATA


def test_anybody_can_make_the_form_and_the_hash_again() -> None:
    """With the standard library of any language: sorted names, no blanks, UTF-8, the hash over the file without it."""
    held = json.loads(DATA)
    assert json.dumps(held, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" == DATA
    assert held["sha256"] == hash_of_bundle(BUNDLE)


@given(st.text(max_size=30))
def test_whatever_a_title_holds_the_form_is_one(title: str) -> None:
    """Controls, marks, letters of any script; what cannot be written is refused where it is made."""
    made = msgspec.structs.replace(BUNDLE, title=title)
    try:
        data = bundle_text(made).encode()
    except UnicodeEncodeError:
        return
    assert read_bundle(data) == (made, ())
    assert (
        json.dumps(json.loads(data), sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n" == data.decode()
    )


@pytest.mark.parametrize("bit", [0, 3, 5, 7])
def test_one_changed_byte_anywhere_is_found(bit: int) -> None:
    """Letter, digit, bracket, hash, name or line break."""
    for place in range(len(DATA)):
        changed = bytearray(DATA)
        changed[place] ^= 1 << bit
        assert read_bundle(bytes(changed))[1], f"byte {place}"


def test_a_byte_left_out_or_put_in_is_found() -> None:
    """Anywhere, and however much is cut off."""
    for place in range(len(DATA)):
        assert read_bundle(DATA[:place])[1]
        assert read_bundle(DATA[:place] + DATA[place + 1 :])[1]
        assert read_bundle(DATA[:place] + b" " + DATA[place:])[1]
    assert read_bundle(DATA + b"\n")[1]


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"", "", "no JSON"),
        (b"PK\x03\x04 a zip", "", "no JSON"),
        (b"\xff\xfe{}", "", "no text in UTF-8: byte 0"),
        (b"{}", "format", "no audit bundle"),
        (b'{"format":"curbside-bundle/99"}', "format", "curbside-bundle/99"),
        (b'{"format":"other"}', "format", "is not known here"),
        (b'{"format":7}', "format", "Expected str"),
        (b"[" * 1_000_000, "", ""),
        (b'{"x":' + b"[" * 1_000_000, "", "nested too deep"),
        (b'{"bundle":' + b'{"a":' * 100_000, "", "nested too deep"),
        (DATA[: len(DATA) // 2], "", "only part of it"),
        (DATA.replace(b'"own":1', b'"own":1.5'), "claims[0].own", "Expected int, got float"),
        (DATA.replace(b'"own":1', b'"own":NaN'), "", "invalid character"),
        (DATA.replace(b'"own":1', b'"own":-1'), "claims[0].own", ">= 0"),
        (DATA.replace(b'"own":1', b'"own":' + b"9" * 5_000), "claims[0].own", ""),
        (DATA.replace(b'"own":1', b'"own":true'), "claims[0].own", "got bool"),
        (DATA.replace(b'"own":1,', b""), "claims[0]", "missing required field own"),
        (DATA.replace(b'"own":1', b'"more":1,"own":1'), "claims[0]", "unknown field more"),
        (DATA.replace(b'"own":1', b'"own":1,"own":1'), "", "not in its one form"),
        (DATA.replace(b'"own":1', b'"own":1 '), "", "not in its one form"),
        (DATA.replace(b'"5 of', b'"\\ud8005 of', 1), "", "no JSON"),
        (DATA.replace(b'"5 of', b'"\\udc005 of', 1), "", "no JSON"),
        (DATA.replace(b'"5 of', b'"\\ud800\\u00415 of', 1), "", "no JSON"),
        (DATA.replace(b'"5 of', b'"\xed\xa0\x805 of', 1), "", "no text in UTF-8"),
        (DATA.replace(b'"5 of', b'"\\u0035 of', 1), "", "not in its one form"),
        (DATA.replace(b'"words":"5', b'"words":["5'), "", ""),
    ],
)
def test_what_is_no_bundle_is_told_with_its_place(data: bytes, place: str, words: str) -> None:
    """In a sentence; never an exception."""
    _, discrepancies = read_bundle(data)
    assert discrepancies and discrepancies[0].place == place and words in discrepancies[0].words
    assert discrepancies[0].words.endswith(".") and "`" not in discrepancies[0].words


def test_a_file_without_end_is_neither_read_nor_held() -> None:
    """What is larger than any bundle is refused; what is as large needs some times its size and no more."""
    assert "more than" in read_bundle(b" " * (MOST_BYTES + 1))[1][0].words
    hostile = DATA.replace(b'"marks":[[2,4]]', b'"marks":[' + b",".join([b"[0,0]"] * 400_000) + b"]")
    tracemalloc.start()
    read_bundle(hostile)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 * len(hostile)
    with pytest.raises(TooLarge, match="may have"):
        bundle_text(msgspec.structs.replace(BUNDLE, title="x" * MOST_BYTES))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.binary(max_size=40)
    | JSON.map(lambda value: json.dumps({"format": "curbside-bundle/1", "bundle": value}).encode())
)
def test_nothing_that_is_given_ends_badly(data: bytes) -> None:
    """Bytes, or JSON of any shape."""
    bundle, discrepancies = read_bundle(data)
    assert bundle is None and discrepancies
