"""Each field that a command prints as JSON is in the reference, under that command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docs_tree import named, section, text_of

from desk import Desk, desk
from installing import tiny_folder

PAGE = "docs/reference/json.md"
VARYING = frozenset(
    {
        "ids",
        "kinds",
        "evidence",
        "vocabulary",
        "filters",
        "files",
        "made_from",
        "fields",
        "value",
        "printed",
        "faults",
        "costs",
        "looked_at",
    }
)
"""Objects whose names vary; the page writes them as `name.*`."""

PRINTS = {
    "ask": (
        "ask --since 1990 'What oral dose of sirolimus is used for lymphatic malformations?'",
        "ask --audience patient 'What oral dose of sirolimus is used for lymphatic malformations?'",
        "ask --audience researcher 'What oral dose of sirolimus is used for lymphatic malformations?'",
        "ask --bundle asked.json 'Does sirolimus help?'",
        "ask 'Is there a trial of voclosporin in vitiligo in 76.9% of adults?'",
        "ask --follow $(curbside ask --follow new 'Does oral sirolimus help children with ITP?' "
        "| sed -n 's/^Thread //p') 'which dose in childern?' --drop oral",
        "ask 'Does rapamicin or any mTOR inhibitor or laser help facial angiofibroma?'",
    ),
    "verify": (
        "ask --bundle answer.json 'Does oral sirolimus help children with ITP?' >/dev/null; curbside verify answer.json --rerun",
        "verify sums.txt || true",
    ),
    "thread": (
        "thread $(curbside ask --follow $(curbside ask --follow new 'Does oral sirolimus help children with ITP?' "
        "| sed -n 's/^Thread //p') 'which dose in adults, only trials?' | sed -n 's/^Thread //p')",
        "thread --forget $(curbside ask --follow new 'Does sirolimus help?' | sed -n 's/^Thread //p')",
    ),
    "search": ("search --limit 3 'rapamicin proteinuria' --kind note", "search mine --limit 1"),
    "show": ("show 26504182", "show 99000001"),
    "study": ("study 26504182",),
    "summary": ("summary 26504182",),
    "citations": ("citations 26504182", "citations 99000002"),
    "similar": ("similar 26504182 --limit 3",),
    "show --named": ("show 26504182 --named",),
    "show --at": ("show 26504182 --at 0-20",),
    "evidence": ("evidence everolimus 'tuberous sclerosis'", "evidence sirolimus 'vascular anomaly'"),
    "ledger": ("ledger sirolimus",),
    "stance": ("stance said.txt",),
    "support": (
        "support 'Sirolimus may cure 5 of 13 children.' 'Sirolimus may cure 5 of 13 children.'",
        "support - < pair.jsonl",
        "support - < none.jsonl || true",
    ),
    "verdict": ("verdict 'Does sirolimus reduce the volume of malformations?' study.nbib",),
    "tally": ("tally 26504182", "tally --drug everolimus --condition 'tuberous sclerosis'"),
    "flag": (
        "flag $(curbside citations 26504182 --json | grep -o 'd[0-9a-f]*:[0-9]*-[0-9]*:[0-9]*' | head -1) "
        "--stance contrasting --who Ann --why 'The reverse.'",
        "flag agree 1 --who Bo",
        "flags 1",
    ),
    "flags": ("flags",),
    "notices": (
        "notices add listed.csv || true",
        "notices",
        "notices 10.1000/kim 26504182 10.1000/notice",
        "notices citing",
        "notices remove listed",
    ),
    "check": ("check sums.txt || true",),
    "add": ("add mine.jsonl || true", "add citing.nxml", "shelf"),
    "status": ("status --problems",),
    "model": ("model", "model --forget"),
    "work": ("work",),
    "cite": ("cite 26504182 --style ama", "cite 26504182 --style bibtex --file out.bib"),
    "export": ("export --format csv", "export --format ris --output out.ris"),
    "remove": ("remove 26504182",),
    "backup": ("backup one.backup", "backup verify one.backup"),
    "restore": ("restore one.backup --into restored",),
    "watch": ("watch",),
    "rebuild": ("rebuild",),
    "vocabulary": ("vocabulary load mesh.bin",),
    "encoder status": ("encoder status", "encoder install tiny >/dev/null; curbside encoder status"),
    "encoder install": ("encoder install tiny",),
    "encoder remove": ("encoder remove",),
    "Failures": ("show nothing || true",),
}
"""Heading of the page -> commands whose JSON it describes; run one after the other."""

FILES = """
printf 'Our results are in agreement with those of a trial [7].\\n' > said.txt
printf '{"claim": "Sirolimus helps.", "evidence": "Sirolimus helps."}\\n' > pair.jsonl
printf 'none\\n' > none.jsonl
printf 'Of 40 patients, 12 (50%%) improved.\\n' > sums.txt
cat > study.nbib <<'END'
PMID- 99000011
TI  - Sirolimus for lymphatic malformations
AB  - RESULTS: The volume of malformations was significantly reduced with sirolimus (p=0.001) and may stay so.
END
cat > mine.jsonl <<'END'
{"title": "Retraction: mine", "pmid": "99000001", "retracted": true, "abstract": "Withdrawn."}
{"title": broken
END
cat > citing.nxml <<'END'
<article><front><article-meta><article-id pub-id-type="pmid">99000002</article-id>
<title-group><article-title>Citing</article-title></title-group></article-meta></front><body><sec><title>Discussion</title>
<p>It was known. Our results are consistent with theirs <xref ref-type="bibr" rid="B1">[1]</xref>, and with others
<xref ref-type="bibr" rid="B2">[2]</xref>. More is needed.</p></sec></body><back><ref-list>
<ref id="B1"><mixed-citation>Mine A. 2015. <pub-id pub-id-type="pmid">26504182</pub-id></mixed-citation></ref>
<ref id="B2"><mixed-citation><string-name><surname>Kim</surname></string-name> <article-title>Title</article-title>
<year>2010</year> <pub-id pub-id-type="doi">10.1000/kim</pub-id></mixed-citation></ref></ref-list></back></article>
END
cat > listed.csv <<'END'
RetractionNature,RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,Reason
Retraction,8/17/2021 0:00,10.1000/notice,10.1000/kim,0,+Fraud;
Correction,2020,,,26504182,
Retraction,,,,,
END
cat > mesh.bin <<'END'
*NEWRECORD
RECTYPE = D
MH = Widget Syndrome
ENTRY = Gadget Syndrome
MN = C17.800.999
UI = D999999
END
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, shelf_library: Path) -> dict[str, list[Any]]:
    """What each command prints with `--json`."""
    made: Desk = desk(tmp_path_factory.mktemp("json"), shelf_library)
    assert made.runs(FILES)[0] == 0
    tiny_folder(made.folder / "tiny")
    order = ["add", *(heading for heading in PRINTS if heading != "add")]
    found: dict[str, list[Any]] = {}
    for heading in order:
        for line in PRINTS[heading]:
            command, bar, rest = line.partition(" ||")
            code, out = made.runs(f"curbside {command} --json 2>/dev/null{bar}{rest}")
            assert code == 0, (line, out)
            found.setdefault(heading, []).append(json.loads(out))
    return found


def _paths(value: Any, above: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            last = above.rpartition(".")[2].removesuffix("[]")
            yield from _paths(inner, f"{above}.*" if last in VARYING else f"{above}.{name}".lstrip("."))
    elif isinstance(value, list) and not above.endswith(".*"):
        if not value or not isinstance(value[0], dict):
            yield f"{above}[]"
        for inner in value:
            if isinstance(inner, dict):
                yield from _paths(inner, f"{above}[]")
    else:
        yield above


STUDIES = ("wider[]", "syntheses[]", "guidelines[]", "planned[]", "secondary[]", "retracted[]", "classes[].study")
ALIKE = (
    ("citing[]", ("cited[].citations[]",)),
    ("licences[]", ("near[]",)),
    ("rows[].licences[]", ("rows[].near[]",)),
    ("studies[].facts[]", ("outcomes[].lines[].fact", "outcomes[].told[]", "effects[].fact", "classes[].facts[]")),
    ("effects[]", ("stated[].values[]",)),
    ("outcomes[].lines[]", ("disagreements[].lower", "disagreements[].higher")),
    ("outcomes[].pooled.interval", ("outcomes[].pooled.prediction", "outcomes[].pooled.left_out[].interval")),
    ("level", ("studies[].level",)),
    ("outcomes[]", ("harms[]",)),
    ("studies[]", STUDIES),
)
"""Object that the page describes -> objects elsewhere that are alike, inner ones first."""


def _documented(heading: str) -> set[str]:
    """Return the paths of a section; the four kinds of concept and all problems are described once."""
    paths = named(section(text_of(PAGE), heading))
    for path in list(paths):
        for kind in ("classes", "conditions", "procedures"):
            if path.startswith("understood.drugs[]"):
                paths.add(path.replace("drugs", kind))
        if path in ("problems[]", "problems_listed[]"):
            paths |= {f"{path}.{field}" for field in ("what", "where", "line", "remedy", "lost")}
    for described, others in ALIKE:
        for path in list(paths):
            if path.startswith((f"{described}.", f"{described}[")) or path == described:
                paths |= {f"{other}{path[len(described) :]}" for other in others}
    return paths


@pytest.mark.parametrize("heading", PRINTS)
def test_each_field_is_documented(printed: dict[str, list[Any]], heading: str) -> None:
    """A field that is not described is one that nobody may rely on."""
    documented = _documented(heading)
    objects = {path.rpartition(".")[0] for path in documented}
    for value in printed[heading]:
        missing = {path for path in _paths(value) if path not in documented and not _empty(path, objects)}
        assert not missing, f"{PAGE}, {heading}: {sorted(missing)}"


def _empty(path: str, objects: set[str]) -> bool:
    """Tell whether a path is that of an empty list whose items the page describes."""
    return path.endswith("[]") and path in objects


def test_the_examples_show_the_rarer_fields(printed: dict[str, list[Any]]) -> None:
    """What is compared is more than empty lists: an absence with its nearest quote, a correction, a notice, a problem."""
    answers = printed["ask"]
    assert any(each["nearest"] for answer in answers for each in answer["absences"])
    assert any(each["corrected"] for answer in answers for each in answer["understood"]["drugs"])
    assert any(answer["sections"] for answer in answers)
    assert printed["add"][0]["problems"] and printed["status"][0]["problems_listed"]
