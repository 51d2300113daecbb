"""People on pages: authors with their affiliation numbers, doctors who sign replies, askers reduced to age and sex."""

from __future__ import annotations

import re
from dataclasses import dataclass

from curbside.readers.pages_dates import find_date
from curbside.readers.pages_labels import folded
from curbside.records import Author, Span, normal_orcid

_PLACE = re.compile(
    r"\b(?:universit\w{1,6}|uniwersytet\w{0,4}|hospital\w{0,2}|clinics?|clínica|clinique"
    r"|clinica|klinik\w{0,3}|department|dept|division|institut\w{0,4}"
    r"|school|college|faculty|cent(?:er|re)|laborator\w{1,4}|academy|abteilung|universität\w{0,12}"
    r"|klinikum|facult\w{1,3}|hôpital|hôpitaux|service de|servicio|departamento|facultad|instituto|centro|ospedale"
    r"|dipartimento|katedra|szpital\w{0,4}|ziekenhuis|foundation|trust|charité|chu)\b|大学|病院|医療センター|講座|学部|医院",
    re.IGNORECASE,
)
_INDEX = r"[\d¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§#✉]"
_UP = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_NAME = re.compile(
    rf"(?P<name>[^\d¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§#✉,;|·•\n]{{2,60}})(?P<marks>(?:\s{{0,2}}[,\s]?\s?(?:{_INDEX}{{1,3}}"
    rf"|(?<=\d[, ])[a-z](?![a-z])|(?<![A-Za-z])[a-e](?![A-Za-z]))){{0,9}})"
)
_LETTER = re.compile(r"^(?P<name>.{3,60}\S) (?P<mark>[a-e])$")
_DEGREES = re.compile(
    r"(?:,?\s{1,2}(?:MD|M\.D\.|PhD|Ph\.D\.|MSc|MPH|DO|MBBS|FRCP|FAAD|PharmD|RN|BSc|MA|MS"
    r"|DPhil|MBChB|Jr|Prof|Dr)\b\.?){1,5}"
)
_TITLES = (
    r"(?:(?:Univ\.-)?(?:Prof|Dr|Dra|PD|Priv\.-Doz|Doc|Mr|Ms|Mrs|med|rer|nat|habil|Sr|Sra"
    r"|Hr|Fr|Pr|Professor|Doctor)\b\.?\s{0,2})"
)
_DOCTOR = re.compile(
    r"\b(?:dr|dra|drs|prof|pd|doctor|doctora|docteur|dottor|dottoressa|dott|arzt|ärztin|fach"
    r"(?:arzt|ärztin)|md|m\.d|mbbs|frcp"
    r"|physician|pharmacist|pharmd|consultant|specialist|registrar|surgeon|nurse practitioner|médico|médica|médecin"
    r"|farmacéutic[oa]|pharmacien(?:ne)?|apotheker(?:in)?|\w{4,20}olog(?:ist|e|in|ue|o|a))\b|医師|先生|薬剤師|医生",
    re.IGNORECASE,
)
_REPLY_WORD = re.compile(
    r"\b(?:repl(?:y|ies|ied)|answer(?:ed|s)?|respon(?:se|ded|ds)|antwort(?:et|ete)?|beantwortet"
    r"|respuesta|responde|respondi[óo]"
    r"|contesta(?:da)?|répon(?:se|d|du)|risposta|risponde|resposta|signed|written by|reviewed by|verfasst|von|by|de|par"
    r"|por|da|the|du|la|dal)\b|回答(?:者|日)?|監修",
    re.IGNORECASE,
)
_DEPARTMENT = re.compile(
    r"\b(?:\w{3,22}olog(?:y|ie|ía|ia|ii)|\w{3,20}iatr(?:y|ics|ie|ía|ia)|pa?ediatrics|oncology"
    r"|surgery|medicine|pharmacy|transplantation|obstetrics"
    r"|family (?:medicine|practice)|internal medicine|general practice|genetics|chirurgie"
    r"|cirugía|innere medizin|medizin|medicina|pediatría|pédiatrie"
    r"|kinderheilkunde|allgemeinmedizin|pharmazie|farmacia|ophthalmology|anesthesiology|intensive"
    r" care|médecine|kinder- und jugendmedizin)\b"
    r"|[\u4e00-\u9fff]{1,8}科",
    re.IGNORECASE,
)
_FILL = re.compile(
    r"\b(?:department|dept|abteilung|departamento|service|servicio|facharzt|fachärztin|für"
    r"|of|for|in|and|und|y|et|at|on|date|am|le|el)\b",
    re.I,
)
_AGE = re.compile(
    r"(?P<low>\d{1,3})\s?(?:[~–-]|to|bis|a|à)\s?(?P<high>\d{1,3})\s?(?:-?\s?years?|yrs?|jahre?|años|ans|歳|anni|anos)"
    r"|(?P<age>\d{1,3})\s?(?:-?\s?years?|yrs?|y\.?o|y/o|jahre?|jährige?r?|años|ans|歳|才|anni|anos|岁)"
    r"|(?P<decade>\d0)s\b|(?P<ja>\d0)代|(?P<small>\d{1,2})[\s-]?(?:months?|weeks?|days?|monate?"
    r"|wochen?|meses|mois|か月|ヶ月)(?:[\s-]?old)?"
    r"|(?<!\w)(?P<f>[fFwWmM])[,/ ]{1,2}(?P<bare>\d{1,3})\b|(?P<bare2>\d{1,3})[,/ ]{0,2}(?P<f2>[fFwWmM])\b"
    r"|\bage[d:]?\s{0,2}(?P<aged>\d{1,3})\b|Alter:?\s?(?P<alter>\d{1,3})",
    re.IGNORECASE,
)
_SEX: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "female",
        re.compile(
            r"\b(?:female|woman|girl|weiblich|frau|mädchen|mujer|femenino|niña|femme|féminin|fille|donna|f)\b|女", re.I
        ),
    ),
    (
        "male",
        re.compile(
            r"\b(?:male|man|boy|männlich|mann|junge|hombre|masculino|varón|niño|homme|masculin|garçon|uomo|m)\b|男",
            re.I,
        ),
    ),
)


_NOBODY = frozenset(
    {"doctor", "doctor's", "the doctor", "expert", "physician", "specialist", "doctor s", "arzt", "médico"}
)


def place(line: str) -> bool:
    """Tell whether a line names an institution, as affiliations do, and is no sentence."""
    return (
        bool(_PLACE.search(line[:300]))
        and len(line) < 400
        and not re.search(r"\b(?:was|were|is|are|has|have|wurde|fue)\b", line)
    )


@dataclass(frozen=True, slots=True)
class Byline:
    """One author of a byline: the name and the printed indexes of the affiliations."""

    author: Author
    indexes: tuple[str, ...]


def bylines(words: str) -> list[Byline]:
    """Return the authors of a byline such as `Ann Lee1,2, Bo Ek2 and Cy Roe*`, [] where it is none."""
    bare = re.sub(
        r"^(?:by|authors?|von|autor(?:en|es|as)?|auteurs?|autori|著者|por|par)\s?[:：]?\s{1,3}(?=\S)",
        "",
        words,
        flags=re.I,
    )
    bare = re.sub(r"\s(?:and|und|y|et|e|i|&)\s", ", ", _DEGREES.sub("", bare).replace("·", ","))
    found: list[Byline] = []
    strange = 0
    for match in _NAME.finditer(bare[:6000]):
        name = " ".join(match["name"].strip(" .:()").split())
        letter = _LETTER.match(name)
        name = letter["name"] if letter else name
        marks = tuple(re.findall(r"\d{1,3}|(?<![A-Za-z])[a-e](?![A-Za-z])", match["marks"].translate(_UP)))
        if letter:
            marks = (letter["mark"], *marks)
        if not name or len(name) == 1 or folded(name) in ("et al", "orcid", "show more", "view all", "on behalf of"):
            continue
        author = named(name)
        if author is None:
            strange += 1
            continue
        found.append(Byline(author, marks))
    return found if found and strange * 3 <= len(found) else []


def named(name: str) -> Author | None:
    """Return an author for a personal name (`Ann B. Lee`, `Lee AB`, `Ludwig van Dyk`), or None where it is none."""
    bare = re.sub(rf"^{_TITLES}{{1,4}}", "", name).strip(" .,")
    words = bare.split()
    if re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", bare):
        return Author(family=words[0], given=" ".join(words[1:])) if len(bare) <= 12 else None
    small = (
        "van",
        "von",
        "de",
        "der",
        "den",
        "da",
        "dos",
        "del",
        "la",
        "le",
        "di",
        "el",
        "al",
        "bin",
        "ten",
        "zu",
        "ter",
    )
    if not 2 <= len(words) <= 6 or any(
        not (word[0].isupper() or word.lower() in small or word[0] in "'’") for word in words
    ):
        return None
    if any(word.lower().strip(".:") in _NOT_NAMES for word in words):
        return None
    if any(any(sign.isdigit() for sign in word) for word in words) or _PLACE.search(bare):
        return None
    if re.match(r"^[A-Z]{1,4}$", words[-1]) and len(words[0]) > 1:
        return Author(family=" ".join(words[:-1]), given=words[-1])
    at = next((index for index, word in enumerate(words[1:-1], 1) if word.lower() in small), len(words) - 1)
    return Author(family=" ".join(words[at:]), given=" ".join(words[:at]))


_NOT_NAMES = frozenset(
    (
        *("open", "access", "free", "full", "text", "download", "pdf", "get", "citation", "cite", "share", "abstract"),
        *(
            "view",
            "article",
            "articles",
            "online",
            "journal",
            "issue",
            "current",
            "archive",
            "review",
            "original",
            "research",
            "case",
        ),
        *(
            "report",
            "paper",
            "volume",
            "published",
            "received",
            "accepted",
            "keywords",
            "introduction",
            "editorial",
            "system",
        ),
        *(
            "home",
            "about",
            "contact",
            "board",
            "search",
            "login",
            "register",
            "submit",
            "submission",
            "manuscript",
            "authors",
        ),
        *(
            "instructions",
            "subscribe",
            "advances",
            "annals",
            "archives",
            "posts",
            "community",
            "study",
            "studies",
            "image",
        ),
        *(
            "patient",
            "patients",
            "disease",
            "syndrome",
            "therapy",
            "treatment",
            "guidelines",
            "follow-up",
            "permalink",
            "next",
        ),
        *(
            "previous",
            "menu",
            "help",
            "similar",
            "related",
            "press",
            "news",
            "topics",
            "metrics",
            "figures",
            "tables",
            "trial",
        ),
    )
)


def orcid_in(line: str) -> str:
    """Return the first ORCID iD of a line whose check digit is right, or ""."""
    found = re.search(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dXx]\b", line[:2000])
    return (normal_orcid(found.group(0)) or "") if found else ""


@dataclass(frozen=True, slots=True)
class Responder:
    """Who signs a reply: name with titles, department, date on the line, and whether a word says "reply"."""

    name: str
    department: str
    iso: str
    says_reply: bool

    @property
    def printed(self) -> str:
        """Name and department as a part's `by`."""
        return f"{self.name} ({self.department})" if self.department else self.name


def responder(line: str) -> Responder | None:
    """Return who signs, where a short line names a doctor and nothing that would make it a sentence."""
    if len(line) > 160 or not _DOCTOR.search(line):
        return None
    date = find_date(line)
    rest = line[: date.span.start] + " " + line[date.span.end :] if date else line
    rest = re.sub(r"\b(?:reply |answer )?date\b|\d{1,2}:\d\d", " ", rest, flags=re.I)
    departments = [match.group(0) for match in _DEPARTMENT.finditer(rest)]
    saying = bool(re.search(r"repl|answer|respon|antwort|respuesta|contest|répon|rispo|respost|回答", rest, re.I))
    bare = re.sub(r"[\[\](){}·•|,;:：/—–✓✔★☆]", " , ", _DEPARTMENT.sub(" , ", _REPLY_WORD.sub(" , ", rest)))
    names: list[str] = []
    for chunk in bare.split(","):
        words = [word for word in chunk.split() if not _FILL.fullmatch(word.strip("."))]
        if not words:
            continue
        if any(
            word[0].islower() and not re.match(r"(?:med|dr|van|von|de|der|la|di|rer|nat|dent|al)\b", word)
            for word in words
        ):
            return None
        names.append(" ".join(words))
    titled = [name for name in names if re.match(_TITLES, name, re.I) or re.search(r"医師|先生|医生|薬剤師", name)]
    people = titled or [name for name in names if named(name)] or [name for name in names if _DOCTOR.search(name)]
    if people and folded(people[0]) in _NOBODY:
        return None
    if not people or len(names) > 6 or (not titled and not saying and not departments and not _DOCTOR.search(line)):
        return None
    return Responder(
        people[0].strip(" .-"), departments[0].strip() if departments else "", date.iso if date else "", saying
    )


@dataclass(frozen=True, slots=True)
class Asker:
    """An asker without a name: age band ("30-39") and sex, each "" where not stated; where the line says so."""

    band: str
    sex: str
    span: Span

    @property
    def value(self) -> str:
        """Both, as a detail's value."""
        return ", ".join(piece for piece in (f"{self.band} years" if self.band else "", self.sex) if piece)


def asker(line: str) -> Asker | None:
    """Return age band and sex of a short line about who asks, or None; the name is never part of it."""
    if len(line) > 200:
        return None
    found = _AGE.search(line)
    if not found:
        return None
    part = found.groupdict()
    sex = next((name for name, form in _SEX if form.search(line)), "")
    for key in ("f", "f2"):
        if part.get(key):
            sex = "male" if part[key].lower() == "m" else "female"
    ended = re.search(r"(?:ask(?:ed)?|date|gefragt|frage|fecha|posée|質問日|am \d|on \w)\b", line[found.end() :], re.I)
    end = found.end() + ended.start() if ended else len(line)
    words = line[:end].rstrip(" .,;·|—–-(")
    return Asker(_band(part), sex, Span(0, max(len(words), found.end())))


def _band(part: dict[str, str | None]) -> str:
    low, high = part.get("low"), part.get("high")
    if low and high:
        return f"{int(low)}-{int(high)}"
    if decade := part.get("decade") or part.get("ja"):
        return f"{decade}-{int(decade) + 9}"
    if part.get("small"):
        return "0-9"
    age = next((part[key] for key in ("age", "bare", "bare2", "aged", "alter") if part.get(key)), None)
    if not age or int(age) > 120:
        return ""
    return "90+" if int(age) > 89 else f"{int(age) // 10 * 10}-{int(age) // 10 * 10 + 9}"
