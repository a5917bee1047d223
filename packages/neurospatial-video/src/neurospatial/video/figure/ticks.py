"""Which values stand along an axis, and how they are written in little room."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from math import ceil, floor, log10

_STEPS = (1, 2, 2.5, 5)
"""Between ticks, times a power of ten."""

_ROUNDED = 1e-9
"""Of a step: an end of an axis this near to a tick has it."""

_PLAIN, _SAME = 6, 3
"""Characters of a number that is written out, and digits in common that are said once."""

_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True)
class Ticks:
    """Values along an axis.

    Parameters
    ----------
    values : tuple of float
    labels : tuple of str
        What is written beside each.
    note : str
        What labels are to be multiplied by, and what is to be added; empty where they are
        the values.
    """

    values: tuple[float, ...]
    labels: tuple[str, ...]
    note: str


def choose_ticks(low: float, high: float, most: int) -> Ticks:
    """Choose round values between two.

    Parameters
    ----------
    low, high : float
    most : int
        How many there are at most, 1 or more.

    Examples
    --------
    >>> choose_ticks(0.0, 10.0, 4).labels
    ('0', '5', '10')
    >>> choose_ticks(0.0, 1e-12, 3)
    Ticks(values=(0.0, 5e-13, 1e-12), labels=('0', '5', '10'), note='×10⁻¹³')
    >>> ticks = choose_ticks(123456780.0, 123456790.0, 3)
    >>> ticks.labels, ticks.note
    (('80', '85', '90'), '+123456700')
    """
    for mantissa, exponent in _iter_steps((high - low) / (most + 1)):
        step = Decimal(mantissa).scaleb(exponent)
        ends = low / float(step), high / float(step)
        spare = _ROUNDED + 1e-15 * max(map(abs, ends))
        first, last = ceil(ends[0] - spare), floor(ends[1] + spare)
        if last - first < most:
            break
    numbers = [mantissa * number for number in range(first, last + 1)]
    values = (min(max(float(Decimal(n).scaleb(exponent)), low), high) for n in numbers)
    return Ticks(tuple(values), *_write(numbers, exponent))


def _iter_steps(least: float) -> Iterator[tuple[int, int]]:
    """Iterate over the round steps from one that is less than `least`: whole numbers, and tens."""
    for exponent in count(floor(log10(least)) - 1):
        for step in _STEPS:
            if step == int(step):
                yield int(step), exponent
            else:
                yield int(10 * step), exponent - 1


def _write(numbers: list[int], exponent: int) -> tuple[tuple[str, ...], str]:
    """Write whole numbers times a power of ten: labels, and the note beside them."""
    base = _find_base(numbers)
    left = [number - base for number in numbers]
    digits = max(len(str(abs(number))) for number in left)
    shown = digits + exponent if exponent >= 0 else max(digits, 1 - exponent) + 1
    scale = 0
    if shown > _PLAIN:
        # The first number is then between 1 and 10, or all are whole.
        scale = exponent if digits <= 2 else exponent + digits - 1
    labels = [_write_number(Decimal(number).scaleb(exponent - scale)) for number in left]
    note = f"×10{str(scale).translate(_SUPERSCRIPTS)}" if scale else ""
    if base:
        added = Decimal(base).scaleb(exponent)
        sign = "+" if added > 0 else "−"
        gap = " " if note else ""
        note += f"{gap}{sign}{gap}{_write_number(abs(added))}"
    return tuple(labels), note


def _find_base(numbers: list[int]) -> int:
    """Find what numbers have in common, where that is many digits; else 0."""
    spread = 10 ** len(str(numbers[-1] - numbers[0]))
    base = numbers[0] // spread * spread
    saved = len(str(max(map(abs, numbers)))) - len(str(spread)) + 1
    long = max(map(abs, numbers)) >= 10 ** (_PLAIN - 1)
    return base if long and saved >= _SAME else 0


def _write_number(number: Decimal) -> str:
    """Write a number as it is; in powers of ten where zeros would be most of it."""
    plain = f"{number:f}"
    if len(plain) > 2 * _PLAIN:
        digits = number.normalize()
        _, figures, exponent = digits.as_tuple()
        power = int(exponent) + len(figures) - 1
        mantissa = digits.scaleb(-power)
        plain = f"{mantissa:f}×10{str(power).translate(_SUPERSCRIPTS)}" if power else plain
    return plain.replace("-", "−")
