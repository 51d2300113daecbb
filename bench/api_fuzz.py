"""The API against requests made up from its own OpenAPI: `python -m bench api-fuzz [--minutes 10]`.

A server of its own (`curbside serve`, the starter shelf, one process that answers) is sent requests, as described and
otherwise, by schemathesis: first each operation for itself with what lies at the edges, to its end, then sequences of
operations until the time is over. Passed when there was no 500, every status, form and shape was as described, and no
answer took longer than two seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.machine import line

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "allow_header_conformance",
    "unsupported_method",
)
"""What is asked of every answer. Left out is that all that fits the OpenAPI is accepted: a name of a drug may be one
that the vocabulary does not know, and an advanced query may be in no language; both are refused with a place."""

SLOWEST_S = 2.0
"""Seconds that no answer may take."""

ALONE = ("--exclude-checks", "negative_data_rejection")
"""What is asked of operations for themselves and not in sequences, for which the exception below is not heeded."""

LEAST_S = 10
"""Seconds of sequences, however long the edges took."""

CONFIGURATION = """
[reports]
directory = "{folder}"

[[operations]]
# Whatever stands in a form with a file is a file: there is no such thing as one of the wrong type.
include-operation-id = "upload"
checks.negative_data_rejection.enabled = false
"""

_HERE = Path(sys.executable).parent
_EXAMPLES = 60


@contextmanager
def _served(library: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Serve a library and lend the address."""
    command = [str(_HERE / "curbside"), "--library", str(library), "serve", "--port", "0", "--workers", "1", "--json"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield str(json.loads(process.stdout.readline())["address"])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def main(arguments: Sequence[str]) -> int:
    """Fuzz the API and return the exit status: 1 where an answer was not as described."""
    parser = argparse.ArgumentParser(prog="python -m bench api-fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (10)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    ends = time.monotonic() + given.minutes * 60
    environment = {**os.environ, "CURBSIDE_ENCODER": "off", "NO_COLOR": "1"}
    with tempfile.TemporaryDirectory() as scratch:
        library, configuration = Path(scratch) / "library", Path(scratch) / "schemathesis.toml"
        configuration.write_text(CONFIGURATION.format(folder=Path(scratch) / "reports"), encoding="utf-8")
        curbside = [str(_HERE / "curbside"), "--library", str(library)]
        subprocess.run([*curbside, "shelf"], env=environment, check=True, capture_output=True)
        with _served(library, environment) as address:
            common = [f"{address}api/v1/openapi.json", "--checks", ",".join(CHECKS), "--seed", str(given.seed)]
            common += ["--max-response-time", str(SLOWEST_S), "--continue-on-failure", "--warnings", "off"]
            tool = [str(_HERE / "st"), "--no-color", "--config-file", str(configuration)]
            phases = ["--phases", "examples,coverage,fuzzing", "--max-examples", str(_EXAMPLES)]
            codes = [_run([*tool, "run", *common, *phases], scratch, environment)]
            left = max(int(ends - time.monotonic()), LEAST_S)
            codes.append(_run([*tool, "fuzz", *common, *ALONE, "--max-time", str(left)], scratch, environment))
    print(line())
    return max(codes)


def _run(command: Sequence[str], folder: str, environment: Mapping[str, str]) -> int:
    """Run schemathesis to its end and return its exit status."""
    print(f"$ {' '.join(command)}", flush=True)
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode
