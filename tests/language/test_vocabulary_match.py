"""Where names are found in a text, shown on vocabularies of a few rows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curbside.language.vocabulary import Vocabulary
from curbside.records import ConceptKind, Mention
from growth import assert_linear

ROWS = "\n".join(
    "\t".join(row)
    for row in [
        ("# a comment",),
        ("x:d", "target of rapamycin", "mammalian target of rapamycin", "", "", ""),
        ("k:mtor-inhibitors", "mTOR inhibitors", "mammalian target of rapamycin inhibitors|mTORi", "", "", ""),
        ("d:sirolimus", "sirolimus", "rapamycin|~SRL", "Rapamune", "k:mtor-inhibitors", "D020123"),
        ("d:everolimus", "everolimus", "RAD001|~EVE", "Afinitor", "k:mtor-inhibitors", ""),
        ("d:tacrolimus", "tacrolimus", "FK506|~Tac|~TAC", "Prograf", "", ""),
        ("d:insulin", "insulin", "", "", "k:insulins", ""),
        ("k:insulins", "insulins", "insulin analogues", "", "", ""),
        ("c:lupus", "lupus erythematosus", "lupus", "", "", ""),
        ("c:sle", "systemic lupus erythematosus", "SLE", "", "c:lupus", ""),
        ("c:cle", "cutaneous lupus erythematosus", "~CLE", "", "c:lupus", ""),
        ("c:itp", "immune thrombocytopenia", "ITP", "", "", ""),
        ("c:all", "acute lymphoblastic leukaemia", "~ALL", "", "c:leukaemia", ""),
        ("c:aml", "acute myeloid leukaemia", "AML", "", "c:leukaemia", ""),
        ("c:leukaemia", "leukaemia", "", "", "", ""),
        ("c:angiomyolipoma", "angiomyolipoma", "~AML", "", "", ""),
        ("c:bleeding", "gastrointestinal bleeding", "", "", "", ""),
        ("c:rejection", "chronic rejection", "", "", "", ""),
        ("c:ctd", "connective tissue disease", "CTD", "", "", ""),
        ("c:sjogren", "Sjögren syndrome", "", "", "", ""),
    ]
)


@pytest.fixture(scope="module")
def small() -> Vocabulary:
    """A vocabulary of a few rows."""
    return Vocabulary([ROWS])


def shown(vocabulary: Vocabulary, text: str) -> list[tuple[str, str]]:
    """Return the words of each mention with its concept."""
    return [(mention.span.of(text), mention.concept) for mention in vocabulary.mentions(text)]


def test_a_mention_is_the_words_of_the_text(small: Vocabulary) -> None:
    """Offsets count code points of the text as given."""
    text = "In 13 children, Sirolimus (Rapamune®) helped."
    assert [mention.span.of(text) for mention in small.mentions(text)] == ["Sirolimus", "Rapamune"]
    assert small.mentions(text)[0].kind is ConceptKind.DRUG


def test_the_longest_name_wins(small: Vocabulary) -> None:
    """A name inside a longer one is not a mention of its own."""
    text = "systemic lupus erythematosus and cutaneous lupus erythematosus, or lupus"
    assert [concept for _, concept in shown(small, text)] == ["c:sle", "c:cle", "c:lupus"]


@pytest.mark.parametrize(
    "text", ["sirolimusen", "presirolimus", "SIROLIMUSES x", "lupuslike", "TITP", "ITPA", "ITP2", "FK5067", "AFK506"]
)
def test_only_whole_words_match(small: Vocabulary, text: str) -> None:
    """Neither the beginning nor the end of a longer word."""
    assert shown(small, text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FK506", "FK506"),
        ("FK-506", "FK-506"),
        ("FK 506", "FK 506"),
        ("sirolimus-treated", "sirolimus"),
        ("sirolimus12 was", "sirolimus"),
        ("sirolimus¹² was", "sirolimus"),
        ("Sjögren's syndrome", "Sjögren's syndrome"),
        ("Sjogrens syndrome", "Sjogrens syndrome"),
        ("Sjögren’s syndrome", "Sjögren’s syndrome"),
        ("sirolimus's", "sirolimus"),
        ("mTOR-inhibitor", "mTOR-inhibitor"),
        ("lupus\nerythematosus", "lupus\nerythematosus"),
        ("acute lymphoblastic leukemias", "acute lymphoblastic leukemias"),
    ],
)
def test_variants_of_writing_are_one_name(small: Vocabulary, text: str, words: str) -> None:
    """Hyphens, apostrophes, plurals, glued reference numbers, line breaks."""
    assert [found for found, _ in shown(small, text)] == [words]


def test_a_name_does_not_run_over_a_boundary(small: Vocabulary) -> None:
    """Neither over a list, a sentence nor a paragraph."""
    for text in ("gastrointestinal, bleeding", "gastrointestinal. Bleeding", "gastrointestinal\n\nbleeding"):
        assert shown(small, text) == []


def test_abbreviations_match_as_written_only(small: Vocabulary) -> None:
    """In running text "sle" is not SLE; a plural s may follow."""
    assert shown(small, "SLE, sle, Sle; two SLEs") == [("SLE", "c:sle"), ("SLEs", "c:sle")]


def test_a_weak_abbreviation_counts_beside_its_long_form_only(small: Vocabulary) -> None:
    """ "ALL" alone is a word, and it is no disease of everybody."""
    assert shown(small, "ALL patients") == []
    found = shown(small, "Acute lymphoblastic leukemia (ALL) is not AML. ALL needs more.")
    assert [concept for _, concept in found] == ["c:all", "c:all", "c:aml", "c:all"]


def test_a_weak_abbreviation_counts_beside_a_narrower_long_form() -> None:
    """What is true of the form is enough to tell what is spoken of."""
    rows = "c:ra\trheumatoid arthritis\t~RA\n" + "c:era\tearly rheumatoid arthritis\t\t\tc:ra"
    found = Vocabulary([rows]).mentions("Early rheumatoid arthritis: RA of two years.")
    assert [mention.concept for mention in found] == ["c:era", "c:ra"]


def test_an_abbreviation_of_two_concepts_goes_to_the_one_that_is_named(small: Vocabulary) -> None:
    """And to the strong one where none is."""
    assert shown(small, "AML")[0][1] == "c:aml"
    assert shown(small, "angiomyolipoma, AML of the kidney")[1][1] == "c:angiomyolipoma"


def test_the_text_may_define_an_abbreviation_itself(small: Vocabulary) -> None:
    """What stands in brackets after a name and abbreviates it means it in the rest of the text."""
    text = "Everolimus (EVR) and tacrolimus (Tac): EVR twice, Tac once; chronic rejection (CR), not CRP, no CRs."
    found = shown(small, text)
    assert [concept for words, concept in found if words == "EVR"] == ["d:everolimus"] * 2
    assert [concept for words, concept in found if words == "Tac"] == ["d:tacrolimus"] * 2
    assert [words for words, concept in found if concept == "c:rejection"] == ["chronic rejection", "CR", "CR"]


def test_what_stands_in_brackets_need_not_abbreviate(small: Vocabulary) -> None:
    """Country codes, other drugs, reference numbers."""
    text = "Sirolimus (USA) and everolimus (Novartis); sirolimus (see Table). USA has it."
    assert [words for words, _ in shown(small, text)] == ["Sirolimus", "everolimus", "sirolimus"]


def test_a_definition_of_the_text_outranks_the_vocabulary(small: Vocabulary) -> None:
    """ "complete lymphatic excision (CLE)" is no lupus, and "CTD" is what the text says it is."""
    assert shown(small, "complete lymphatic excision (CLE) in lupus; CLE was done") == [("lupus", "c:lupus")]
    assert shown(small, "computed tomography density (CTD) rose; CTD fell") == []


def test_an_abbreviation_inside_a_code_is_another_name(small: Vocabulary) -> None:
    """Unless both halves are known."""
    assert shown(small, "CTD-RTP was given") == []
    assert shown(small, "RTP-CTD was given") == []
    assert [words for words, _ in shown(small, "SLE-CTD overlap")] == ["SLE", "CTD"]


def test_a_name_may_hold_its_abbreviation_in_brackets(small: Vocabulary) -> None:
    """ "mammalian target of rapamycin (mTOR) inhibitors" is the class, not the target."""
    text = "A mammalian target of rapamycin (mTOR) inhibitor stopped gastrointestinal (GI) bleeding."
    assert shown(small, text) == [
        ("mammalian target of rapamycin (mTOR) inhibitor", "k:mtor-inhibitors"),
        ("gastrointestinal (GI) bleeding", "c:bleeding"),
    ]


def test_a_phrase_that_holds_a_name_but_means_something_else_is_no_mention(small: Vocabulary) -> None:
    """The target of rapamycin is not rapamycin."""
    assert shown(small, "the mammalian target of rapamycin (mTOR), also target of rapamycin") == []


def test_the_plural_of_a_drug_may_be_its_class(small: Vocabulary) -> None:
    """Insulin is a drug, insulins are a class."""
    assert [concept for _, concept in shown(small, "insulin and the insulins")] == ["d:insulin", "k:insulins"]


@given(st.text(alphabet=st.sampled_from("abSLE (),.-’s\n\u00e9ö12 lupus ITP sirolimus"), max_size=200))
def test_spans_always_hold(text: str) -> None:
    """Whatever the text, mentions lie in it, in order, without overlap, and are never blank."""
    found = Vocabulary([ROWS]).mentions(text)
    assert all(0 <= mention.span.start < mention.span.end <= len(text) for mention in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(mention.span.of(text).strip() == mention.span.of(text) for mention in found)


@pytest.mark.parametrize(
    "unit",
    ["sirolimus (SRL) ", "lupus ", "(", "(CLE)", "mammalian target of rapamycin (mTOR) ", "a-", "’s", "ITP-", " "],
)
def test_matching_is_linear_in_length(small: Vocabulary, unit: str) -> None:
    """Four times the text costs about four times the time, never the square of it."""

    turn = count()

    def prepare(repeats: int) -> Callable[[], object]:
        text = unit * repeats + str(next(turn))  # another text each time: what was just read is remembered
        return lambda: small.mentions(text)

    assert_linear(prepare, 500)


def test_many_definitions_cost_no_square(small: Vocabulary) -> None:
    """A text may define thousands of abbreviations, each looked for in all of it."""

    turn = count()

    def prepare(many: int) -> Callable[[], object]:
        first = next(turn)
        text = " ".join(f"sirolimus (S{number}-M)" for number in range(first, first + many))
        return lambda: small.mentions(text)

    assert_linear(prepare, 500)
    assert len(small.mentions(" ".join(f"sirolimus (S{number}-M)" for number in range(500)))) == 1_000


def test_mentions_are_the_same_every_time(small: Vocabulary) -> None:
    """The answer depends on the text alone."""
    text = "SLE, ITP and lupus under sirolimus (SRL)"
    first: list[Mention] = small.mentions(text)
    assert first == small.mentions(text) == Vocabulary([ROWS]).mentions(text)


def test_a_local_definition_wins_though_the_other_thing_is_named_too() -> None:
    """ "RA" is retinoic acid in a text that says so, even one about rheumatoid arthritis."""
    rows = "c:ra\trheumatoid arthritis\tRA\n" + "d:mtx\tmethotrexate\tMTX\n" + "c:mtx\tmixed taxonomy\tMTT"
    vocabulary = Vocabulary([rows])
    text = "All-trans retinoic acid (RA) was given. RA helped in rheumatoid arthritis."
    assert [mention.span.of(text) for mention in vocabulary.mentions(text)] == ["rheumatoid arthritis"]
    text = "We gave mitotane (MTT); MTT helped. The EMLA and MTT (mean transit time) fell."
    assert vocabulary.mentions(text) == []
    text = "Patients with seropositive rheumatoid arthritis (RA) improved; RA returned."
    assert len(vocabulary.mentions(text)) == 3


def test_a_shipped_abbreviation_is_what_the_text_says() -> None:
    """Letters from inside words spell a short form out too; its plural is as short."""
    vocabulary = Vocabulary.shipped()
    text = "Retinoic acid (RA) acts on cells; with RA, pluripotent stem cells (PSCs) and tristetraprolin (TTP) rose."
    wrong = {"c:rheumatoid-arthritis", "c:primary-sclerosing-cholangitis", "c:thrombotic-thrombocytopenic-purpura"}
    assert not wrong & {mention.concept for mention in vocabulary.mentions(text)}
    assert [mention.span.start for mention in vocabulary.mentions("ITP (American criteria)")] == [0]
