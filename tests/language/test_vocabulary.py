"""What the shipped vocabulary knows, and how questions are widened by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from curbside.language.vocabulary import Vocabulary
from curbside.records import ConceptKind
from growth import assert_linear


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The vocabulary as shipped."""
    return Vocabulary.shipped()


def concepts(vocabulary: Vocabulary, text: str) -> list[str]:
    """Return the concepts that a text names, in order."""
    return [mention.concept for mention in vocabulary.mentions(text)]


@pytest.mark.parametrize(
    ("names", "concept"),
    [
        (["sirolimus", "rapamycin", "Rapamune", "Hyftor", "AY-22989"], "d:sirolimus"),
        (["everolimus", "RAD001", "Afinitor", "Votubia", "Certican", "Zortress"], "d:everolimus"),
        (["temsirolimus", "CCI-779", "Torisel"], "d:temsirolimus"),
        (["nab-sirolimus", "Fyarro", "ABI-009"], "d:nab-sirolimus"),
        (["ciclosporin", "cyclosporine", "cyclosporin A", "Neoral", "Sandimmune"], "d:ciclosporin"),
        (["tacrolimus", "FK506", "FK 506", "FK-506", "Prograf", "Protopic"], "d:tacrolimus"),
        (["pimecrolimus", "Elidel"], "d:pimecrolimus"),
        (["voclosporin", "Lupkynis"], "d:voclosporin"),
        (["mTOR inhibitors", "rapalogs", "mammalian target of rapamycin inhibitor", "mTORi"], "k:mtor-inhibitors"),
        (["calcineurin inhibitors", "CNI", "CNIs", "calcineurin-inhibitor"], "k:calcineurin-inhibitors"),
        (["topical calcineurin inhibitors", "TCI", "TCIs"], "k:topical-calcineurin-inhibitors"),
        (["JAK inhibitors", "Janus kinase inhibitor"], "k:jak-inhibitors"),
        (["thrombopoietin receptor agonists", "TPO-RA", "TPO-RAs"], "k:tpo-receptor-agonists"),
        (["mycophenolate mofetil", "MMF", "CellCept"], "d:mycophenolate"),
        (["methotrexate", "MTX"], "d:methotrexate"),
        (["IVIG", "intravenous immunoglobulin", "intravenous immune globulin"], "d:intravenous-immunoglobulin"),
        (["anti-D", "anti-D immunoglobulin", "WinRho"], "d:anti-d-immunoglobulin"),
        (["hydroxychloroquine", "HCQ", "Plaquenil"], "d:hydroxychloroquine"),
        (["5-FU", "5-fluorouracil", "fluorouracil", "Efudex"], "d:fluorouracil"),
        (["minoxidil", "Rogaine"], "d:minoxidil"),
        (["finasteride", "Propecia"], "d:finasteride"),
        (["ATG", "antithymocyte globulin", "rabbit anti-thymocyte globulin"], "d:antithymocyte-globulin"),
        (["alpelisib", "BYL719", "Vijoice"], "d:alpelisib"),
    ],
)
def test_drugs_go_by_all_their_names(vocabulary: Vocabulary, names: list[str], concept: str) -> None:
    """Brands, codes, spellings and the abbreviations that are clear in the field."""
    for name in names:
        assert concepts(vocabulary, f"Treated with {name} for long.") == [concept], name


@pytest.mark.parametrize(
    ("names", "concept"),
    [
        (["TSC", "tuberous sclerosis", "tuberous sclerosis complex"], "c:tuberous-sclerosis-complex"),
        (["SEGA", "SEGAs", "subependymal giant-cell astrocytoma"], "c:subependymal-giant-cell-astrocytoma"),
        (["facial angiofibroma", "facial angiofibromata", "adenoma sebaceum"], "c:facial-angiofibroma"),
        (["LAM", "lymphangioleiomyomatosis"], "c:lymphangioleiomyomatosis"),
        (["ITP", "immune thrombocytopenic purpura", "thrombocytopenic purpura", "autoimmune thrombocytopenia"],
         "c:immune-thrombocytopenia"),
        (["AIHA", "autoimmune hemolytic anemia", "autoimmune haemolytic anaemias"], "c:autoimmune-haemolytic-anaemia"),
        (["Evans syndrome", "Evans’ syndrome", "Evan's syndrome"], "c:evans-syndrome"),
        (["ALPS", "autoimmune lymphoproliferative syndrome"], "c:autoimmune-lymphoproliferative-syndrome"),
        (["CVID", "common variable immune deficiency"], "c:common-variable-immunodeficiency"),
        (["SLE", "systemic lupus erythematosus"], "c:systemic-lupus-erythematosus"),
        (["CLE", "cutaneous lupus", "cutaneous lupus erythematosus"], "c:cutaneous-lupus-erythematosus"),
        (["DLE", "discoid lupus"], "c:discoid-lupus-erythematosus"),
        (["SCLE", "subacute cutaneous lupus erythematosus"], "c:subacute-cutaneous-lupus-erythematosus"),
        (["Sjögren's syndrome", "Sjogren syndrome", "Sjögren disease"], "c:sjogren-syndrome"),
        (["IBM", "inclusion-body myositis"], "c:inclusion-body-myositis"),
        (["KHE", "kaposiform hemangioendothelioma", "Kaposiform haemangioendothelioma"],
         "c:kaposiform-haemangioendothelioma"),
        (["Kasabach-Merritt phenomenon", "Kasabach Merritt syndrome"], "c:kasabach-merritt-phenomenon"),
        (["lymphatic malformations", "lymphangioma", "cystic hygroma"], "c:lymphatic-malformation"),
        (["BRBNS", "blue rubber bleb nevus syndrome", "blue rubber bleb naevus syndrome"],
         "c:blue-rubber-bleb-naevus-syndrome"),
        (["generalized lymphatic anomaly", "generalised lymphatic anomaly"], "c:generalised-lymphatic-anomaly"),
        (["port-wine stain", "port wine birthmark", "naevus flammeus"], "c:capillary-malformation"),
        (["HHT", "Osler-Weber-Rendu disease"], "c:hereditary-haemorrhagic-telangiectasia"),
        (["GVHD", "GvHD", "graft versus host disease"], "c:graft-versus-host-disease"),
        (["PTLD", "post-transplant lymphoproliferative disorder"], "c:post-transplant-lymphoproliferative-disorder"),
        (["cSCC", "cutaneous squamous cell carcinomas"], "c:cutaneous-squamous-cell-carcinoma"),
        (["BCC", "basal-cell carcinoma"], "c:basal-cell-carcinoma"),
        (["Kaposi's sarcoma", "Kaposi sarcoma"], "c:kaposi-sarcoma"),
        (["atopic dermatitis", "atopic eczema"], "c:atopic-dermatitis"),
        (["vitiligo", "nonsegmental vitiligo"], "c:vitiligo"),
        (["androgenetic alopecia", "male-pattern baldness"], "c:androgenetic-alopecia"),
        (["pachyonychia congenita"], "c:pachyonychia-congenita"),
        (["stomatitis", "mouth ulcers"], "c:stomatitis"),
        (["proteinuria"], "c:proteinuria"),
        (["PRES", "posterior reversible encephalopathy syndrome"], "c:posterior-reversible-encephalopathy-syndrome"),
        (["TMA", "thrombotic microangiopathy"], "c:thrombotic-microangiopathy"),
    ],
)  # fmt: skip
def test_conditions_go_by_all_their_names(vocabulary: Vocabulary, names: list[str], concept: str) -> None:
    """Synonyms, eponyms, abbreviations, British and American spelling."""
    for name in names:
        assert concepts(vocabulary, f"Patients with {name} were seen.") == [concept], name


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("pulsed-dye laser", "p:pulsed-dye-laser"),
        ("splenectomy", "p:splenectomy"),
        ("narrowband UVB", "p:narrowband-uvb"),
        ("sclerotherapy", "p:sclerotherapy"),
        ("photodynamic therapy", "p:photodynamic-therapy"),
        ("hair transplant", "p:hair-transplantation"),
        ("renal transplant", "p:kidney-transplantation"),
        ("HSCT", "p:haematopoietic-stem-cell-transplantation"),
    ],
)
def test_procedures_are_known(vocabulary: Vocabulary, name: str, concept: str) -> None:
    """Treatments that are no drugs."""
    assert concepts(vocabulary, f"After {name} all was well.") == [concept]


@pytest.mark.parametrize(
    "text",
    [
        "We may all use it as needed.",
        "ALL PATIENTS CAN AIR IT AS THEY LIKE, MS SMITH SAID; THE IMPACT IS CLEAR.",
        "No man can say what the water, the food and the air had to do with the light in the house.",
        "The lead author set a gold standard; data and methods are in Table 2 (see also Fig. 3).",
        "In this study the complete response (CR), partial response (PR) and stable disease (SD) were scored.",
        "mTOR is the mechanistic target of rapamycin (mTOR); mTOR complex 1 is mTORC1.",
        "IL-2, CD4, HER2, B7, G6 and P38 were measured, 5 of 10, at 3 MS, 4 AS and 2 RA units.",
        "Streptococcus pneumoniae, Haemophilus influenzae and Cutibacterium acnes were cultured.",
        "Drugs, tablets, solutions, plants, proteins, metals and minerals.",
    ],
)
def test_everyday_words_are_no_mentions(vocabulary: Vocabulary, text: str) -> None:
    """Neither short words in capitals nor headings of MeSH that everybody uses."""
    assert concepts(vocabulary, text) == []


def test_everolimus_is_not_sirolimus(vocabulary: Vocabulary) -> None:
    """They share a class and nothing else."""
    assert vocabulary.find("everolimus") != vocabulary.find("sirolimus")
    assert not set(vocabulary.narrower("d:everolimus")) & set(vocabulary.narrower("d:sirolimus"))
    assert "k:mtor-inhibitors" in vocabulary.classes("d:everolimus")
    assert "k:mtor-inhibitors" in vocabulary.classes("d:sirolimus")


def test_classes_hold_their_drugs_and_the_drugs_of_their_subclasses(vocabulary: Vocabulary) -> None:
    """Transitively; a class is no member of itself."""
    members = vocabulary.members("k:calcineurin-inhibitors")
    assert {"d:tacrolimus", "d:pimecrolimus", "d:ciclosporin", "d:voclosporin"} <= set(members)
    assert not any(member.startswith("k:") for member in members)
    assert {"d:tacrolimus", "d:pimecrolimus"} == set(vocabulary.members("k:topical-calcineurin-inhibitors"))
    assert "d:sirolimus" not in members
    assert "k:immunosuppressants" in vocabulary.classes("d:pimecrolimus")
    assert vocabulary.members("d:tacrolimus") == ()


def test_narrower_and_broader_are_each_others_mirror(vocabulary: Vocabulary) -> None:
    """Itself first in the narrower ones, not at all among the broader ones."""
    narrower = vocabulary.narrower("c:lupus-erythematosus")
    assert narrower[0] == "c:lupus-erythematosus"
    assert {"c:discoid-lupus-erythematosus", "c:lupus-nephritis", "c:systemic-lupus-erythematosus"} <= set(narrower)
    broader = vocabulary.broader("c:discoid-lupus-erythematosus")
    assert broader[0] == "c:cutaneous-lupus-erythematosus"
    assert {"c:lupus-erythematosus", "c:skin-disease", "c:autoimmune-disease"} <= set(broader)
    assert "c:lupus-nephritis" not in vocabulary.narrower("c:cutaneous-lupus-erythematosus")


def test_what_is_not_there_is_none_or_empty(vocabulary: Vocabulary) -> None:
    """An unknown id is no error."""
    assert vocabulary.get("d:no-such-drug") is None
    assert vocabulary.get("x:d") is None
    assert vocabulary.find("no such drug") is None
    assert vocabulary.find("") is None
    for ask in (vocabulary.names, vocabulary.narrower, vocabulary.broader, vocabulary.members, vocabulary.classes):
        assert ask("d:no-such-drug") == ()
    with pytest.raises(KeyError):
        vocabulary.concepts["x:d"]


def test_names_start_with_the_preferred_one(vocabulary: Vocabulary) -> None:
    """And hold synonyms and brands without marks."""
    names = vocabulary.names("d:sirolimus")
    assert names[0] == "sirolimus"
    assert {"rapamycin", "Rapamune", "SRL"} <= set(names)
    concept = vocabulary.concepts["d:sirolimus"]
    assert concept.kind is ConceptKind.DRUG
    assert "Rapamune" in concept.brands
    assert "rapamycin" not in concept.brands
    assert vocabulary.find("RAPAMUNE") is concept


def test_find_takes_a_whole_name_in_any_case(vocabulary: Vocabulary) -> None:
    """Abbreviations too."""
    found = vocabulary.find("itp")
    assert found is not None
    assert found.id == "c:immune-thrombocytopenia"
    assert vocabulary.find("sirolimus and more") is None


def expansions(vocabulary: Vocabulary, text: str, widen: bool = False) -> list[tuple[str, str, str]]:
    """Return words, concept and correction of each expansion."""
    return [(each.span.of(text), each.concept, each.corrected) for each in vocabulary.expansions(text, widen)]


def test_a_question_is_widened_by_other_names(vocabulary: Vocabulary) -> None:
    """Rapamune is sirolimus, CLE is cutaneous lupus erythematosus."""
    assert expansions(vocabulary, "Does Rapamune help in CLE?") == [
        ("Rapamune", "d:sirolimus", ""),
        ("CLE", "c:cutaneous-lupus-erythematosus", ""),
    ]


def test_a_condition_is_answered_for_by_its_forms(vocabulary: Vocabulary) -> None:
    """A drug by itself and what is the same substance; never by its class."""
    condition = vocabulary.expansions("cutaneous lupus")[0]
    assert condition.name == "cutaneous lupus erythematosus"
    assert {"c:cutaneous-lupus-erythematosus", "c:discoid-lupus-erythematosus"} <= set(condition.ids)
    assert vocabulary.expansions("sirolimus")[0].ids == ("d:sirolimus", "d:nab-sirolimus")
    assert vocabulary.expansions("everolimus")[0].ids == ("d:everolimus",)


def test_a_class_widens_only_when_asked(vocabulary: Vocabulary) -> None:
    """Evidence about one drug is not evidence about another."""
    assert vocabulary.expansions("mTOR inhibitors")[0].ids == ("k:mtor-inhibitors",)
    wide = vocabulary.expansions("mTOR inhibitors", widen=True)[0].ids
    assert {"k:mtor-inhibitors", "d:sirolimus", "d:everolimus"} <= set(wide)


def test_abbreviations_are_taken_as_typed_in_a_question(vocabulary: Vocabulary) -> None:
    """People type small letters; words that everybody uses stay words."""
    assert expansions(vocabulary, "sirolimus for itp or sle") == [
        ("sirolimus", "d:sirolimus", ""),
        ("itp", "c:immune-thrombocytopenia", ""),
        ("sle", "c:systemic-lupus-erythematosus", ""),
    ]
    assert expansions(vocabulary, "can it help all who have ms as well") == []
    assert expansions(vocabulary, "does it help in ALL?") == [("ALL", "c:acute-lymphoblastic-leukaemia", "")]
    assert expansions(vocabulary, "DOES SIROLIMUS HELP ALL") == [("SIROLIMUS", "d:sirolimus", "")]


def test_an_unknown_drug_code_widens_to_nothing(vocabulary: Vocabulary) -> None:
    """Better nothing than another thing."""
    assert expansions(vocabulary, "what about CTD-RTP") == []


def test_counts_cover_all_kinds(vocabulary: Vocabulary) -> None:
    """Wide enough to be of use: thousands of drugs and conditions."""
    counts = dict(vocabulary.counts())
    assert sum(counts.values()) == len(vocabulary.concepts)
    assert counts[ConceptKind.DRUG] > 3000
    assert counts[ConceptKind.CONDITION] > 4000
    assert counts[ConceptKind.DRUG_CLASS] > 200
    assert counts[ConceptKind.PROCEDURE] > 150


def test_the_version_names_the_content(tmp_path: Path) -> None:
    """The index records it, so it must not change by itself nor stay where the content changed."""
    assert Vocabulary.shipped() is Vocabulary.shipped()
    extra = tmp_path / "more.tsv"
    extra.write_text("d:curbsidol\tcurbsidol\t\tStreetwise\tk:mtor-inhibitors\t\n", encoding="utf-8")
    wider = Vocabulary.shipped([extra])
    assert wider.version != Vocabulary.shipped().version
    assert wider.version == Vocabulary.shipped([extra]).version
    assert wider.classes("d:curbsidol")[0] == "k:mtor-inhibitors"
    assert "d:curbsidol" in wider.members("k:mtor-inhibitors")
    extra.write_text("d:sirolimus\tsirolimus\tstreetlimus\t\t\t\n", encoding="utf-8")
    assert concepts(Vocabulary.shipped([extra]), "streetlimus and rapamycin") == ["d:sirolimus"] * 2


def test_a_missing_extra_file_is_an_error(tmp_path: Path) -> None:
    """Silence would make searches narrower without a word."""
    with pytest.raises(FileNotFoundError):
        Vocabulary.shipped([tmp_path / "gone.tsv"])


def test_building_costs_by_the_row() -> None:
    """Every command builds one when it starts (`python -m bench startup` says how long that takes)."""
    folder = Path(__file__).resolve().parents[2] / "src" / "curbside" / "language" / "data"
    texts = [(folder / f"{name}.tsv").read_text(encoding="utf-8") for name in ("drugs", "conditions", "mesh")]
    rows = "".join(texts).splitlines(keepends=True)
    assert_linear(lambda many: lambda: Vocabulary(["".join(rows[:many])]), len(rows) // 64)


@pytest.mark.parametrize(
    "names",
    [
        ("Psoriasis", "Sirolimus", "Humans"),
        ("Lymphatic Abnormalities", "Child, Preschool", "Sirolimus / therapeutic use", "Psoriasis"),
        ("Purpura, Thrombocytopenic, Idiopathic", "ITP", "Sirolimus"),
        ("Tuberous Sclerosis (TSC)", "TSC", "Everolimus (EVE)", "EVE"),
        ("", "  ", "HIV", "everolimus"),
        (),
    ],
)
def test_a_list_of_names_is_read_as_if_it_were_written_out(names: tuple[str, ...]) -> None:
    """What one name of it means is remembered, unless it leans on the others."""
    vocabulary = Vocabulary.shipped()
    written = [mention.concept for mention in vocabulary.mentions("; ".join(names))]
    assert vocabulary.listed(names) == written
    assert vocabulary.listed(names) == written
