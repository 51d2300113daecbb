"""A whole answer: what it tells unasked, what it says once for several sources, and what it leaves out."""

from __future__ import annotations

from small import answered, study

from curbside.answer.intents import DOSES, FORMS, HARMS, STOPPING, UNSUITED, WATCHED
from curbside.records import Answer, AnswerFacet, AnswerSentence, Category, Holding

TRIAL = study(
    "Sirolimus for psoriasis: a randomised trial",
    [
        ("Methods", Category.METHODS, "Oral sirolimus 2 mg was given daily for psoriasis for 12 weeks."),
        (
            "Results",
            Category.RESULTS,
            "With sirolimus psoriasis improved in 30 of 40 patients. Mouth ulcers were adverse effects of oral sirolimus "
            "in 8 of 40 patients. Psoriasis relapsed after sirolimus was stopped in 12 patients.",
        ),
        (
            "Conclusions",
            Category.CONCLUSIONS,
            "Trough levels of sirolimus should be monitored in psoriasis. Sirolimus is contraindicated in psoriasis with "
            "open wounds.",
        ),
    ],
)
CREAM = study(
    "Topical sirolimus for psoriasis",
    [
        ("Methods", Category.METHODS, "Topical sirolimus 1% ointment was applied to psoriasis twice daily."),
        ("Results", Category.RESULTS, "Burning was an adverse effect of topical sirolimus in 3 of 24 with psoriasis."),
    ],
)
AIM = study(
    "Sirolimus and the skin",
    [
        (
            "Methods",
            Category.METHODS,
            "We conducted a trial to determine whether sirolimus clears psoriasis.",
        ),
        ("Results", Category.RESULTS, "Sirolimus cleared psoriasis in 5 of 10 patients."),
    ],
)


def told(answer: Answer, heading: str) -> list[AnswerSentence]:
    """The sentences under a heading."""
    return [one for section in answer.sections if section.heading == heading for one in section.sentences]


def words(answer: Answer, heading: str) -> str:
    """What is said under a heading."""
    return " ".join(one.text for one in told(answer, heading))


def test_who_asks_broadly_is_told_doses_harms_and_the_rest() -> None:
    """Facets that nobody asked for and a reader would miss stand under headings of their own."""
    answer = answered("What is known about sirolimus for psoriasis?", TRIAL, CREAM)
    everything = " ".join(one.text for one in answer.sentences)
    for needed in ("2 mg", "8 of 40", "contraindicated", "monitored", "was stopped", "1% ointment", "30 of 40"):
        assert needed in everything, needed
    assert {section.heading for section in answer.sections} & {DOSES, HARMS, WATCHED, UNSUITED, STOPPING, FORMS}


def test_a_question_after_one_fact_gets_no_page() -> None:
    """Length follows the question: a dose is told without contraindications."""
    answer = answered("What dose of sirolimus is used for psoriasis?", TRIAL, CREAM)
    assert "2 mg" in answer.sections[0].sentences[0].text or "1%" in answer.sections[0].sentences[0].text
    assert not {section.heading for section in answer.sections} & {UNSUITED, STOPPING}


def test_harms_stand_by_route() -> None:
    """What comes of a cream is told apart from what comes of a tablet."""
    answer = answered("What are the harms of sirolimus in psoriasis?", TRIAL, CREAM)
    groups = {one.group: one.text for section in answer.sections for one in section.sentences if one.group}
    said = {section.facet for section in answer.sections}
    assert AnswerFacet.HARMS in said or groups == {}
    assert all("oral" in text.lower() for name, text in groups.items() if name == "oral")
    assert all("topical" in text.lower() for name, text in groups.items() if name == "topical")


def test_every_section_says_what_it_tells() -> None:
    """A program need not know the headings."""
    answer = answered("What is known about sirolimus for psoriasis?", TRIAL, CREAM)
    assert all(
        section.facet is not AnswerFacet.RESEARCH or "research" in section.heading for section in answer.sections
    )


def test_what_two_works_say_is_said_once_with_both() -> None:
    """The second is cited beside the first, its own words open too."""
    one = study("A trial", [("Results", Category.RESULTS, "Sirolimus cleared psoriasis in 5 of 10 patients.")])
    two = study("A registry", [("Results", Category.RESULTS, "Oral sirolimus cleared psoriasis in 5 of 10 patients.")])
    answer = answered("Does sirolimus help psoriasis?", one, two)
    cleared = [each for each in answer.sentences if "cleared psoriasis" in each.text]
    assert len(cleared) == 1
    assert {quote.document for quote in cleared[0].cited} == {one.document.id, two.document.id}
    assert len(cleared[0].references) == 2 and len(cleared[0].also) == 1
    held: dict[str, Holding] = {each.document.id: each for each in (one, two)}
    assert all(quote.holds_in(held[quote.document].document) for quote in cleared[0].cited)


def test_nearly_the_same_words_with_other_numbers_are_both_said() -> None:
    """A source that contradicts is never lost to likeness."""
    one = study("A trial", [("Results", Category.RESULTS, "Sirolimus cleared plaque psoriasis in 5 of 10 patients.")])
    two = study("A series", [("Results", Category.RESULTS, "Sirolimus cleared plaque psoriasis in 0 of 10 patients.")])
    said = " ".join(each.text for each in answered("Does sirolimus help psoriasis?", one, two).sentences)
    assert "5 of 10" in said and "0 of 10" in said


def test_a_denial_is_not_cited_for_what_it_denies() -> None:
    """Nor is what doubts cited for what does not."""
    one = study("A trial", [("Results", Category.RESULTS, "Sirolimus reduced plaque psoriasis in most patients.")])
    two = study(
        "A series", [("Results", Category.RESULTS, "Sirolimus may have reduced plaque psoriasis in most patients.")]
    )
    answer = answered("Does sirolimus help psoriasis?", one, two)
    assert all(not (each.also and "may" not in each.text) for each in answer.sentences)


def test_an_aim_is_no_result() -> None:
    """What was to be found out is not told as found."""
    said = [one.text for one in answered("Does sirolimus help psoriasis?", AIM).sentences]
    assert any("cleared psoriasis in 5 of 10" in text for text in said)
    assert not any("to determine whether" in text for text in said)


def test_what_no_source_states_and_a_reader_would_miss_is_said() -> None:
    """No dose is stated: nobody asked, and it is told."""
    answer = answered("Does sirolimus help psoriasis?", AIM)
    missing = [absence for absence in answer.absences if not absence.asked]
    assert any("dose" in absence.facet for absence in missing)


def test_what_the_answer_itself_states_is_never_called_missing() -> None:
    """A wrong "not stated" is worse than none."""
    answer = answered("Does sirolimus help psoriasis?", TRIAL)
    assert not any("dose" in absence.facet or "harms" in absence.facet for absence in answer.absences)


def test_two_drugs_that_nobody_compared_are_not_compared() -> None:
    """Each is told of; that no source compares them is said first."""
    other = study("Everolimus", [("Results", Category.RESULTS, "Everolimus cleared psoriasis in 4 of 10 patients.")])
    both = study("Two drugs", [("Results", Category.RESULTS, "Sirolimus and everolimus are given in psoriasis.")])
    compared = study("Both", [("Results", Category.RESULTS, "In psoriasis sirolimus was better than everolimus in 9.")])
    first = answered("Is sirolimus or everolimus better for psoriasis?", other, compared, both).sections[0]
    assert "better than everolimus" in first.sentences[0].text


def test_what_was_read_and_not_cited_is_accounted_for() -> None:
    """Each document read is cited, or left out for a reason that is told."""
    snoring = study("On migraine", [("Results", Category.RESULTS, "Propranolol helps migraine in many patients.")])
    answer = answered("Does sirolimus help psoriasis?", TRIAL, CREAM, snoring)
    assert answer.search is not None
    assert answer.search.read == 3
    assert answer.search.quoted + sum(number for _, number in answer.search.left_out) == 3
