"""Standard deviations of whole numbers: which of them so many people can have (GRIMMER: Anaya 2016, Allard 2018).

The squares of whole numbers add up to a whole number, and that is odd where their sum is. A printed standard deviation
leaves a narrow stretch for the sum of squares; where no whole number of the right parity lies in it, nobody's figures
have that mean and that deviation.
"""

from __future__ import annotations

import math

from curbside.appraise.sides import EPSILON, shown, unit, worth


def grimmer(mean: str, deviation: str, n: int) -> bool | None:
    """Tell whether `n` whole numbers may have a mean and a standard deviation printed so.

    Deviations by n - 1 and by n are both allowed for. None where the print is too coarse to tell, or where no whole
    numbers have the mean at all (GRIM says that).
    """
    middle, spread = worth(mean), worth(deviation)
    if middle is None or spread is None or n < 2 or spread < 0:
        return None
    totals = _totals(middle, unit(mean), n)
    half = 0.5 * unit(deviation)
    stretch = [(max(0.0, spread - half), spread + half)]
    if not totals or any((n - 1) * (high**2 - low**2) >= 2 for low, high in stretch):
        return None
    return any(_fits(total, n, by, low, high) for total in totals for by in (n - 1, n) for low, high in stretch)


def grimmer_words(mean: str, deviation: str, n: int) -> str:
    """Return the arithmetic of `grimmer` by n - 1 for the total nearest to the mean."""
    middle, spread = worth(mean) or 0.0, worth(deviation) or 0.0
    total, half = round(middle * n), 0.5 * unit(deviation)
    low, high = ((n - 1) * max(0.0, spread + way * half) ** 2 + total**2 / n for way in (-1, 1))
    parity = "odd" if total % 2 else "even"
    return (
        f"{n} whole numbers with sum {total}: squares add up to {shown(low)}–{shown(high)} for SD {deviation}; "
        f"no {parity} whole number lies there"
    )


def _totals(mean: float, step: float, n: int) -> list[int]:
    near = math.floor(mean * n)
    return [total for total in range(max(0, near - 2), near + 4) if abs(total / n - mean) <= 0.5 * step + EPSILON]


def _fits(total: int, n: int, by: int, low: float, high: float) -> bool:
    """Tell whether a whole number of the total's parity lies where the sum of squares must."""
    least, most = by * low**2 + total**2 / n - 1e-6, by * high**2 + total**2 / n + 1e-6
    first = math.ceil(max(least, total**2 / n - 1e-6))
    first += (first - total) % 2
    return first <= most
