"""What resembles a text: which words it is looked up by, what it is about, and why another keeps to its subject."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from curbside.language.vocabulary import Vocabulary
from curbside.records import (
    DocumentKind,
    EvidenceKind,
    Glance,
    Ground,
    Hit,
    PartRole,
    Profile,
    Similar,
    Span,
)
from curbside.search.sample import MOST_WORDS, chosen, sample
from curbside.search.similar import Candidate, Gate, alike
from curbside.search.subjects import Nearness, Subjects, subjects
from curbside.search.threads import spoken, threads
from search_holdings import abstract, held

ROWS = """\
k:mtor-inhibitors\tmTOR inhibitors\t\t\t\t
d:sirolimus\tsirolimus\trapamycin\t\tk:mtor-inhibitors\t
d:everolimus\teverolimus\t\t\tk:mtor-inhibitors\t
d:finasteride\tfinasteride\t\t\t\t
d:calcium\tcalcium\t\t\t\t
c:lupus\tlupus\t\t\t\t
c:cutaneous-lupus\tcutaneous lupus\t\t\tc:lupus\t
c:lupus-nephritis\tlupus nephritis\t\t\tc:lupus\t
c:hair-loss\thair loss\t\t\t\t
c:gout\tgout\t\t\t\t
"""
FURTHER = "".join(f"{kind}:other-{n}\tother{kind}{n}\t\t\t\t\n" for kind in "dc" for n in range(200))
"""How much a concept tells is its share of all: a tree of four drugs would have none that tells much."""
WORDS = Vocabulary([ROWS + FURTHER])
NEARNESS = Nearness(WORDS)
NAMES = {each: WORDS.names(each)[0] for each in WORDS.concepts}


def about(*concepts: str, evidence: EvidenceKind = EvidenceKind.COHORT, retracted: bool = False) -> Profile:
    """A profile of what a text is about, the most central first."""
    drugs = tuple(each for each in concepts if each[0] == "d")
    conditions = tuple(each for each in concepts if each[0] == "c")
    return Profile(evidence, drugs=drugs, conditions=conditions, retracted=retracted)


def candidate(
    name: str, *concepts: str, words: float = 0.1, meaning: float | None = None, **given: EvidenceKind
) -> Candidate:
    """A document that may resemble another, about some concepts."""
    profile = about(*concepts, **given)
    glance = Glance(name, f"w-{name}", DocumentKind.ARTICLE, f"Title of {name}", 2020, profile)
    return Candidate(glance, Hit(name, "", Span(0, 9), 1.0), subjects(profile, concepts), words, meaning)


def found(asked: Subjects, *candidates: Candidate, design: EvidenceKind = EvidenceKind.COHORT) -> list[Similar]:
    """What of the candidates resembles a text."""
    return alike(asked, design, candidates, NEARNESS, NAMES)


def of(*concepts: str) -> Subjects:
    """A text whose title names some concepts."""
    return subjects(about(*concepts), concepts)


class TestSample:
    """Which words a text is looked up by."""

    def test_the_rare_words_are_looked_for_first(self) -> None:
        """Words that half the library says tell nothing; those that no document has are not looked for."""
        frequency = {"rare": 2, "common": 900, "child": 300}
        taken = sample("Rare child", "common child rare unknown", [], [])
        terms = chosen(taken, lambda _, word: frequency.get(word, 0), 1000)
        assert [term.value for term in terms] == ["rare", "child", "common"]

    def test_the_title_counts_more(self) -> None:
        """A word of the title weighs more than one that the text says as often."""
        taken = sample("wombats", "wombats quokkas", [], [])
        weights = {term.value: term.weight for term in chosen(taken, lambda *_: 1, 100)}
        assert weights["wombat"] > weights["quokka"]

    def test_numbers_are_not_looked_for_and_most_words_are_left_out(self) -> None:
        """Two trials of 40 patients have nothing in common for that."""
        text = " ".join(f"{letter}{other}word" for letter in "abcdefghij" for other in "klmnopqrst")
        terms = chosen(sample("", f"40 50 {text}", [], []), lambda *_: 1, 100)
        assert len(terms) == MOST_WORDS
        assert not any(term.value[0].isdigit() for term in terms)


class TestSubjects:
    """What a text is about, and how near two subjects are."""

    def test_what_the_title_names_is_central(self) -> None:
        """A drug named once in passing is hardly a subject."""
        profile = about("d:calcium", "d:sirolimus")
        central = subjects(profile, ["d:sirolimus"], ["d:sirolimus", "d:sirolimus", "d:calcium"]).drugs
        assert central["d:sirolimus"] == 1.0
        assert central["d:calcium"] < 0.3

    def test_a_drug_named_once_is_no_subject_even_alone(self) -> None:
        """Being the only one makes it no more central."""
        assert subjects(about("d:calcium"), [], ["d:calcium"]).drugs["d:calcium"] == 0.25

    def test_a_sign_that_any_condition_has_tells_half(self) -> None:
        """Two texts on pain are on two things."""
        assert NEARNESS.tells("d:calcium") == 0.5 == NEARNESS.tells("d:finasteride") / 2

    def test_without_counts_the_order_of_the_profile_tells(self) -> None:
        """Of a long text only the order is known."""
        assert list(subjects(about("d:sirolimus", "d:calcium"), []).drugs.values()) == [1.0, 0.6]

    def test_the_same_concept_is_nearest(self) -> None:
        """Then what is narrower, then what has a head in common; strangers have nothing."""
        _, same = NEARNESS.shared("c:lupus", "c:lupus")
        broad, narrower = NEARNESS.shared("c:lupus", "c:cutaneous-lupus")
        head, beside = NEARNESS.shared("c:cutaneous-lupus", "c:lupus-nephritis")
        assert same == 1.0 > narrower > beside > 0
        assert (broad, head) == ("c:lupus", "c:lupus")
        assert NEARNESS.shared("c:lupus", "c:gout") == ("", 0.0)


class TestAlike:
    """What keeps to a subject, in which order, and why."""

    def test_a_lupus_paper_never_leads_to_finasteride(self) -> None:
        """Words in common do not make up for another drug and another condition."""
        assert found(of("c:lupus"), candidate("cats", "d:finasteride", "c:hair-loss", words=0.15)) == []

    def test_a_shared_drug_or_condition_is_enough_and_is_said(self) -> None:
        """The reason names what is shared, drug first."""
        (both, one) = found(
            of("d:sirolimus", "c:lupus"), candidate("a", "d:sirolimus", "c:lupus"), candidate("b", "c:lupus")
        )
        assert both.reason == "also on sirolimus; lupus; cohort"
        assert one.reason == "lupus; cohort"

    def test_a_class_counts_lower_than_the_drug(self) -> None:
        """Another drug of the class stands behind the drug itself, and says what joins them."""
        same, other = found(of("d:sirolimus"), candidate("a", "d:everolimus"), candidate("z", "d:sirolimus"))
        assert (same.document, other.document) == ("z", "a")
        assert other.why[0].ground is Ground.DRUG_CLASS
        assert other.why[0].words == "on everolimus, of the same class (mTOR inhibitors)"

    def test_a_narrower_condition_is_told_as_one(self) -> None:
        """The reader sees which is which."""
        (only,) = found(of("c:lupus"), candidate("a", "c:cutaneous-lupus"))
        assert only.why[0].words == "cutaneous lupus, a narrower condition than lupus"

    @pytest.mark.parametrize(("words", "meaning", "kept"), [(0.25, None, True), (0.1, 0.7, True), (0.1, 0.5, False)])
    def test_a_very_near_text_needs_no_named_subject(self, words: float, meaning: float | None, kept: bool) -> None:
        """Subjects that no vocabulary has are known by their words."""
        hits = found(of("c:gout"), candidate("a", words=words, meaning=meaning, evidence=EvidenceKind.REVIEW))
        assert [each.reason for each in hits] == (["very near in what it says"] if kept else [])

    def test_the_order_never_depends_on_the_order_of_candidates(self) -> None:
        """Equal scores come in the order of document ids."""
        some = [candidate(name, "c:lupus") for name in "dbca"]
        assert [each.document for each in found(of("c:lupus"), *some)] == list("abcd")
        assert found(of("c:lupus"), *some) == found(of("c:lupus"), *some[::-1])

    def test_scores_lie_between_nought_and_one(self) -> None:
        """The best that can be has one; a score is comparable within its list."""
        scores = [each.score for each in found(of("c:gout"), candidate("a", "c:gout", words=1.0, meaning=1.0))]
        assert scores == [1.0]

    def test_posts_may_be_held_to_their_subject_alone(self) -> None:
        """A gate that nothing is near enough for."""
        near = candidate("a", words=0.9, meaning=0.9)
        assert alike(of("c:gout"), EvidenceKind.OTHER, [near], NEARNESS, NAMES, gate=Gate(near=9, words=9)) == []


def _page(*spoken_parts: tuple[PartRole, int, str]) -> Sequence[object]:
    from curbside.readers.builder import Builder
    from curbside.records import Document

    builder = Builder()
    for role, group, text in spoken_parts:
        with builder.part(role, group=group):
            builder.block(text)
    text, parts, sections, blocks = builder.done()
    document = Document("", text, DocumentKind.QUESTION_PAGE, "A page", "en", parts, sections, blocks)
    page = held(document)
    looked = sample("", "sirolimus", [], [])
    return [(thread, spoken(page, thread, looked, WORDS)) for thread in threads(page.document)]


class TestThreads:
    """Pages on which people talk, taken apart."""

    def test_each_question_with_its_replies_is_one(self) -> None:
        """What nobody signs is left out, and so is the page's own text."""
        made = threads(held(abstract("A study", "Sirolimus.").document, kind=DocumentKind.STUDY_PAGE).document)
        assert made == []
        (first, _), (second, _) = _page(
            (PartRole.QUESTION, 0, "Is sirolimus safe?"),
            (PartRole.REPLY, 0, "Ask your doctor."),
            (PartRole.GENERATED, 0, "Finasteride is a drug."),
            (PartRole.POST, 1, "My hair loss\nIt goes on."),
        )
        assert "Ask your doctor." in first.text and "Finasteride" not in first.text
        assert second.title == "My hair loss"

    def test_a_question_is_about_what_it_asks_not_what_a_reply_names(self) -> None:
        """A reply on gout that mentions calcium is no talk on calcium."""
        ((_, made),) = _page(
            (PartRole.QUESTION, 1, "What helps against gout?"),
            (PartRole.REPLY, 1, "Less calcium, more water. Calcium!"),
        )
        assert made is not None and (list(made.subjects.conditions), list(made.subjects.drugs)) == (["c:gout"], [])

    def test_talk_of_nothing_known_is_no_candidate(self) -> None:
        """It could share no subject."""
        ((_, made),) = _page((PartRole.POST, 1, "Hello everybody"))
        assert made is None
