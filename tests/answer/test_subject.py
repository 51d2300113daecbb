"""What governs a sentence: the title of a study, a heading, the study that an item stands under; harms stay."""

from __future__ import annotations

from small import answered, study, texts

from curbside.records import Category


def told(question: str, title: str, *sections: tuple[str, Category, str], types: tuple[str, ...] = ()) -> str:
    """All that an answer from one text says, in one string."""
    return " ".join(texts(answered(question, study(title, sections, types=types))))


def test_a_study_of_another_disease_speaks_of_its_own() -> None:
    """What a study of psoriasis found is no finding in migraine, though it mentions migraine; what names it stays."""
    said = told(
        "What is known about sirolimus for migraine?",
        "Sirolimus in psoriasis: a randomised trial",
        ("Results", Category.RESULTS, "Sirolimus reduced the size of plaques in 40% of patients with psoriasis."),
        ("Discussion", Category.NONE, "In migraine, sirolimus reduced attacks by 30% in an earlier trial."),
        ("Limits", Category.NONE, "Further trials of sirolimus in psoriasis are needed."),
    )
    assert "reduced attacks by 30%" in said
    assert "plaques" not in said
    assert "Further trials" not in said


def test_a_harm_of_the_drug_stays() -> None:
    """Whoever took it: a harm of the drug asked about is never left out for the sake of the subject."""
    said = told(
        "What is known about sirolimus for migraine?",
        "Sirolimus in psoriasis: a randomised trial",
        ("Results", Category.RESULTS, "Adverse events of sirolimus were stomatitis in 8 of 40 patients."),
        ("Discussion", Category.NONE, "In migraine, sirolimus reduced attacks by 30% in an earlier trial."),
    )
    assert "stomatitis in 8 of 40" in said


def test_a_study_of_another_drug_speaks_of_that() -> None:
    """A sentence that names no drug tells of the drug of its title."""
    said = told(
        "What is known about sirolimus for migraine?",
        "Propranolol for migraine: a randomised trial",
        (
            "Discussion",
            Category.NONE,
            "Sirolimus reduced migraine in 30% of patients elsewhere. The number of attacks fell by half in all groups.",
        ),
        ("Results", Category.RESULTS, "Propranolol reduced migraine in 60% of patients given propranolol."),
    )
    assert "Sirolimus reduced migraine in 30%" in said
    assert "fell by half" not in said


def test_how_a_study_was_made_is_no_answer() -> None:
    """Who paid, where it was done, and what nobody might take: a dose there is no dose."""
    said = told(
        "What dose of sirolimus is used for psoriasis?",
        "Sirolimus in psoriasis: a randomised trial",
        ("Methods", Category.METHODS, "Exclusion criteria were sirolimus at doses above 9 mg/day for psoriasis."),
        ("Results", Category.RESULTS, "Patients with psoriasis received sirolimus 2 mg/day for 12 weeks."),
        ("Funding", Category.NONE, "The makers of sirolimus paid for this trial in psoriasis, and gave 7 mg tablets."),
    )
    assert "2 mg/day" in said
    assert "9 mg/day" not in said
    assert "7 mg" not in said


def test_the_disease_by_itself_is_no_answer_on_a_treatment() -> None:
    """How common a disease is stands in every introduction; who asks for a treatment knows the disease."""
    said = told(
        "What is known about sirolimus for psoriasis?",
        "Sirolimus in psoriasis: a randomised trial",
        ("Background", Category.BACKGROUND, "Psoriasis is a chronic disease. Psoriasis is the most common of them."),
        (
            "Results",
            Category.RESULTS,
            "Sirolimus reduced psoriasis by 40% in the patients who received it. "
            "Mouth sores are the most common of the adverse events in psoriasis.",
        ),
    )
    assert "40%" in said
    assert "Mouth sores" in said
    assert "chronic disease" not in said
    assert "most common of them" not in said


def test_pregnancy_is_told_where_it_is_asked_for() -> None:
    """Under a heading on pregnancy a sentence that does not name the drug itself speaks of pregnancy."""
    sections = (
        (
            "Psoriasis during pregnancy",
            Category.NONE,
            "Sirolimus should not be given in pregnancy. Delivery at a centre with an experienced team is advised.",
        ),
        ("Treatment of psoriasis", Category.RESULTS, "Sirolimus reduced psoriasis by 40% in 30 patients."),
    )
    said = told(
        "What is known about sirolimus for psoriasis?", "Psoriasis: a guideline", *sections, types=("Guideline",)
    )
    assert "40%" in said
    assert "experienced team" not in said


def test_a_row_of_drugs_lends_none_of_them() -> None:
    """After a sentence on several drugs one that goes on from none, and has no figure, is not about the first."""
    passage = (
        "Sirolimus, everolimus or propranolol may be used for psoriasis in adults. "
        "Guidelines differ on how many of the treatments to combine. "
        "The effectiveness varies among subsets of patients with psoriasis."
    )
    sections = (("Treatment of psoriasis", Category.NONE, passage),)
    said = told("What is known about sirolimus for psoriasis?", "Skin: a guideline", *sections, types=("Guideline",))
    assert "may be used" in said
    assert "Guidelines differ" not in said
    assert "effectiveness varies" in said


def test_what_is_known_is_not_what_is_not_known() -> None:
    """The words in which a question is put are not what it asks for."""
    said = texts(
        answered(
            "What is known about sirolimus for psoriasis?",
            study(
                "Sirolimus in psoriasis: a randomised trial",
                [
                    ("Results", Category.RESULTS, "Sirolimus reduced psoriasis by 40% in 30 patients who took it."),
                    ("Background", Category.BACKGROUND, "The mechanism of sirolimus in psoriasis is not well known."),
                ],
            ),
        )
    )
    assert said[0].startswith("Sirolimus reduced psoriasis")


def test_cells_and_animals_are_told_where_it_is_asked_how_a_drug_works() -> None:
    """A study of people that mentions cultured cells does not answer with them whether it helps."""
    sections = (
        ("Results", Category.RESULTS, "Sirolimus reduced psoriasis by 40% in 30 patients who took it."),
        ("Background", Category.NONE, "In cultured keratinocytes sirolimus inhibited pathways that drive psoriasis."),
    )
    title = "Sirolimus in psoriasis: a randomised trial"
    assert "cultured" not in told("What is known about sirolimus for psoriasis?", title, *sections)
    assert "cultured" in told("What is the mechanism of sirolimus in psoriasis?", title, *sections)


def test_a_list_of_drugs_in_a_study_of_another_is_no_answer() -> None:
    """What everybody took beside it, unless it is a harm that is told of them."""
    said = told(
        "What is known about sirolimus for migraine?",
        "Propranolol for migraine: a randomised trial",
        (
            "Methods",
            Category.METHODS,
            "At baseline people with migraine used sirolimus, everolimus or propranolol. "
            "Adverse events with migraine were most frequent with sirolimus, everolimus and propranolol. "
            "Excluding patients with migraine on sirolimus, nothing was different between these groups.",
        ),
        ("Discussion", Category.NONE, "Sirolimus reduced migraine in 30% of patients elsewhere."),
    )
    assert "in 30%" in said
    assert "most frequent" in said
    assert "At baseline" not in said
    assert "Excluding patients" not in said
