"""Every overlay draws the same, whatever its samples and its times are held in."""

import warnings
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

import dask.array
import numpy as np
import pandas
import pynapple
import pytest
import xarray
import zarr
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from neurospatial.overlays import (
    BodypartOverlay,
    EventOverlay,
    HeadDirectionOverlay,
    ObjectVectorOverlay,
    PositionOverlay,
    RegionOverlay,
    TimeSeriesOverlay,
    VideoOverlay,
)
from neurospatial.overlays.camera.scale_bar import compute_bar_scale
from neurospatial.regions import Region
from neurospatial.scene import Layer
from tests.overlays.containers import CLOCKS, CONTAINERS
from tests.overlays.scenes import EXPLAINED, make_box, make_layers

TIMES = np.arange(6) * 0.5
PATH = np.array([[10, 10], [20, 30], [np.nan, np.nan], [40, 30], [50, 20], [60, 50.0]])
ANGLES = np.array([0.1, 0.5, np.nan, 1.0, 1.5, 2.0])
SIGNAL = np.array([3.0, 1.0, np.nan, 4.0, 1.0, 5.0])
SURE = np.array([0.9, 0.1, 0.9, np.nan, 0.9, 0.9])
PLACES = np.nan_to_num(PATH, nan=30.0)
ANIMAL = PositionOverlay(PLACES, TIMES)

SAMPLES: dict[str, tuple[np.ndarray, Callable[[Any], Any]]] = {
    "position": (PATH, lambda data: PositionOverlay(data, TIMES)),
    "position without NaN": (PLACES, lambda data: PositionOverlay(data, TIMES, nan_ok=False)),
    "keypoint": (PATH, lambda data: BodypartOverlay({"nose": data, "tail": PLACES}, TIMES)),
    "confidence": (
        SURE,
        lambda data: BodypartOverlay({"nose": PLACES}, TIMES, confidence={"nose": data}),
    ),
    "angles": (ANGLES, lambda data: HeadDirectionOverlay(data, TIMES, nan_ok=True)),
    "vectors": (PATH, lambda data: HeadDirectionOverlay(data, TIMES)),
    "signal": (SIGNAL, lambda data: TimeSeriesOverlay(data, TIMES)),
    "places of events": (PLACES, lambda data: EventOverlay(TIMES, data)),
    "objects": (PLACES, lambda data: ObjectVectorOverlay(data, anchor=ANIMAL)),
    "object": (PLACES[0], lambda data: ObjectVectorOverlay({"lamp": data}, anchor=ANIMAL)),
}
"""Doors for samples: what comes in there, and an overlay made of it."""

STAMPS: dict[str, Callable[[Any], Any]] = {
    "position": lambda times: PositionOverlay(PATH, times),
    "pose": lambda times: BodypartOverlay({"nose": PATH}, times),
    "keypoint": lambda times: BodypartOverlay({"nose": PATH}, {"nose": times}),
    "angles": lambda times: HeadDirectionOverlay(ANGLES, times),
    "signal": lambda times: TimeSeriesOverlay(SIGNAL, times),
    "events": lambda times: EventOverlay(times, PLACES),
    "film": lambda times: VideoOverlay(np.zeros((6, 4, 4), np.uint8), times=times, alpha=0.5),
}
"""Doors for times."""


def assert_same_layers(made: dict[str, Layer], wanted: dict[str, Layer]) -> None:
    assert list(made) == list(wanted)
    for name, layer in made.items():
        for field in fields(layer):
            one, other = getattr(layer, field.name), getattr(wanted[name], field.name)
            if isinstance(other, np.ndarray):
                np.testing.assert_array_equal(one, other)
            elif isinstance(other, (str, int, float, tuple)):
                assert one == other


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("door", SAMPLES)
def test_samples_in_any_container_are_drawn_alike(door: str, container: str) -> None:
    plain, make = SAMPLES[door]
    held = CONTAINERS[container](plain)
    made = make_layers(make_box(), [make(held)], TIMES)
    assert_same_layers(made, make_layers(make_box(), [make(plain)], TIMES))


@pytest.mark.filterwarnings("ignore:VideoOverlay has no calibration")
@pytest.mark.parametrize("container", CLOCKS)
@pytest.mark.parametrize("door", STAMPS)
def test_times_in_any_container_are_the_same_times(door: str, container: str) -> None:
    make, held = STAMPS[door], CLOCKS[container](TIMES)
    made = make_layers(make_box(), [make(held)], TIMES)
    assert_same_layers(made, make_layers(make_box(), [make(TIMES)], TIMES))


@pytest.mark.filterwarnings("ignore:VideoOverlay has no calibration")
@pytest.mark.parametrize("zone", [None, "Europe/Oslo"])
@pytest.mark.parametrize("door", STAMPS)
def test_dates_meet_dates(door: str, zone: str | None) -> None:
    """The frames' dates are seconds from 1970 in the context, and so are the overlay's."""
    begin = 1_704_067_200.0  # 2024-01-01 00:00 UTC
    dates = pandas.to_datetime((begin + TIMES) * 1e9)
    if zone is not None:
        dates = dates.tz_localize("UTC").tz_convert(zone)
    make = STAMPS[door]
    made = make_layers(make_box(), [make(dates)], begin + TIMES)
    assert_same_layers(made, make_layers(make_box(), [make(begin + TIMES)], begin + TIMES))


OWN_CLOCK = {
    "position": (PATH, lambda data, times=None: PositionOverlay(data, times)),
    "vectors": (PATH, lambda data, times=None: HeadDirectionOverlay(data, times)),
    "angles": (ANGLES, lambda data, times=None: HeadDirectionOverlay(data, times)),
    "signal": (SIGNAL, lambda data, times=None: TimeSeriesOverlay(data, times)),
    "pose": (PATH, lambda data, times=None: BodypartOverlay({"nose": data}, times)),
}


@pytest.mark.parametrize("door", OWN_CLOCK)
def test_pynapple_brings_its_own_clock(door: str) -> None:
    plain, make = OWN_CLOCK[door]
    kind = pynapple.Tsd if plain.ndim == 1 else pynapple.TsdFrame
    frames = np.linspace(0.2, 2.4, 9)
    made = make_layers(make_box(), [make(kind(t=TIMES, d=plain))], frames)
    assert_same_layers(made, make_layers(make_box(), [make(plain, TIMES)], frames))
    # Times that are given count more than its own.
    other = make_layers(make_box(), [make(kind(t=TIMES + 100, d=plain), TIMES)], frames)
    assert_same_layers(other, made)


@pytest.mark.parametrize(
    ("overlay", "text"),
    [
        (
            PositionOverlay(pynapple.Ts(t=TIMES)),
            "PositionOverlay data are a Ts of pynapple",
        ),
        (TimeSeriesOverlay(pynapple.Ts(t=TIMES)), "TimeSeriesOverlay data are a Ts of pynapple"),
    ],
    ids=["position", "signal"],
)
def test_times_alone_are_no_samples(overlay: Any, text: str) -> None:
    with pytest.raises(ValueError, match="(?s)" + text + EXPLAINED):
        make_layers(make_box(), [overlay], TIMES)


@pytest.mark.parametrize(
    "group", [pynapple.TsGroup({3: pynapple.Ts(t=TIMES), 9: pynapple.Ts(t=TIMES)}), {3: TIMES}]
)
def test_several_trains_are_several_overlays(group: Any) -> None:
    text = rf"(?s)Event times are a \w+ of {len(group)} trains" + EXPLAINED
    with pytest.raises(TypeError, match=text):
        make_layers(make_box(), [EventOverlay(group, [PLACES[0]])], TIMES)


NUMBERS = {
    "size": lambda x: PositionOverlay(PLACES, TIMES, size=x),
    "max_gap": lambda x: PositionOverlay(PATH, TIMES, max_gap=x),
    "min_confidence": lambda x: BodypartOverlay(
        {"nose": PLACES}, TIMES, confidence={"nose": np.linspace(0, 4, 6)}, min_confidence=x
    ),
    "length": lambda x: HeadDirectionOverlay(ANGLES, TIMES, length=x),
    "window": lambda x: TimeSeriesOverlay(SIGNAL, TIMES, window=x),
    "vmax": lambda x: TimeSeriesOverlay(SIGNAL, TIMES, vmin=Fraction(1, 2), vmax=x),
    "decay": lambda x: EventOverlay(TIMES, PLACES, decay=x),
    "scale_bar": lambda x: compute_bar_scale(((0, 0), (x, 0), x), (10, 10), None),
}


@pytest.mark.parametrize("number", [Fraction(5, 2), Decimal("2.5"), np.float32(2.5)], ids=repr)
@pytest.mark.parametrize("option", NUMBERS)
def test_numbers_of_any_type_are_taken(option: str, number: Any) -> None:
    make = NUMBERS[option]
    if option == "scale_bar":
        assert make(number) == make(2.5)
        return
    made = make_layers(make_box(), [make(number)], TIMES)
    assert_same_layers(made, make_layers(make_box(), [make(2.5)], TIMES))


def test_bytes_are_text() -> None:
    lamp = ObjectVectorOverlay({b"lamp": (30, 30)}, anchor=ANIMAL)
    assert make_layers(make_box(), [lamp], TIMES)["Object vectors lamp"].strings == ("lamp",)
    signal = TimeSeriesOverlay(SIGNAL, TIMES, label=b"speed [cm/s]")
    assert make_layers(make_box(), [signal], TIMES)["Time series"].label == "speed [cm/s]"
    goal = RegionOverlay([Region("goal", point=(3, 1))], names=np.array([b"goal"]))
    assert len(make_layers(make_box(), [goal], TIMES)) == 2


PICTURES = np.random.default_rng(0).integers(0, 255, (6, 4, 5, 3)).astype(np.uint8)
AXES = ("time", "y", "x", "channel")
FILMS = {
    "xarray": xarray.DataArray(PICTURES, dims=("frame", "height", "width", "rgb")),
    "axes in another order": xarray.DataArray(PICTURES, dims=AXES).transpose(
        "x", "channel", "y", "time"
    ),
    "axes of no names": xarray.DataArray(PICTURES),
    "dask": dask.array.from_array(PICTURES, chunks=2),
    "zarr": zarr.array(PICTURES),
    "masked": np.ma.masked_array(PICTURES, mask=False),
}


@pytest.mark.filterwarnings("ignore:VideoOverlay has no calibration")
@pytest.mark.parametrize("kind", FILMS)
def test_pictures_in_any_container_are_the_same(kind: str) -> None:
    film = make_layers(make_box(), [VideoOverlay(FILMS[kind], times=TIMES)], TIMES)["Video"]
    np.testing.assert_array_equal(film.frames.read(0, 6), PICTURES)


@pytest.mark.filterwarnings("ignore:VideoOverlay has no calibration")
def test_pictures_are_read_only_where_they_are_shown() -> None:
    """Nothing but the first picture is computed before a frame is drawn."""
    computed = []

    def load(block: np.ndarray, block_info: Any = None) -> np.ndarray:
        computed.append(block_info[0]["chunk-location"][0])
        return block

    lazy = dask.array.from_array(PICTURES, chunks=(1, -1, -1, -1)).map_blocks(
        load, dtype=np.uint8, meta=np.empty((0, 0, 0, 0), np.uint8)
    )
    named = xarray.DataArray(lazy, dims=AXES).transpose("channel", "time", "x", "y")
    film = make_layers(make_box(), [VideoOverlay(named, times=TIMES)], TIMES)["Video"]
    assert computed == []
    np.testing.assert_array_equal(film.frames.read(4, 5), PICTURES[4:5])
    assert computed == [4]


@settings(deadline=None)  # A container's first use may import it.
@given(
    path=arrays(np.float64, (8, 2), elements=st.floats(0, 60) | st.just(np.nan)),
    container=st.sampled_from(sorted(set(CONTAINERS) - {"fractions"})),  # of none, objects
)
def test_any_path_is_drawn_alike(path: np.ndarray, container: str) -> None:
    times = np.arange(8) / 4
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        held = PositionOverlay(CONTAINERS[container](path), times)
        made = make_layers(make_box(), [held], times)
        wanted = make_layers(make_box(), [PositionOverlay(path, times)], times)
    assert_same_layers(made, wanted)


@pytest.mark.filterwarnings("ignore:VideoOverlay has no calibration")
def test_masked_pixels_are_black() -> None:
    hidden = np.zeros(PICTURES.shape, bool)
    hidden[2, 1] = True
    video = VideoOverlay(np.ma.masked_array(PICTURES, hidden), times=TIMES)
    shown = make_layers(make_box(), [video], TIMES)["Video"].frames.read(0, 6)
    np.testing.assert_array_equal(shown, np.where(hidden, 0, PICTURES))


def test_pictures_of_unknown_length_or_axes_are_refused() -> None:
    some = dask.array.from_array(PICTURES)
    odd = some[some[:, 0, 0, 0] > 50]
    with pytest.raises(ValueError, match=r"(?s)The pictures have shape \(nan, .*compute_chunk_si"):
        make_layers(make_box(), [VideoOverlay(odd)], TIMES)
    video = VideoOverlay(xarray.DataArray(PICTURES, dims=("time", "y", "x", "light")))
    with pytest.raises(ValueError, match=r"(?s)axes of the pictures are named time, y, x, light"):
        make_layers(make_box(), [video], TIMES)
