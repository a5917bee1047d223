"""A track of another distribution: found, linearised, coarsened, drawn as a line and a ribbon."""

import sys
from pathlib import Path

import numpy as np
import pytest

from neurospatial import Environment, compute_place_field
from neurospatial.fields import running_velocity
from neurospatial.overlays import PositionOverlay
from neurospatial.scene import Curve, Field, Raster, compile_scene
from tests.layouts import ring_track

RADIUS, N_ARCS = 10.0, 24


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """The ring, brought by a distribution of its own under the name "ring"."""
    (tmp_path / "ring_tracks.py").write_text(Path(ring_track.__file__).read_text())
    info = tmp_path / "ring_tracks-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ring-tracks\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[neurospatial.layouts]\nring = ring_tracks:RingTrack\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "ring_tracks", raising=False)
    return Environment.from_layout("ring", radius=RADIUS, n_arcs=N_ARCS, units="cm")


def around(n: int) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, n, endpoint=False) + 0.01
    return 1.05 * RADIUS * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def test_it_uses_public_names_only() -> None:
    text = Path(ring_track.__file__).read_text()
    assert "import neurospatial" not in text
    assert "from neurospatial" not in text


def test_positions_are_linearised_and_led_back(env: Environment) -> None:
    places = around(50)
    linear = env.linearize(places)
    np.testing.assert_allclose(env.to_2d(linear), places / 1.05)
    assert np.isnan(env.linearize([[0.0, 0.0]], max_distance=1.0)).all()
    assert (np.diff(env.bin_at(linear[:, None])) >= 0).all()


def test_regions_of_the_plane_hold_its_bins(env: Environment) -> None:
    env.regions.add("right", polygon=[(0, -20), (20, -20), (20, 20), (0, 20)])
    env.regions.add("top", point=(-0.5, RADIUS))
    right = env.bins_in_region("right")
    assert (env.layout.centers_2d[right, 0] > 0).all()
    assert right.size == N_ARCS / 2
    assert env.bins_in_region("top").tolist() == [N_ARCS // 4]


def test_larger_bins_and_some_bins_stay_a_ring(env: Environment) -> None:
    coarse = env.rebin(3)
    assert (coarse.n_bins, type(coarse.layout)) == (N_ARCS // 3, type(env.layout))
    with pytest.raises(ValueError, match="24 arcs cannot be joined by 7"):
        env.rebin(7)
    half = env.subset(range(12))
    assert (half.n_bins, type(half.layout)) == (12, type(env.layout))
    assert half.dimension_ranges == env.dimension_ranges
    assert half.components.tolist() == [0] * 12


def test_it_is_drawn_as_a_line_and_as_a_ribbon(env: Environment) -> None:
    env.regions.add("right", polygon=[(0, -20), (20, -20), (20, 20), (0, 20)])
    fields = np.arange(2.0 * N_ARCS).reshape(2, N_ARCS)
    (line,) = compile_scene(env, fields, show_regions=True).panels
    assert any(isinstance(layer, Curve) for layer in line.layers)
    path = around(2)
    scene = compile_scene(env, fields, track="ribbon", overlay_trajectory=path, show_regions=True)
    (panel,) = scene.panels
    [field] = [layer for layer in panel.layers if isinstance(layer, Field)]
    index = field.geometry.index_map(Raster(41, 41, (-12.0, -12.0, 12.0, 12.0)))
    assert index[20, 20] == N_ARCS  # the middle is empty
    assert set(np.unique(index)) == set(range(N_ARCS + 1))


@pytest.mark.parametrize("name", ["ring.html", "ring.mp4"])
def test_it_is_shown(env: Environment, tmp_path: Path, name: str) -> None:
    fields = np.arange(3.0 * N_ARCS).reshape(3, N_ARCS)
    rat = PositionOverlay(around(30), np.arange(30) / 30, trail_length=5)
    options = {"frame_times": np.arange(3) / 3, "overlays": [rat], "progress": False}
    written = env.animate_fields(fields, track="ribbon", save_path=tmp_path / name, **options)
    assert Path(str(written)).stat().st_size > 1000


def test_fields_are_computed_on_it(env: Environment) -> None:
    times = np.arange(0, 60, 0.1)
    linear = times % 10 * env.layout.length / 10
    spikes = times[(linear > 20) & (linear < 25)]
    field = compute_place_field(env, spikes, times, linear[:, None], bandwidth=2.0)
    assert 20 < env.bin_centers[np.argmax(field), 0] < 25
    assert np.isfinite(env.interpolate(field, linear[:9, None])).all()
    assert running_velocity(env, times, linear).size == times.size


def test_where_it_closes_the_animal_does_not_run_back(env: Environment) -> None:
    length = env.layout.length
    times, linear = np.arange(5.0), np.array([-2, -1, 0.5, 1.5, 2.5]) % length
    velocity = running_velocity(env, times, linear)
    np.testing.assert_allclose(velocity, 1.0)
    field = compute_place_field(env, [1.2], times, linear[:, None], method="binned", max_gap=None)
    assert np.flatnonzero(field > 0).tolist() == [N_ARCS - 1]
