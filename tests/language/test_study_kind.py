"""What kind of evidence a record is: types, then plain words, then what its words make likely; animals are no people."""

from __future__ import annotations

import pytest

from curbside.language import study_kind as module
from curbside.language.design import denies_guideline, design_of
from curbside.language.species import of_animals
from curbside.language.study_kind import study_kind
from curbside.records import EvidenceKind

UNSAID = (
    "METHODS: Sixty children with immune thrombocytopenia took part in this double-blind comparison and received sirolimus "
    "or placebo for 12 weeks. RESULTS: Response was seen in 18 of 30 patients on sirolimus and 9 of 30 on placebo (P = 0.02)."
)
"""An abstract of a randomised trial that does not call itself one."""


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("A randomised trial of meloxicam in sheep", "", EvidenceKind.LABORATORY),
        ("Randomized study of heparin in anesthetized pigs", "", EvidenceKind.LABORATORY),
        ("Sirolimus", "Forty rabbits were randomly assigned to sirolimus or saline.", EvidenceKind.LABORATORY),
        ("Sirolimus in a porcine coronary model", "Randomised.", EvidenceKind.LABORATORY),
        ("Sirolimus releasing stents: an in vitro study", "", EvidenceKind.LABORATORY),
        ("Sirolimus in lymphoma cell lines", "", EvidenceKind.LABORATORY),
        ("Ciclosporin in dogs with atopic dermatitis: a randomised trial", "", EvidenceKind.ANIMALS),
        ("Toceranib", "Client-owned dogs were randomly assigned to toceranib or placebo.", EvidenceKind.ANIMALS),
        ("Firocoxib in horses", "Horses were randomized to firocoxib or placebo at a clinic.", EvidenceKind.ANIMALS),
        ("Vaccination of dairy cattle: a randomised trial", "", EvidenceKind.ANIMALS),
        ("Acromegaly in cats with diabetes: a case report", "", EvidenceKind.ANIMALS),
    ],
)
def test_a_study_of_animals_is_none_of_people(title: str, text: str, kind: EvidenceKind) -> None:
    """However well it was randomised: an experiment is of the laboratory, patients of a veterinarian are animals."""
    assert study_kind(title, text).kind is kind


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Horse antithymocyte globulin in aplastic anaemia: a randomised trial", "120 patients were randomised."),
        ("Porcine surfactant: a randomised trial", "Infants were randomly assigned."),
        ("Contact with cats and asthma: a randomised trial", "Homes were randomised."),
        ("Exposure to dogs in children: a randomised trial", ""),
        ("Retraction of maxillary canines: a randomised trial", ""),
        ("Sirolimus: a randomised trial", "It works in mice and rats. In all, 90 patients were randomly assigned."),
        ("Gonadotrophin for in vitro fertilisation: a randomised trial", ""),
    ],
)
def test_animals_that_are_named_are_not_always_studied(title: str, text: str) -> None:
    """Sera, exposures, teeth and earlier experiments leave a trial of people what it is."""
    assert study_kind(title, text).kind is EvidenceKind.RANDOMISED


def test_an_indexer_is_believed_about_people_and_animals() -> None:
    """The check tags win over the words; publication types name veterinary trials."""
    title, text = "Meloxicam and pain", "Thirty subjects were randomly assigned."
    assert study_kind(title, text, headings=["Animals"]).kind is EvidenceKind.LABORATORY
    assert study_kind(title, text, headings=["Animals", "Humans"]).kind is EvidenceKind.RANDOMISED
    assert of_animals("Sirolimus in mice", "", ["Humans"]) is None
    assert study_kind(title, text, ["Randomized Controlled Trial, Veterinary"]).kind is EvidenceKind.ANIMALS


def test_a_review_of_animal_work_stays_a_review() -> None:
    """What was done to whom is asked of studies alone."""
    assert study_kind("Sirolimus in mice: a systematic review", "").kind is EvidenceKind.SYSTEMATIC_REVIEW


def test_the_animals_are_shown() -> None:
    """The words that decided can be opened."""
    text = "Background. Forty rabbits were randomly assigned."
    span = study_kind("Sirolimus", text).span
    assert span is not None and span.of(text) == "rabbits"


def test_what_is_said_as_a_whole_decides_where_nothing_is_plain() -> None:
    """Placebo, blinding and two groups make a randomised trial, and the words that point to it are kept."""
    title = "Sirolimus or placebo in children with immune thrombocytopenia"
    assert design_of(title, UNSAID).kind is EvidenceKind.STUDY
    found = study_kind(title, UNSAID, abstract=UNSAID)
    assert found.kind is EvidenceKind.RANDOMISED
    assert found.span is not None and found.span.of(UNSAID) == "double-blind"


@pytest.mark.parametrize(
    ("types", "headings", "text"),
    [
        (["Clinical Trial"], [], UNSAID),
        (["Letter"], [], UNSAID),
        (["Journal Article"], ["Humans"], UNSAID),
        ([], [], UNSAID + " This was an observational study."),
        ([], [], UNSAID.replace("double-blind ", "").replace("placebo", "nothing")),
        ([], [], "Little is known. A randomised comparison is needed."),
    ],
)
def test_an_indexer_and_plain_words_are_not_overruled(types: list[str], headings: list[str], text: str) -> None:
    """Whoever indexed it knew; without a word of chance, blinding or placebo of its own nothing is a randomised trial."""
    found = study_kind("Sirolimus in children", text, types, headings, text)
    assert found.kind is not EvidenceKind.RANDOMISED


def test_only_what_is_sure_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong "randomised trial" is worse than "study"."""
    for share, kind in ((module.SURE, EvidenceKind.RANDOMISED), (module.SURE - 0.01, EvidenceKind.STUDY)):
        monkeypatch.setattr(module, "likely", lambda *_, share=share: ("randomised trial", share))
        assert study_kind("Sirolimus", "Placebo was given.", abstract="Placebo was given.").kind is kind


@pytest.mark.parametrize(
    "words",
    [
        "It does not provide formal guidelines or recommendations for making health care decisions.",
        "This summary is not intended to be a clinical practice guideline.",
        "This review does not constitute a guideline.",
    ],
)
def test_a_text_may_say_that_it_is_no_guideline(words: str) -> None:
    """Then it is none, whoever wrote it."""
    span = denies_guideline(f"Treatment. {words}")
    assert span is not None and "guideline" in span.of(f"Treatment. {words}")


@pytest.mark.parametrize(
    "words",
    [
        "This guideline does not provide recommendations on surgery.",
        "This guideline is not intended to replace clinical judgement.",
        "The trial did not follow guidelines. This summary lists formal guidelines.",
    ],
)
def test_a_guideline_that_names_its_limits_is_one(words: str) -> None:
    """Limits of a guideline are not its denial."""
    assert denies_guideline(words) is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Merkel Cell Carcinoma Treatment (PDQ®): Health Professional Version", EvidenceKind.SUMMARY),
        ("Correction of anaemia with epoetin alfa: a randomised trial", EvidenceKind.RANDOMISED),
        ("Withdrawal of steroids in lupus: a randomised trial", EvidenceKind.RANDOMISED),
        ("Correction: Sirolimus in lupus", EvidenceKind.NOTICE),
        ("Correction to: Sirolimus in lupus", EvidenceKind.NOTICE),
        ("WITHDRAWN: Sirolimus in lupus", EvidenceKind.NOTICE),
        ("Effects of a clinical practice guideline on depression: a randomised trial", EvidenceKind.RANDOMISED),
        ("Adherence to guidelines for lupus: a cohort study", EvidenceKind.COHORT),
        ("Guidelines for reporting trials", EvidenceKind.GUIDELINE),
    ],
)
def test_titles_are_not_taken_by_their_first_word(title: str, kind: EvidenceKind) -> None:
    """A correction of anaemia corrects no article, and a study of a guideline is none."""
    assert design_of(title, "").kind is kind


def test_patterns_take_linear_time() -> None:
    """Long runs of what patterns begin with are read at once."""
    for piece in ("dogs in ", "this summary is not intended to be a ", "randomised previous "):
        words = piece * 5_000
        of_animals(words, words)
        denies_guideline(words)
        study_kind(piece, words)
