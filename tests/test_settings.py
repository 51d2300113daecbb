"""What the environment may set."""

from __future__ import annotations

from pathlib import Path

import pytest

from curbside.errors import UsageError
from curbside.settings import NAMES, data_folder, read_settings

HOME = Path("/home/ada")


def test_without_variables_the_library_is_in_the_data_folder() -> None:
    """And questions are not written down."""
    settings = read_settings({}, HOME)
    assert settings.library == HOME / ".local" / "share" / "curbside"
    assert not settings.log_questions


@pytest.mark.parametrize(("printed", "library"), [("/data/lib", Path("/data/lib")), (" shelf ", Path("shelf"))])
def test_a_named_library(printed: str, library: Path) -> None:
    """As it is written, blanks around it aside."""
    assert read_settings({"CURBSIDE_LIBRARY": printed}, HOME).library == library


def test_a_library_below_the_home_folder() -> None:
    """A tilde is the home folder."""
    assert "~" not in str(read_settings({"CURBSIDE_LIBRARY": "~/lib"}, HOME).library)


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_DATA_HOME": "/xdg"}, Path("/xdg")),
        ({"XDG_DATA_HOME": "relative"}, HOME / ".local" / "share"),
        ({"LOCALAPPDATA": "/windows"}, Path("/windows")),
        ({}, HOME / ".local" / "share"),
    ],
)
def test_the_data_folder(environment: dict[str, str], folder: Path) -> None:
    """As the system says; what is relative is ignored."""
    assert data_folder(environment, HOME) == folder


def test_a_resolver_is_an_address_of_the_web() -> None:
    """Nothing else becomes a link."""
    assert read_settings({}, HOME).openurl == ""
    assert read_settings({"CURBSIDE_OPENURL": " https://r.example.edu/find?{openurl} "}, HOME).openurl.endswith("}")
    for printed in ("javascript:alert(1)", "r.example.edu", 'https://r/"><script>'):
        with pytest.raises(UsageError, match="CURBSIDE_OPENURL"):
            read_settings({"CURBSIDE_OPENURL": printed}, HOME)


@pytest.mark.parametrize("printed", ["1", "true", "True", "YES", "on"])
def test_questions_are_logged_only_when_asked(printed: str) -> None:
    """Some ways to say so."""
    assert read_settings({"CURBSIDE_LOG_QUESTIONS": printed}, HOME).log_questions


@pytest.mark.parametrize("printed", ["0", "false", "no", "OFF", ""])
def test_and_some_ways_to_say_no(printed: str) -> None:
    """Empty means no."""
    assert not read_settings({"CURBSIDE_LOG_QUESTIONS": printed}, HOME).log_questions


def test_what_cannot_be_meant_is_an_error() -> None:
    """It names the variable and says what may stand there."""
    with pytest.raises(UsageError, match=r"CURBSIDE_LOG_QUESTIONS is 'perhaps'.*true or false"):
        read_settings({"CURBSIDE_LOG_QUESTIONS": "perhaps"}, HOME)


def test_every_variable_is_explained() -> None:
    """Each has a sentence."""
    assert all((name.startswith("CURBSIDE_") and words.endswith(".")) or words for name, words in NAMES.items())


def test_questions_are_kept_thirty_days_unless_told_otherwise() -> None:
    """0 keeps none; what is no number of days is refused."""
    assert read_settings({}, HOME).keep_questions == 30
    assert read_settings({"CURBSIDE_KEEP_QUESTIONS": "0"}, HOME).keep_questions == 0
    for printed in ("-1", "1.5", "a month", "٣", "1000000"):
        with pytest.raises(UsageError, match="CURBSIDE_KEEP_QUESTIONS"):
            read_settings({"CURBSIDE_KEEP_QUESTIONS": printed}, HOME)


def test_hosts_are_names_alone() -> None:
    """With commas between them; a port, a scheme or a wildcard would be a hole or never match."""
    hosts = read_settings({"CURBSIDE_HOSTS": "Evidence.example.org, 10.0.0.5,[fe80::1],"}, HOME).hosts
    assert hosts == ("evidence.example.org", "10.0.0.5", "[fe80::1]")
    for printed in ("*", "https://a.example", "a.example:8000", "a b"):
        with pytest.raises(UsageError, match="CURBSIDE_HOSTS"):
            read_settings({"CURBSIDE_HOSTS": printed}, HOME)


MODEL = {
    "CURBSIDE_MODEL_URL": "https://api.example.org/v1/",
    "CURBSIDE_MODEL": "tiny",
    "CURBSIDE_MODEL_KEY": "sk-1234567",
}


def test_a_language_model_is_off_until_it_is_set() -> None:
    """No variable, no model; and with them one whose key is printed nowhere."""
    assert read_settings({}, HOME).model is None
    found = read_settings({**MODEL, "CURBSIDE_MODEL_PRICES": "0.15 0.60 USD"}, HOME)
    assert found.model is not None
    assert (found.model.url, found.model.host, found.model.kind) == (
        "https://api.example.org/v1",
        "api.example.org",
        "openai",
    )
    assert found.model.prices == (0.15, 0.6, "USD")
    assert found.model.key == "sk-1234567"
    assert "sk-1234567" not in repr(found)


@pytest.mark.parametrize(
    "wrong",
    [
        {"CURBSIDE_MODEL_URL": ""},
        {"CURBSIDE_MODEL": ""},
        {"CURBSIDE_MODEL_URL": "ftp://example.org"},
        {"CURBSIDE_MODEL_URL": "https://user:sk-1234567@example.org"},
        {"CURBSIDE_MODEL_URL": "http://api.example.org"},
        {"CURBSIDE_MODEL_KIND": "parrot"},
        {"CURBSIDE_MODEL_SECONDS": "soon"},
        {"CURBSIDE_MODEL_SECONDS": "0"},
        {"CURBSIDE_MODEL_PRICES": "cheap"},
        {"CURBSIDE_MODEL": "two words"},
    ],
)
def test_a_language_model_that_is_set_wrongly_is_refused_without_its_key(wrong: dict[str, str]) -> None:
    """An address without a model, a key over plain http, a number that is none; the key is never told."""
    with pytest.raises(UsageError) as caught:
        read_settings({**MODEL, **wrong}, HOME)
    assert "sk-1234567" not in str(caught.value)
