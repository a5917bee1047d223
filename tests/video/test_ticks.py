"""Values along an axis, and how they are written."""

import re
from decimal import Decimal

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from neurospatial.video.figure.fit_text import SMALLEST_POINTS, measure_text
from neurospatial.video.figure.ticks import Ticks, choose_ticks

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
NUMBER = r"[\d.]+(?:×10[⁻⁰-⁹¹²³]+)?"
NARROWEST = 29.0
"""Points that numbers have beside a panel whose axis has a label."""


@st.composite
def limits(draw: st.DrawFn) -> tuple[float, float]:
    """Ends of any size, as far apart as a colour scale's may be at least."""
    low = draw(st.floats(-1e300, 1e300))
    span = draw(st.floats(-13, 3).map(lambda power: 10.0**power)) * max(abs(low), 1e-290)
    high = low + span
    assume(abs(high) < 1e300 and high - low >= 1e-13 * max(abs(low), abs(high)))
    return low, high


def read_number(text: str) -> Decimal:
    mantissa, _, power = text.partition("×10")
    return Decimal(mantissa.replace("−", "-")).scaleb(int(power.translate(SUPERSCRIPTS) or 0))


def read_ticks(ticks: Ticks) -> list[Decimal]:
    """Read what stands there as people do."""
    found = re.fullmatch(rf"(×10[^ +−]+)?(?: ?([+−]) ?({NUMBER}))?", ticks.note)
    assert found, ticks.note
    scale = read_number(f"1{found[1] or ''}")
    base = read_number(found[3]) if found[3] else Decimal(0)
    sign = -1 if found[2] == "−" else 1
    return [read_number(label) * scale + sign * base for label in ticks.labels]


@given(limits(), st.integers(1, 9))
def test_what_is_written_is_where_it_stands(ends: tuple[float, float], most: int) -> None:
    low, high = ends
    ticks = choose_ticks(low, high, most)
    assert 1 <= len(ticks.values) <= most
    assert all(low <= value <= high for value in ticks.values)
    resolution = max(abs(low), abs(high)) * 4e-16 + 1e-8 * (high - low)
    for value, written in zip(ticks.values, read_ticks(ticks), strict=True):
        assert abs(float(written - Decimal(value))) <= resolution
    assert len(set(ticks.labels)) == len(ticks.labels)


@given(limits(), st.integers(1, 9))
def test_numbers_fit_beside_a_panel(ends: tuple[float, float], most: int) -> None:
    px = 100 / 72
    for label in choose_ticks(*ends, most).labels:
        assert measure_text(label, SMALLEST_POINTS * px) <= NARROWEST * px


@given(limits(), st.integers(2, 9))
def test_steps_are_round_and_even(ends: tuple[float, float], most: int) -> None:
    numbers = read_ticks(choose_ticks(*ends, most))
    steps = set(np.diff(np.array(numbers, dtype=object)))
    assert len(steps) <= 1
    for step in steps:
        digits = "".join(map(str, step.normalize().as_tuple().digits))
        assert digits in {"1", "2", "25", "5"}


def test_usual_numbers_are_written_out() -> None:
    assert choose_ticks(0.0, 100.0, 6).labels == ("0", "20", "40", "60", "80", "100")
    assert choose_ticks(-0.3, 0.3, 3).labels == ("−0.2", "0.0", "0.2")
    assert choose_ticks(0.0, 12_000.0, 3).labels == ("0", "5000", "10000")
    assert choose_ticks(0.0, 1e-12, 3).note == "×10⁻¹³"
    assert choose_ticks(0.0, 4e7, 5).note == "×10⁷"
    assert choose_ticks(-123456790.0, -123456780.0, 3).note == "−123456800"
