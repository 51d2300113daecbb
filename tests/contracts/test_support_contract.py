"""What any checker of support must do, by rules or by trained weights."""

from __future__ import annotations

import pytest

from curbside.inference.base import SupportChecker
from curbside.language.support_reading import LONGEST
from curbside.records.support import SupportFactor, SupportLabel
from curbside.wiring import SUPPORT_CHECKERS, support_checker
from growth import assert_linear

CLAIM = "Sirolimus reduces bleeding in children with lymphatic malformation."
SAME = "In 13 children with lymphatic malformation, sirolimus reduced bleeding."
DENIED = "Sirolimus did not reduce bleeding in children with lymphatic malformation."
SWAPPED = "Tacrolimus reduces bleeding in children with lymphatic malformation."

HOSTILE = {
    "empty": ("", ""),
    "no evidence": (CLAIM, ""),
    "no claim": ("", CLAIM),
    "blank": (" \t\r\n\u00a0", "\u2003"),
    "signs": ("?!.", "([{"),
    "lone surrogates": ("\ud800 sirolimus", "sirolimus \udfff"),
    "NUL": ("siro\x00limus", "\x00"),
    "emoji": ("👩‍⚕️ sirolimus helps", "💊 sirolimus helps"),
    "letters that grow": ("İİİ sirolimus", "sirolimus İİİ 5 mg"),
    "megabyte": ("sirolimus reduces " * 60_000, "not reduced by 5 mg. " * 50_000),
    "one word of a megabyte": ("a" * 1_000_000, "b" * 1_000_000),
    "megabyte of numbers": ("1.5 " * 250_000, "2,5 " * 250_000),
}


@pytest.fixture(scope="module", params=sorted(SUPPORT_CHECKERS))
def checker(request: pytest.FixtureRequest) -> SupportChecker:
    """Each checker in turn, going by words alone."""
    return support_checker(request.param, meaning=False)


def test_it_says_what_it_is(checker: SupportChecker) -> None:
    """A name for people, with a version, which is the maker of what it judges."""
    assert isinstance(checker, SupportChecker)
    assert checker.name[-1].isdigit()
    assert checker.check([(CLAIM, SAME)])[0].maker == checker.name


@pytest.mark.parametrize(
    ("evidence", "label", "factor"),
    [
        (SAME, SupportLabel.SUPPORTS, SupportFactor.WORDS),
        (DENIED, SupportLabel.REFUTES, SupportFactor.NEGATION),
        (SWAPPED, SupportLabel.NOT_ENOUGH, SupportFactor.ENTITIES),
    ],
)
def test_plain_cases(checker: SupportChecker, evidence: str, label: SupportLabel, factor: SupportFactor) -> None:
    """The same finding supports, its denial refutes, another drug's is not enough; each with what decided it."""
    (found,) = checker.check([(CLAIM, evidence)])
    assert found.label is label
    assert factor in {reason.factor for reason in found.reasons}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_text_holds(checker: SupportChecker, name: str) -> None:
    """Nothing raises, shares are shares, spans lie in their text."""
    claim, evidence = HOSTILE[name]
    (found,) = checker.check([(claim, evidence)])
    assert 0 < found.probability <= 1
    for reason in found.reasons:
        assert all(0 <= span.start < span.end <= len(claim) for span in reason.claim)
        assert all(0 <= span.start < span.end <= len(evidence) for span in reason.evidence)


@pytest.mark.parametrize("piece", ["sirolimus reduces ", "not reduced by 5 mg. ", "a", "1.5 ", "(95% CI 1-2) "])
def test_time_grows_with_length_and_no_faster(checker: SupportChecker, piece: str) -> None:
    """Of claim and of evidence, from the length on at which both are cut: a megabyte costs no more than a page."""
    size = LONGEST // len(piece)
    assert_linear(lambda n: lambda: checker.check([(piece * n, SAME)]), size)
    assert_linear(lambda n: lambda: checker.check([(CLAIM, piece * n)]), size)


@pytest.mark.parametrize("pair", [("", ""), (CLAIM, ""), ("", CLAIM), ("?!", SAME)])
def test_without_words_it_is_not_enough(checker: SupportChecker, pair: tuple[str, str]) -> None:
    """Nothing supports nothing."""
    assert checker.check([pair])[0].label is SupportLabel.NOT_ENOUGH


def test_pairs_are_judged_in_order_each_by_itself(checker: SupportChecker) -> None:
    """Whatever stands beside a pair; none is an empty list."""
    pairs = [(CLAIM, SAME), (CLAIM, DENIED), ("", ""), (CLAIM, SAME)]
    assert checker.check(pairs) == [checker.check([pair])[0] for pair in pairs]
    assert checker.check([]) == []
