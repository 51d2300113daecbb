"""What a password must be, how it is kept, and how names and addresses are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.desk.naming import LONGEST, address, line, lines
from curbside.desk.passwords import checked, hashed, matches
from curbside.errors import UsageError

GOOD = "violet tram ladder"


class TestPasswords:
    """Length and not what everybody tries; no rules of composition."""

    def test_a_few_words_are_a_good_one(self) -> None:
        """Blanks, other scripts and lower case alone are welcome."""
        assert checked(GOOD) == GOOD
        assert checked("лестница трамвай фиалка")

    @pytest.mark.parametrize(
        "password", ["short", "a" * 11, "aaaaaaaaaaaa", "abababababab", "password1234", "PassWord1234"]
    )
    def test_what_anybody_would_try_is_refused(self, password: str) -> None:
        """With a word on what to do."""
        with pytest.raises(UsageError, match="password"):
            checked(password)

    def test_ones_own_address_is_refused(self) -> None:
        """And the name."""
        with pytest.raises(UsageError):
            checked("person1@example.org", email="Person1@example.org")
        with pytest.raises(UsageError):
            checked("Johanna Andersson", name="Johanna Andersson")

    def test_one_too_long_is_refused(self) -> None:
        """A hash of megabytes would be work for whoever sends them."""
        with pytest.raises(UsageError, match="at most"):
            checked("ab3 d" * 60)

    def test_it_is_kept_as_argon2_and_matches_itself_alone(self) -> None:
        """The same words from a keyboard that writes them in parts match too."""
        kept = hashed(GOOD)
        assert kept.startswith("$argon2id$") and GOOD not in kept
        assert matches(GOOD, kept)
        assert not matches(GOOD + ".", kept)
        assert matches("e\u0301tage violet tram", hashed("\u00e9tage violet tram"))

    def test_where_none_was_set_none_matches(self) -> None:
        """Not even the empty one."""
        assert not matches("", "") and not matches(GOOD, "")


class TestNames:
    """What is shown beside what people sign is one line and shows all that it holds."""

    def test_blanks_and_hidden_signs_go(self) -> None:
        """A name that turns the direction of what follows is no name."""
        assert line("  Ada \u202e \x00 Lovelace\n", "name") == "Ada Lovelace"
        assert lines(" one \r\n\u200b two ", "about") == "one\ntwo"

    @given(st.text(max_size=200))
    def test_a_name_is_always_one_printable_line(self, text: str) -> None:
        """Or an error that says how long it may be."""
        try:
            kept = line(text, "name")
        except UsageError:
            return
        assert len(kept) <= LONGEST["name"] and kept == kept.strip() and len(kept.splitlines()) <= 1

    @pytest.mark.parametrize("given_", ["Ada@Example.ORG", " ada@example.org "])
    def test_an_address_is_lower_case(self, given_: str) -> None:
        """So that the same person is found however they type it."""
        assert address(given_) == "ada@example.org"

    @pytest.mark.parametrize(
        "given_", ["", "ada", "ada@", "@example.org", "a b@example.org", "a@b", "a@b.c,d@e.fg", "a@b.cd\nBcc: x@y.zz"]
    )
    def test_what_is_no_address_is_refused(self, given_: str) -> None:
        """Also one that would put a line into a letter's head."""
        with pytest.raises(UsageError):
            address(given_)
