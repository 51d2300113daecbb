"""Answers as their audience is told them: nothing of a source becomes markup, a formula or a control character."""

from __future__ import annotations

import csv
import io

from curbside.records import Answer, AnswerSection, AnswerSentence, Intent, Question, Quote, Span
from curbside.records.audience import FlowStep, Legibility, PatientView, ResearcherView, Retold, StudyRow, Telling
from curbside.writers.audience import (
    grade_words,
    patient_json,
    patient_markdown,
    patient_terminal,
    researcher_markdown,
    researcher_terminal,
    studies_table,
)
from curbside.writers.html_terms import Glossing, anchor_of

HOSTILE = "<script>alert(1)</script> *Psoriasis* [x](http://e) \x1b[31m=1+1 of psoriasis"
SENTENCE = AnswerSentence(HOSTILE, (Quote("d1", Span(0, 3), "abc"),), (1,))
ANSWER = Answer(Question("What?", (Intent.GENERAL,)), False, (AnswerSection("In short", (SENTENCE,)),))
ROW = StudyRow((1,), "d1", "=cmd()", 2020, "trial", "", people=("<b>12</b>",), outcomes=("+1",))
PATIENT = PatientView(
    ANSWER,
    ((Retold(SENTENCE, HOSTILE, ("Beside.",), Telling.SOURCE),),),
    (("psoriasis", "A disease with thick, red, scaly patches of skin."),),
    Legibility(7.4, None),
    Legibility(15.6, 16.0),
)
RESEARCHER = ResearcherView(ANSWER, (ROW,), (FlowStep("documents held", 1200),))


class TestExplainedWords:
    """A word is linked to its explanation where it comes first, and everything is escaped."""

    def test_markup_of_a_source_stays_text(self) -> None:
        """Around a linked word too."""
        html = Glossing(["psoriasis"])(HOSTILE)
        assert "<script>" not in html and "&lt;script&gt;" in html

    def test_a_word_is_linked_once_over_all_texts_of_a_page(self) -> None:
        """Under one anchor."""
        gloss = Glossing(["psoriasis"])
        html = gloss("Psoriasis and psoriasis.") + gloss("More psoriasis.")
        assert html.count("<a ") == 1
        assert f'href="#{anchor_of("psoriasis")}"' in html and f'id="in-{anchor_of("psoriasis")}"' in html

    def test_only_words_that_the_page_explains_are_linked(self) -> None:
        """No link leads nowhere."""
        assert "<a " not in Glossing([])("Psoriasis and remission.")

    def test_anchors_are_plain(self) -> None:
        """Of letters, digits and hyphens."""
        assert anchor_of("mTOR inhibitor") == "term-mtor-inhibitor"
        assert anchor_of("ng/ml") == "term-ng-ml"


class TestText:
    """Terminal and markdown."""

    def test_no_control_character_reaches_a_terminal(self) -> None:
        """From either view."""
        for text in (patient_terminal(PATIENT), researcher_terminal(RESEARCHER)):
            assert "\x1b" not in text

    def test_nothing_is_markup_in_markdown(self) -> None:
        """No tag, emphasis or link of a source."""
        for text in (patient_markdown(PATIENT), researcher_markdown(RESEARCHER)):
            assert "<script>" not in text and "<b>" not in text and "[x](http" not in text

    def test_words_and_grades_stand_under_a_patients_answer(self) -> None:
        """Whole grades, both sides."""
        assert "- psoriasis: A disease" in patient_terminal(PATIENT)
        assert grade_words(PATIENT) == (
            "Reading grade of these sentences: 7; as clinicians read them: 16 (Flesch-Kincaid)."
        )

    def test_json_tells_how_each_sentence_came_about(self) -> None:
        """Claim, what stands beside it, the clinician's sentence."""
        [told] = patient_json(PATIENT)["patient"]["sentences"]
        assert told == {"claim": HOSTILE, "beside": ["Beside."], "telling": "the source's words", "said": HOSTILE}


def test_no_cell_of_the_table_is_a_formula() -> None:
    """What a spreadsheet would compute is text."""
    head, row = csv.reader(io.StringIO("".join(studies_table(RESEARCHER))))
    assert head[:3] == ["references", "document", "study"]
    assert row[2] == "'=cmd()" and row[head.index("outcomes")] == "'+1"
