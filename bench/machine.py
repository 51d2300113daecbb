"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import resource
import sqlite3
import sys
import time
from pathlib import Path


def machine() -> dict[str, object]:
    """Return what a reader needs to compare figures: processor, cores, memory, versions, and how fast and how busy.

    `loop_ms` is what ten million additions in a Python loop take at this moment, in milliseconds for a million.
    """
    start = time.perf_counter()
    total = 0
    for number in range(2_000_000):
        total += number
    took = (time.perf_counter() - start) * 1000 / 2
    return {
        "cpu": _from("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(_memory() / 2**30, 1),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "loop_ms": round(took, 1),
    }


def line() -> str:
    """Return the machine in one line."""
    return ", ".join(f"{name} {value}" for name, value in machine().items())


def peak_mb(*, children: bool = False) -> float:
    """Return the most memory that this process, or the largest of its ended children, has held, in MB."""
    who = resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF
    size = resource.getrusage(who).ru_maxrss
    return size / 2**20 if sys.platform == "darwin" else size / 2**10


def _from(path: str, name: str) -> str:
    file = Path(path)
    for row in file.read_text().splitlines() if file.exists() else ():
        key, _, value = row.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
