"""The patient view: the same claims on the same quotes, in easier words, and nothing that no source says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from small import VOCABULARY, answered, study

from curbside.answer.patient import easier, patient_view
from curbside.answer.patient_figures import (
    ASK,
    BY_CHANCE,
    PARTLY_BY_CHANCE,
    PAST_CHANCE,
    chance,
    frequencies,
    in_tens,
    intervals,
    names_dose,
    plain_ratios,
)
from curbside.appraise.beside import with_intervals
from curbside.language.numbers import numbers
from curbside.records import (
    Answer,
    AnswerFacet,
    AnswerSentence,
    Category,
    Document,
    DocumentKind,
    Holding,
    Quote,
    Span,
    sealed,
)
from curbside.records.audience import PatientView, Telling
from curbside.records.study import Aim, Level

TRIAL = study(
    "Sirolimus for lymphatic malformations: a trial",
    [
        (
            "Methods",
            Category.METHODS,
            "Twenty children with lymphatic malformations received sirolimus 0.8 mg/m2 twice daily.",
        ),
        (
            "Results",
            Category.RESULTS,
            "Lymphatic malformations responded to sirolimus in 12 of 20 patients (60%); no patient died.\n"
            "Stomatitis of lymphatic malformation patients occurred on sirolimus in 5 of 20 patients.",
        ),
        (
            "Conclusions",
            Category.CONCLUSIONS,
            "Sirolimus may help lymphatic malformations, although the study was small.",
        ),
    ],
)
QUESTION = "Does sirolimus help lymphatic malformations?"


def told(*holdings: Holding, question: str = QUESTION) -> tuple[Answer, PatientView]:
    """An answer and how a patient is told it."""
    answer = with_intervals(answered(question, *holdings))
    return answer, patient_view(answer, {each.document.id: each for each in holdings}, VOCABULARY)


def said(words: str, of: str = "") -> tuple[AnswerSentence, dict[str, Document]]:
    """A sentence that is its document's words."""
    document = sealed(Document("", of or words, DocumentKind.ARTICLE))
    start = document.text.index(words)
    quote = Quote(document.id, Span(start, start + len(words)), words)
    return AnswerSentence(words, (quote,), (1,)), {document.id: document}


def easy(words: str) -> str:
    """The easiest form of a sentence."""
    sentence, documents = said(words)
    return easier(sentence, documents, VOCABULARY)


class TestTheSameClaims:
    """Other words and order; the same sentences, quotes and numbers."""

    def test_the_quotes_are_those_of_the_clinicians_answer(self) -> None:
        """Each quote as often, none more, none fewer."""
        answer, view = told(TRIAL)
        assert answer.sentences
        before = Counter(quote for sentence in answer.sentences for quote in sentence.cited)
        assert Counter(quote for sentence in view.answer.sentences for quote in sentence.cited) == before

    def test_no_number_of_the_source_is_lost(self) -> None:
        """What the clinician reads in figures, the patient does too."""
        _, view = told(TRIAL)
        for each in (retold for section in view.retold for retold in section):
            there = {number.printed for number in numbers(each.text)}
            assert {number.printed for number in numbers(each.said.text)} <= there

    def test_every_number_is_quoted_or_worked_out(self) -> None:
        """None is invented: what stands in no quote stands, with its arithmetic, among the derived."""
        _, view = told(TRIAL)
        for sentence in view.answer.sentences:
            held = {n.printed for quote in sentence.quotes for n in numbers(quote.words)}
            held |= {n.printed for each in sentence.derived for n in numbers(f"{each.value} {each.arithmetic}")}
            assert {n.printed for n in numbers(sentence.text)} <= held

    def test_harms_stand_right_behind_the_short_answer(self) -> None:
        """A reader who stops early has met them."""
        _, view = told(TRIAL)
        facets = [section.facet for section in view.answer.sections]
        if AnswerFacet.HARMS in facets:
            assert facets.index(AnswerFacet.HARMS) <= 1

    def test_a_decline_stays_one(self) -> None:
        """There is nothing to tell, and no grade of it."""
        answer, view = told(TRIAL, question="Does sirolimus cure migraine?")
        assert answer.declined and view.answer.declined
        assert view.grade is None and not view.terms

    def test_reading_grade_and_words_stand_beside(self) -> None:
        """The view is easier than the clinician's, and says what its hard words mean."""
        _, view = told(TRIAL)
        assert view.grade is not None and view.clinician is not None
        assert view.grade.flesch_kincaid < view.clinician.flesch_kincaid
        assert "sirolimus" in dict(view.terms)

    def test_where_it_comes_from_is_said_once_a_source(self) -> None:
        """What was done, with how many people; not behind every sentence."""
        _, view = told(TRIAL)
        comes = [text for section in view.retold for each in section for text in each.beside if "comes from" in text]
        assert len(comes) == 1

    def test_no_dose_without_asking_first(self) -> None:
        """Beside each sentence that states one."""
        _, view = told(TRIAL, question="What dose of sirolimus is given for lymphatic malformations?")
        dosed = [each for section in view.retold for each in section if "mg/m2" in each.claim]
        assert dosed
        assert all(ASK in each.beside for each in dosed)

    @pytest.mark.parametrize(
        ("certainty", "words"), [("very low", "we are very unsure"), ("high", "quite sure"), ("", "")]
    )
    def test_how_sure_it_is_stands_in_front(self, certainty: str, words: str) -> None:
        """In words of ours, as a machine suggests it; nothing where it suggests nothing."""
        answer, _ = told(TRIAL)
        levelled = replace(answer, level=Level(Aim.TREATMENT, 4, certainty))
        view = patient_view(levelled, {TRIAL.document.id: TRIAL}, VOCABULARY)
        notes = " ".join(view.answer.notes)
        assert words in notes and ("How sure" in notes) is bool(words)


class TestEasierWords:
    """A change that a guard does not pass is undone; at worst the source's words stand."""

    @pytest.mark.parametrize(
        ("hard", "plain"),
        [
            (
                "Twelve patients received oral sirolimus twice daily.",
                "Twelve people got sirolimus by mouth twice a day.",
            ),
            (
                "Topical sirolimus was applied once daily for pruritus.",
                "Sirolimus on the skin was put on once a day for itching.",
            ),
            (
                "Sirolimus was discontinued in 2 patients due to fever.",
                "Sirolimus was stopped in 2 people because of fever.",
            ),
            ("Kidney transplant recipients received sirolimus.", "People with a kidney transplant got sirolimus."),
            (
                "Recipients valued what patient values and preferences favour.",
                "Recipients valued what patient values and preferences favour.",
            ),
            (
                "Trials have demonstrated relapse in renal transplant patients.",
                "Trials have shown relapse in people with a kidney transplant.",
            ),
            ("Relapse was frequent in ITP patients.", "Relapse was common in people with ITP."),
        ],
    )
    def test_hard_words_give_way(self, hard: str, plain: str) -> None:
        """The claim is the same."""
        assert easy(hard) == plain

    @pytest.mark.parametrize(
        ("long", "cut"),
        [
            (
                "The lesions shrank on sirolimus in most children, but they grew again after it was stopped.",
                "The lesions shrank on sirolimus in most children. But they grew again after it was stopped.",
            ),
            (
                "Eight children responded to sirolimus; the other four were lost to follow-up.",
                "Eight children responded to sirolimus. The other four were lost to follow-up.",
            ),
            (
                "Relapse occurred in 14 of 64 children (22%) on sirolimus and in 22 of 56 (39%) on propranolol (p = 0.04).",
                "Relapse happened in 14 of 64 children (22%) on sirolimus. On propranolol it was 22 of 56 (39%). "
                "In figures: p = 0.04.",
            ),
            (
                "The trial had 179 people with psoriasis (mean age 20.5 years, range 3-61; 99 female), all untreated.",
                "The trial had 179 people with psoriasis, all untreated. Details: mean age 20.5 years, range 3-61; 99 female.",
            ),
        ],
    )
    def test_long_sentences_are_cut(self, long: str, cut: str) -> None:
        """Where each half says something by itself."""
        assert easy(long) == cut

    @pytest.mark.parametrize(
        "words",
        [
            "The authors conclude that sirolimus helped, but the trial was small.",
            "It was found that sirolimus helped most children; the others were given propranolol.",
            "Relapse may be seen in 14% on sirolimus and 22% on propranolol.",
            "Relapse was not seen in 14% on sirolimus and 22% on propranolol.",
            "The drug may help, leading to remission of psoriasis in many of those treated.",
            "The risk fell (0.4 in one group) and rose (0.6 in the other) in children on sirolimus.",
        ],
    )
    def test_what_is_only_reported_is_not_cut_off_from_who_reports_it(self, words: str) -> None:
        """Cut there, it would be asserted."""
        assert easy(words) == words

    @pytest.mark.parametrize("word", ["may", "might", "not", "no", "without", "approximately", "failed to"])
    def test_doubt_and_denial_stand(self, word: str) -> None:
        """Whatever else changes."""
        assert word in easy(f"Sirolimus {word} benefit patients who received prior therapy; the study was small.")

    @pytest.mark.parametrize(
        "words",
        [
            "Frequent dosing of sirolimus was tried.",
            "The Bonferroni correction was applied.",
            "Erythema multiforme followed sirolimus.",
            "Portal hypertension followed sirolimus.",
            "Sirolimus was given to newly diagnosed children with concomitant propranolol.",
            "Age and sex determine relapse.",
            "An additional child had relapse after dose reduction of 50%.",
            "Alopecia areata followed sirolimus.",
        ],
    )
    def test_words_that_mean_something_else_there_stand(self, words: str) -> None:
        """A word that is easier elsewhere is wrong here."""
        assert easy(words) == words

    def test_whose_is_said_rightly(self) -> None:
        """Of people."""
        assert easy("Sirolimus changed the patients' lives.") == "Sirolimus changed the people's lives."
        assert "in-people" not in easy("Twelve in-patients took sirolimus.")

    def test_words_that_may_not_go_whole_do_not_go_in_part(self) -> None:
        """No "organ people with a transplant"."""
        assert "organ people" not in easy("The trial had 29 organ transplant recipients with keratotic lesions.")

    def test_a_sentence_whose_document_is_not_at_hand_stands(self) -> None:
        """Nothing can be held against its quote."""
        sentence, _ = said("Twelve patients received sirolimus.")
        assert easier(sentence, {}, VOCABULARY) == sentence.text

    def test_how_a_claim_came_about_is_told(self) -> None:
        """Nothing changed: the source's words."""
        _, view = told(TRIAL)
        for each in (retold for section in view.retold for retold in section):
            assert (each.telling is Telling.SOURCE) == (each.claim == each.said.text)


class TestFigures:
    """Shares in tens, intervals and chance in words."""

    @pytest.mark.parametrize(
        ("share", "words"),
        [
            (0.6, "6 in 10"),
            (0.0, "none"),
            (1.0, "all"),
            (0.04, "4 in 100"),
            (0.003, "3 in 1000"),
            (0.98, "more than 9 in 10"),
        ],
    )
    def test_shares_in_tens(self, share: float, words: str) -> None:
        """Small ones in hundreds; nothing short of all becomes all, nothing above none none."""
        assert in_tens(share)[0] == words

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("It responded in 12 of 20 patients (60%).", ["12 of 20 is 6 in 10."]),
            ("It responded in 9 of 11 patients.", []),
            ("Stomatitis occurred in 13% and fever in 9%.", ["13% is 13 in 100.", "9% is 9 in 100."]),
            ("PASI fell by 63.7% on average.", []),
            ("Relapse occurred under sirolimus 0.1% ointment.", []),
            ("In 2 of 30 trials it helped.", []),
            ("It responded in 61 of 64 patients (95%; 95% CI 87-98).", ["61 of 64 is more than 9 in 10."]),
            ("There was an increase in the percentage of cells to 48%.", []),
        ],
    )
    def test_people_are_counted_in_tens_and_nothing_else(self, text: str, expected: list[str]) -> None:
        """Not strengths, not changes, not trials, not counts that are small enough as they stand."""
        sentence, _ = said(text)
        assert frequencies(sentence)[0] == expected

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Lesions responded in 12 of 20 patients.", "as few as 4 in 10 or as many as 8 in 10"),
            ("Relapse occurred in 0 of 15 patients.", "could still be up to 2 in 10"),
            ("Lesions responded in 11 of 11 patients.", "as few as"),
        ],
    )
    def test_intervals_in_words(self, text: str, words: str) -> None:
        """From the interval that is computed beside the sentence."""
        answer, _ = told(TRIAL)
        sentence, _ = said(text)
        section = answer.sections[0]
        one = Answer(answer.question, False, (type(section)(section.heading, (sentence,)),))
        [beside] = with_intervals(one).sentences
        [found], [derived] = intervals(beside)
        assert words in found and derived.arithmetic

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "the risk fell (HR 0.44, 95% CI 0.30-0.63).",
                "the risk fell (0.44 times the rate; it could be 0.30 to 0.63 times).",
            ),
            ("relative risk 0.56, 95% CI 0.32-0.98", "0.56 times the risk; it could be 0.32 to 0.98 times"),
            ("OR 2.1 (95% CI 1.2 to 3.4)", "2.1 times the odds (it could be 1.2 to 3.4 times)"),
            ("in one or 2 patients", "in one or 2 patients"),
        ],
    )
    def test_ratios_in_words(self, text: str, expected: str) -> None:
        """Every figure stays."""
        assert plain_ratios(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("p = 0.01", [PAST_CHANCE]), ("(p < 0.001)", [PAST_CHANCE]), ("p = 0.3", [BY_CHANCE]), ("p > 0.05", [BY_CHANCE]),
         ("p = 0.01 and p = 0.2", [PARTLY_BY_CHANCE]), ("step 0.3", [])],
    )  # fmt: skip
    def test_chance_in_words(self, text: str, expected: list[str]) -> None:
        """A p value is told as what chance would do."""
        assert chance(text) == expected

    def test_doses_strengths_and_levels_are_doses(self) -> None:
        """And counts of people are not."""
        assert names_dose(["2 mg daily"]) and names_dose(["a 0.1% ointment was applied"]) and names_dose(["5-15 ng/mL"])
        assert not names_dose(["12 of 20 patients responded"])


class TestHarmsWithoutOfHowMany:
    """ "Six deaths" frightens until it is said among how many."""

    REVIEW = study(
        "Infections on sirolimus in psoriasis",
        [
            ("Population", Category.NONE, "The review covers 1182 patients with psoriasis who took sirolimus."),
            ("Harms", Category.RESULTS, "Six deaths from infection were reported on sirolimus in psoriasis."),
            (
                "Safety",
                Category.RESULTS,
                "Serious infections on sirolimus were seen in 4 of 90 children with psoriasis.",
            ),
        ],
    )

    def test_a_bare_number_of_harms_is_set_among_the_people_studied(self) -> None:
        """With the words that say how many they were; a count that has its own number of people needs none."""
        _, view = told(self.REVIEW, question="What are the harms of sirolimus in psoriasis?")
        beside = {each.said.text[:10]: each.beside for part in view.retold for each in part}
        assert any("1182 people" in words for words in beside["Six deaths"])
        assert "1182 people were looked at in all." not in beside["Serious in"]
        derived = [each for sentence in view.answer.sentences for each in sentence.derived if each.value == "1182"]
        assert derived and "1182 patients" in derived[0].arithmetic


class TestShorterSentences:
    """Lists, and two names of one thing."""

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (
                "Adverse events of it included bronchitis, mucositis, fever, infection, pain, rash, vomiting and a cough.",
                "Adverse events of it included bronchitis, mucositis, fever and infection."
                " Also: pain, rash, vomiting and a cough.",
            ),
            (
                "Sirolimus has several uses in dermatology, including: Treatment of psoriasis",
                "Sirolimus has several uses for skin disease. Among them: treatment of psoriasis",
            ),
            ("Sirolimus (rapamycin) helped in psoriasis.", "Sirolimus helped in psoriasis."),
            ("Renal toxicity must be monitored.", "Harm to the kidneys must be checked."),
            (
                "They were randomly assigned (1:1) to receive sirolimus.",
                "They were picked by chance (1:1) to get sirolimus.",
            ),
        ],
    )
    def test_in_short_and_plain_words(self, words: str, expected: str) -> None:
        """Nothing is lost or added."""
        assert easy(words) == expected
