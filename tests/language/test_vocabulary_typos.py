"""Misspelt words in questions: met with the nearest name, and never where there is nothing to correct."""

from __future__ import annotations

import pytest

from curbside.language.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The vocabulary as shipped."""
    return Vocabulary.shipped()


@pytest.mark.parametrize(
    ("question", "typed", "concept"),
    [
        ("sirolimis dose", "sirolimis", "d:sirolimus"),
        ("siroliums dose", "siroliums", "d:sirolimus"),
        ("tacrolimis ointment", "tacrolimis", "d:tacrolimus"),
        ("everolimis in children", "everolimis", "d:everolimus"),
        ("hydroxycloroquine", "hydroxycloroquine", "d:hydroxychloroquine"),
        ("minoxidl for hair", "minoxidl", "d:minoxidil"),
        ("methotraxate weekly", "methotraxate", "d:methotrexate"),
        ("is propanolol safe", "propanolol", "d:propranolol"),
        ("psoriaisis of the scalp", "psoriaisis", "c:psoriasis"),
        ("vitligo on the face", "vitligo", "c:vitiligo"),
        ("steriods", "steriods", "k:corticosteroids"),
        ("diarrhea or diarreah", "diarreah", "c:diarrhoea"),
    ],
)
def test_a_misspelt_name_is_met_with_the_nearest(
    vocabulary: Vocabulary, question: str, typed: str, concept: str
) -> None:
    """And what was typed is said aloud."""
    found = [each for each in vocabulary.expansions(question) if each.corrected]
    assert [(each.corrected, each.concept) for each in found] == [(typed, concept)]
    assert typed in found[0].span.of(question)


def test_a_misspelt_word_inside_a_name_is_met_too(vocabulary: Vocabulary) -> None:
    """The span covers the whole name as typed."""
    question = "Is it safe in tuberus sclerosis today?"
    found = vocabulary.expansions(question)
    assert [(each.span.of(question), each.concept, each.corrected) for each in found] == [
        ("tuberus sclerosis", "c:tuberous-sclerosis-complex", "tuberus")
    ]
    question = "calcineurin inhibtors and lymphoma"
    found = vocabulary.expansions(question)
    assert found[0].span.of(question) == "calcineurin inhibtors"
    assert found[1].concept == "c:lymphoma"


@pytest.mark.parametrize(
    "question",
    [
        "what is the usual starting dose for a child of ten",
        "hello, thanks for asking about my swinging mood and my gloves at christmas",
        "which indian and algerian studies compared placebo with nothing",
        "how long should treatment continue before stopping",
        "everolimus versus sirolimus versus temsirolimus",
        "masitinib, imatinib, dasatinib, nilotinib and zanubrutinib",
        "is loss of hearing worse than loss of smell",
        "randomised multicentre trials of adjuvant therapies, please",
        "impact of age, weight and smoking on outcomes",
    ],
)
def test_known_words_are_never_corrected(vocabulary: Vocabulary, question: str) -> None:
    """Neither everyday words nor drugs that lie near each other."""
    assert [each.corrected for each in vocabulary.expansions(question) if each.corrected] == []


@pytest.mark.parametrize("word", ["xyzzyqwert", "qqqqq", "foo-barium12", "abcd", "CTD-RTP", "zzsirozz"])
def test_what_lies_near_nothing_stays_as_typed(vocabulary: Vocabulary, word: str) -> None:
    """No correction is better than a wrong one."""
    assert all(not each.corrected for each in vocabulary.expansions(f"does {word} help"))


def small(*names: str) -> Vocabulary:
    """Return a vocabulary of these drugs."""
    return Vocabulary(["\n".join(f"d:{name}\t{name}" for name in names)], "common\nadalimub\n")


def test_two_names_as_near_are_no_correction() -> None:
    """Nobody can know which was meant."""
    assert small("abcdexgh", "abcdeygh").expansions("abcdezgh") == []


def test_short_words_take_one_edit_and_long_words_two() -> None:
    """Five to seven letters: one; eight and more: two; four and less: none."""
    vocabulary = small("danazol", "sirolimus", "zinc")
    assert vocabulary.expansions("danzol")[0].concept == "d:danazol"
    assert vocabulary.expansions("danzxl") == []
    assert vocabulary.expansions("siroIimis".lower())[0].concept == "d:sirolimus"
    assert vocabulary.expansions("xirolimis") == []
    assert vocabulary.expansions("xirolimus")[0].concept == "d:sirolimus"
    assert vocabulary.expansions("zinq") == []


def test_the_list_of_common_words_is_respected() -> None:
    """What stands in it is no misspelling, however near."""
    assert small("adalimumab", "adalimab").expansions("adalimub") == []


def test_a_corrected_word_next_to_a_known_name_may_make_a_longer_one() -> None:
    """The longer name replaces the shorter."""
    vocabulary = Vocabulary(["c:l\tlichen\n" + "c:lp\tlichen planus\n"])
    question = "lichen plannus"
    assert [(each.concept, each.span.of(question)) for each in vocabulary.expansions(question)] == [("c:lp", question)]


def test_a_text_of_many_unknown_words_is_left_alone() -> None:
    """It is in another language, or no question at all; looking each word up would take for ever."""
    vocabulary = small("sirolimus")
    few = " ".join(["sirolimis"] * 12)
    assert len(vocabulary.expansions(few)) == 12
    assert vocabulary.expansions(few + " sirolimis") == []
