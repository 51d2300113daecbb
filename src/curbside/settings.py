"""What the environment may set; read once, at the rim, and handed inwards as a value.

Three values need no framework: importing one would cost more than half of what `curbside --help` may take.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from curbside.errors import UsageError

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "CURBSIDE_LIBRARY": "Folder of the library; without it `curbside` in the user's data folder.",
        "CURBSIDE_ENCODER": "Folder in which the encoder is installed, or off to search by words alone; without it "
        "`curbside-encoder` in the user's data folder.",
        "CURBSIDE_LOG_QUESTIONS": "Whether the library keeps a log of the questions: true or false (default).",
        "CURBSIDE_KEEP_QUESTIONS": "Days for which the web pages keep a question, so that its answer has an address, "
        "and for which a thread is kept after its last question: "
        "a whole number, 30 by default; 0 writes none down.",
        "CURBSIDE_HOSTS": "Names under which `curbside serve` answers beside those of this machine, with commas "
        "between them, as `evidence.example.org`.",
        "CURBSIDE_CORS_ORIGINS": "Sites whose pages may call the API from a browser, with commas between them, as "
        "`https://desk.example.org`; none by default.",
        "CURBSIDE_DATABASE": "PostgreSQL database of the desk (accounts and what people do) and of the records of "
        "every library made while it is set, as `postgresql://user:password@host/name`; without it `desk.sqlite` and "
        "`library.sqlite` in the library's folder. A library that is there stays where it is.",
        "CURBSIDE_MAIL": "SMTP server that letters are handed to, as `smtp://user:password@host:587` or `smtps://…`; "
        "without it they are printed by the server, for somebody to hand on.",
        "CURBSIDE_MAIL_FROM": "Address that letters come from, as `desk@example.org`; needed beside CURBSIDE_MAIL.",
        "CURBSIDE_ADDRESS": "Address of this site as people see it, as `https://evidence.example.org`, for links in "
        "letters, feeds and files; without it where `curbside serve` listens, and `http://127.0.0.1:8000` on the "
        "command line.",
        "CURBSIDE_REOPEN": "Whether an approved article goes back under review by itself when its evidence changes: "
        "true or false (default; its banner says so all the same).",
        "CURBSIDE_OPENURL": "Your library's OpenURL resolver, so that each work's page links to it: its base address, "
        "or one with `{openurl}` where the work is to stand; none by default.",
        "CURBSIDE_MODEL_URL": "Address of a language model's server, as `http://localhost:11434` or "
        "`https://api.example.org/v1`; none by default, and then nothing is ever sent anywhere.",
        "CURBSIDE_MODEL_KIND": "Shape of that server: `openai` (default; many servers speak it), `anthropic` or "
        "`ollama`.",
        "CURBSIDE_MODEL": "Name of the model, as its server calls it.",
        "CURBSIDE_MODEL_KEY": "Key that its server asks for, if any; never shown, logged or told in an error.",
        "CURBSIDE_MODEL_SECONDS": "Seconds that the model has for a reply, tries and waits together: 30 by default.",
        "CURBSIDE_MODEL_PRICES": "What it costs, for the ledger: price of a million tokens read, of a million "
        "written, and the currency, as `0.15 0.60 USD`; without it the ledger counts tokens alone.",
    }
)
"""Every variable that Curbside reads, and what it means; `docs/reference/settings.md` is made from it."""

_TRUTHS: Mapping[str, bool] = MappingProxyType(
    {"1": True, "true": True, "yes": True, "on": True, "": False, "0": False, "false": False, "no": False, "off": False}
)

_RESOLVER = re.compile(r"https?://[^\s\"'<>]{3,500}", re.ASCII)
_ORIGIN = re.compile(r"https?://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.ASCII)
_SENDER = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,200}")
_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]", re.ASCII)


MODEL_KINDS = ("openai", "anthropic", "ollama")
"""Shapes of a language model's server."""

_SERVER = re.compile(
    r"(https?)://([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:/[^\s?#\"'<>@]{0,500})?", re.ASCII | re.IGNORECASE
)
_NEAR = re.compile(r"localhost|127\.[0-9.]+|\[::1\]", re.ASCII | re.IGNORECASE)
_PRICES = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?) +([0-9]{1,6}(?:\.[0-9]{1,6})?) +([A-Z]{3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A language model that the user has.

    Attributes:
        url: address of its server, without a slash at its end.
        host: the server's host alone, for people.
        kind: one of `MODEL_KINDS`.
        model: its name, as the server calls it.
        key: what the server asks for, or ""; left out wherever settings are printed.
        seconds: time that it has for a reply.
        prices: (of a million tokens read, of a million written, currency), or None.
    """

    url: str
    host: str
    kind: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 30.0
    prices: tuple[float, float, str] | None = None


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where letters are handed in.

    Attributes:
        host, port: of an SMTP server.
        tls: whether TLS is spoken from the first byte, else STARTTLS.
        user, password: or "".
    """

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What the environment sets for accounts and letters.

    Attributes:
        database: URL of the database of the desk and of new libraries, "" for files in the library's folder.
        mail: where letters are handed in, or None to print them.
        sender: address that letters come from.
        address: address of the site, without a slash at its end.
        reopen: whether an article with news goes back under review by itself.
    """

    database: str = field(default="", repr=False)
    mail: MailSettings | None = None
    sender: str = ""
    address: str = "http://127.0.0.1:8000"
    reopen: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment sets.

    Attributes:
        library: folder of the library.
        encoder: folder in which the encoder is installed, whether or not one is; None where it is off.
        log_questions: whether questions may be written down; by default they are not.
        keep_questions: days for which the web pages keep a question; 0 for not at all.
        hosts: names under which the server answers, lower case, beside those of this machine.
        origins: sites whose pages may call the API, as browsers name them in `Origin`.
        openurl: address of an OpenURL resolver, or "".
        model: a language model, or None where none is set.
    """

    library: Path
    log_questions: bool = False
    encoder: Path | None = None
    keep_questions: int = 30
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    openurl: str = ""
    desk: DeskSettings = DeskSettings()
    model: ModelSettings | None = None


def data_folder(environment: Mapping[str, str], home: Path) -> Path:
    """Return the user's data folder: `XDG_DATA_HOME`, `LOCALAPPDATA` on Windows, else `~/.local/share`.

    A relative `XDG_DATA_HOME` is invalid and ignored, as the XDG Base Directory Specification asks.
    """
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        folder = Path(environment.get(name, ""))
        if folder.is_absolute():
            return folder
    return home / ".local" / "share"


def read_settings(environment: Mapping[str, str], home: Path) -> Settings:
    """Read the settings from the variables of a process whose user lives in `home`.

    Raises:
        UsageError: if a variable holds what it cannot mean.
    """
    named = environment.get("CURBSIDE_LIBRARY", "").strip()
    printed = environment.get("CURBSIDE_LOG_QUESTIONS", "").strip()
    if printed.lower() not in _TRUTHS:
        raise UsageError(f"CURBSIDE_LOG_QUESTIONS is {printed!r}. Set it to true or false.")
    library = Path(named).expanduser() if named else data_folder(environment, home) / "curbside"
    return Settings(
        library=library,
        log_questions=_TRUTHS[printed.lower()],
        encoder=_encoder(environment, home),
        keep_questions=_days(environment),
        hosts=_hosts(environment),
        origins=_origins(environment),
        openurl=_openurl(environment),
        desk=_desk(environment),
        model=_model(environment),
    )


def _encoder(environment: Mapping[str, str], home: Path) -> Path | None:
    """Return the folder of the encoder, None for off; a folder that is called off is written ./off."""
    named = environment.get("CURBSIDE_ENCODER", "").strip()
    if named.lower() == "off":
        return None
    return Path(named).expanduser() if named else data_folder(environment, home) / "curbside-encoder"


def _days(environment: Mapping[str, str]) -> int:
    printed = environment.get("CURBSIDE_KEEP_QUESTIONS", "").strip() or "30"
    if not (printed.isascii() and printed.isdigit() and len(printed) <= 5):
        raise UsageError(f"CURBSIDE_KEEP_QUESTIONS is {printed!r}. Set it to a number of days, 0 to keep none.")
    return int(printed)


def _hosts(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return host names; a name with a port or an address with a path would never match and is refused."""
    names = [name.strip().lower() for name in environment.get("CURBSIDE_HOSTS", "").split(",")]
    for name in names:
        if name and not _HOST.fullmatch(name):
            raise UsageError(
                f"CURBSIDE_HOSTS holds {name!r}. Name hosts alone, as evidence.example.org, commas between."
            )
    return tuple(name for name in names if name)


def _origins(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return origins; a path or a star would never match what a browser sends, or match everybody."""
    names = [name.strip().lower().rstrip("/") for name in environment.get("CURBSIDE_CORS_ORIGINS", "").split(",")]
    for name in names:
        if name and not _ORIGIN.fullmatch(name):
            raise UsageError(f"CURBSIDE_CORS_ORIGINS holds {name!r}. Name each site as https://desk.example.org.")
    return tuple(name for name in names if name)


def _desk(environment: Mapping[str, str]) -> DeskSettings:
    """Return the desk's settings; what may hold a password is never repeated in an error."""
    database = environment.get("CURBSIDE_DATABASE", "").strip()
    if database and not database.startswith(("postgresql://", "sqlite:///")):
        raise UsageError("CURBSIDE_DATABASE is no address of a database. Set it to one as postgresql://user@host/name.")
    address = (environment.get("CURBSIDE_ADDRESS", "").strip() or DeskSettings().address).rstrip("/")
    if not _ORIGIN.fullmatch(address.lower()):
        raise UsageError(f"CURBSIDE_ADDRESS is {address!r}. Set it to an address as https://evidence.example.org.")
    mail, sender = _mail(environment), environment.get("CURBSIDE_MAIL_FROM", "").strip()
    if mail is not None and not _SENDER.fullmatch(sender):
        raise UsageError("CURBSIDE_MAIL needs a sender. Set CURBSIDE_MAIL_FROM to an address, as desk@example.org.")
    reopen = environment.get("CURBSIDE_REOPEN", "").strip()
    if reopen.lower() not in _TRUTHS:
        raise UsageError(f"CURBSIDE_REOPEN is {reopen!r}. Set it to true or false.")
    return DeskSettings(database, mail, sender, address, _TRUTHS[reopen.lower()])


def _mail(environment: Mapping[str, str]) -> MailSettings | None:
    named = environment.get("CURBSIDE_MAIL", "").strip()
    if not named:
        return None
    from urllib.parse import unquote, urlsplit

    try:
        parts = urlsplit(named)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, None
    if parts is None or parts.scheme not in ("smtp", "smtps") or not host or parts.path.strip("/") or parts.query:
        raise UsageError(
            "CURBSIDE_MAIL is no address of a mail server. Set it to one as smtp://user:password@host:587."
        )
    tls = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailSettings(host, port or (465 if tls else 587), tls, user, password)


def _openurl(environment: Mapping[str, str]) -> str:
    """Return the address of a resolver; one of another scheme would be a link that does something else."""
    named = environment.get("CURBSIDE_OPENURL", "").strip()
    if named and not _RESOLVER.fullmatch(named):
        raise UsageError(f"CURBSIDE_OPENURL is {named!r}. Set it to an address, as https://resolver.example.edu/find.")
    return named


def _model(environment: Mapping[str, str]) -> ModelSettings | None:
    """Return the language model that is set; a key alone, or an address without a model, is a mistake."""
    given = {name: environment.get(name, "").strip() for name in NAMES if name.startswith("CURBSIDE_MODEL")}
    url, model = given["CURBSIDE_MODEL_URL"].rstrip("/"), given["CURBSIDE_MODEL"]
    if not any(given.values()):
        return None
    for name in ("CURBSIDE_MODEL_URL", "CURBSIDE_MODEL"):
        if not given[name]:
            raise UsageError(
                f"{name} is not set, but other variables of the language model are. Set it, or unset them."
            )
    address = _SERVER.fullmatch(url)
    if address is None:
        # The address is not told: somebody may have put the key into it.
        raise UsageError("CURBSIDE_MODEL_URL is no address of a server. Set it as http://localhost:11434.")
    if given["CURBSIDE_MODEL_KEY"] and address[1].lower() == "http" and not _NEAR.fullmatch(address[2]):
        raise UsageError("CURBSIDE_MODEL_URL is http: the key would travel in the open. Set an https address.")
    if not re.fullmatch(r"[\w.:/@+-]{1,200}", model, re.ASCII):
        raise UsageError(f"CURBSIDE_MODEL is {model[:50]!r}. Set it to the name that the server knows the model by.")
    if not re.fullmatch(r"[!-~]{0,500}", given["CURBSIDE_MODEL_KEY"]):
        raise UsageError("CURBSIDE_MODEL_KEY holds blanks or signs that no key has.")
    kind = given["CURBSIDE_MODEL_KIND"].lower() or MODEL_KINDS[0]
    if kind not in MODEL_KINDS:
        raise UsageError(f"CURBSIDE_MODEL_KIND is {kind[:50]!r}. Set it to one of {', '.join(MODEL_KINDS)}.")
    return ModelSettings(
        url,
        address[2],
        kind,
        model,
        given["CURBSIDE_MODEL_KEY"],
        _seconds(given),
        _prices(given["CURBSIDE_MODEL_PRICES"]),
    )


def _seconds(given: Mapping[str, str]) -> float:
    printed = given["CURBSIDE_MODEL_SECONDS"] or "30"
    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,3})?", printed, re.ASCII) or float(printed) <= 0:
        raise UsageError(f"CURBSIDE_MODEL_SECONDS is {printed[:50]!r}. Set it to seconds, as 30.")
    return float(printed)


def _prices(printed: str) -> tuple[float, float, str] | None:
    found = _PRICES.fullmatch(printed)
    if printed and found is None:
        raise UsageError(f"CURBSIDE_MODEL_PRICES is {printed[:50]!r}. Set it as 0.15 0.60 USD.")
    return (float(found[1]), float(found[2]), found[3]) if found else None
