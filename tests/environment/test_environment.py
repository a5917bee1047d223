"""The environment as its users meet it."""

import inspect
import logging
import pickle
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

import neurospatial
from neurospatial import Environment
from neurospatial.layouts import RegularGrid


@pytest.fixture
def env() -> Environment:
    mask = np.ones((4, 3), bool)
    mask[3, 2] = False
    return Environment.from_mask(
        mask, (np.arange(0, 21, 5.0), np.arange(0, 16, 5.0)), units="cm", name="box"
    )


USES: dict[str, Callable[[Environment], object]] = {
    "layout": lambda e: e.layout,
    "n_bins": lambda e: e.n_bins,
    "n_dims": lambda e: e.n_dims,
    "bin_centers": lambda e: e.bin_centers,
    "bin_size": lambda e: e.bin_size,
    "dimension_ranges": lambda e: e.dimension_ranges,
    "units": lambda e: e.units,
    "name": lambda e: e.name,
    "axis_names": lambda e: e.axis_names,
    "y_down": lambda e: e.y_down,
    "regions": lambda e: e.regions,
    "connectivity": lambda e: e.connectivity,
    "bin_at": lambda e: e.bin_at([[0.0, 0.0]]),
    "contains": lambda e: e.contains([[0.0, 0.0]]),
    "occupancy": lambda e: e.occupancy([0.0], [[0.0, 0.0]]),
    "plot_field": lambda e: e.plot_field([1.0]),
    "animate_fields": lambda e: e.animate_fields([[1.0]], save_path="fields.mp4"),
    "clear_cache": lambda e: e.clear_cache(),
    "cached": lambda e: e.cached("kernels", 1, dict),
    "copy": lambda e: e.copy(),
    "linearize": lambda e: e.linearize([[0.0, 0.0]]),
    "to_2d": lambda e: e.to_2d([0.0]),
    "save": lambda e: e.save("x.npz"),
    "neighbors": lambda e: e.neighbors(0),
    "boundary_bins": lambda e: e.boundary_bins,
    "components": lambda e: e.components,
    "bins_in_region": lambda e: e.bins_in_region("a"),
    "region_mask": lambda e: e.region_mask("a"),
    "region_membership": lambda e: e.region_membership([[0.0, 0.0]]),
    "bin_sequence": lambda e: e.bin_sequence([0.0], [[0.0, 0.0]]),
    "region_visits": lambda e: e.region_visits([0.0], [[0.0, 0.0]]),
    "transitions": lambda e: e.transitions([0.0], [[0.0, 0.0]]),
    "distance_between": lambda e: e.distance_between(0, 1),
    "distance_to": lambda e: e.distance_to([0]),
    "path_between": lambda e: e.path_between(0, 1),
    "reachable_from": lambda e: e.reachable_from(0),
    "rings": lambda e: e.rings(0, 1),
    "subset": lambda e: e.subset([0]),
    "rebin": lambda e: e.rebin(2),
    "interpolate": lambda e: e.interpolate([1.0], [[0.0, 0.0]]),
    "smooth": lambda e: e.smooth([1.0], 1.0),
}


@pytest.mark.parametrize("use", USES)
def test_a_bare_environment_refuses_every_use(use: str) -> None:
    with pytest.raises(RuntimeError) as caught:
        USES[use](Environment())
    text = str(caught.value)
    assert text.startswith("Environment must be fitted before calling this method")
    assert "Environment.from_samples(positions, bin_size=2.5)" in text


def test_every_public_member_is_tried_unfitted() -> None:
    public = {name for name in dir(Environment) if not name.startswith(("_", "from_"))}
    assert public - {"load"} == set(USES)


def test_a_bare_environment_shows_itself() -> None:
    assert repr(Environment()) == "Environment(not fitted)"


def test_properties(env: Environment) -> None:
    assert (env.n_bins, env.n_dims, env.units, env.name) == (11, 2, "cm", "box")
    assert env.bin_size == (5.0, 5.0)
    assert env.dimension_ranges == ((0.0, 20.0), (0.0, 15.0))
    assert env.bin_centers.shape == (11, 2)
    assert env.connectivity.shape == (11, 11)
    assert len(env.regions) == 0
    assert isinstance(env.layout, RegularGrid)


def test_repr_says_what_it_is(env: Environment) -> None:
    text = "Environment('box', 11 bins of 5 × 5 cm, 2-D, ranges 0…20, 0…15 cm)"
    assert repr(env) == text


def test_units_that_were_not_given_are_none() -> None:
    assert Environment.from_samples([[0, 0], [9, 9]], 3).units is None


def test_bin_at_and_contains(env: Environment) -> None:
    points = [[0, 0], [5, 0], [20, 0], [20, 15], [-1, 0], [np.nan, 1], [np.inf, 1]]
    assert env.bin_at(points).tolist() == [0, 3, 9, -1, -1, -1, -1]
    assert env.contains(points).tolist() == [True, True, True, *[False] * 4]
    assert env.bin_at([20.0, 0.0]) == 9


def test_diagonal_neighbours_can_be_left_out() -> None:
    mask, edges = np.ones((2, 2), bool), [[0, 1, 2]] * 2
    assert Environment.from_mask(mask, edges).connectivity.nnz == 12
    without = Environment.from_mask(mask, edges, connect_diagonal_neighbors=False)
    assert without.connectivity.nnz == 8


def test_pickle_and_copy_leave_results_behind(env: Environment) -> None:
    env.regions.add("goal", point=(1, 2))
    env.cached("kernels", "k", lambda: np.zeros(100_000))
    env.cached("kdtree", "t", lambda: lambda: None)  # what no pickle can hold
    _ = env.connectivity
    data = pickle.dumps(env)
    assert len(data) < 3000
    again = pickle.loads(data)
    assert again == env
    assert again.cached("kernels", "k", lambda: "made anew") == "made anew"
    assert env.copy() == env


def test_regions_of_a_copy_are_its_own(env: Environment) -> None:
    env.regions.add("goal", point=(1, 2))
    other = env.copy()
    other.regions.add("start", point=(3, 4))
    assert list(env.regions) == ["goal"]
    assert other != env


def test_environments_compare_by_content(env: Environment) -> None:
    twin = Environment(env.layout, units="cm", name="box")
    assert env == twin
    assert env != Environment(env.layout, units="m", name="box")
    assert env != Environment(env.layout, units="cm", name="other")
    assert env != "box"


@pytest.mark.parametrize("label", ["units", "name"])
@pytest.mark.parametrize(("given", "text"), [("m", "m"), (b"mm", "mm"), (3, "3"), ("", "")])
def test_labels_can_be_set(env: Environment, label: str, given: str, text: str) -> None:
    setattr(env, label, given)
    assert getattr(env, label) == text
    assert env == Environment(env.layout, **{"units": "cm", "name": "box", label: text})
    with pytest.raises(TypeError, match=rf"(?s){label} is a list, expected text.*WHY.*HOW"):
        setattr(env, label, ["cm"])
    assert getattr(env, label) == text


def test_units_can_be_taken_away(env: Environment) -> None:
    env.units = None
    assert " cm" not in repr(env)
    other = env.copy()
    other.units = "m"
    assert env.units is None


FIXED = sorted(
    name
    for name in dir(Environment)
    if isinstance(getattr(Environment, name), property) and not name.startswith("_")
)


@pytest.mark.parametrize("name", sorted({*FIXED} - {"units", "name"}))
def test_what_results_rely_on_says_why_it_cannot_be_set(env: Environment, name: str) -> None:
    before = env.copy()
    with pytest.raises(AttributeError, match=rf"(?s)^{name} of an environment.*WHY.*HOW.*units ="):
        setattr(env, name, getattr(env, name))
    assert env == before
    assert "bin_centers" in FIXED


@pytest.mark.parametrize("kind", ["kernels", "kdtree"])
def test_clear_cache_clears_what_it_is_told(env: Environment, kind: str) -> None:
    keep = {"kernels": False, "kdtree": False, "cached_properties": False}
    env.cached(kind, 1, lambda: "first")
    env.clear_cache(**keep)
    assert env.cached(kind, 1, lambda: "second") == "first"
    env.clear_cache(**{**keep, kind: True})
    assert env.cached(kind, 1, lambda: "second") == "second"


def test_clear_cache_drops_derived_arrays(env: Environment) -> None:
    before = env.connectivity
    assert env.connectivity is before
    env.clear_cache(cached_properties=False)
    assert env.connectivity is before
    env.clear_cache()
    assert env.connectivity is not before
    assert (env.connectivity != before).nnz == 0


NAMED = ("self", "env", "fields", "env_and_fields")


def test_animate_fields_hands_every_option_on(
    env: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The method has the function's own options and defaults, and passes all of them."""
    import neurospatial.backends as backends

    method = inspect.signature(Environment.animate_fields).parameters
    function = inspect.signature(backends.animate_fields).parameters
    own, shared = (
        [(p.name, p.kind, p.default) for p in parameters.values() if p.name not in NAMED]
        for parameters in (method, function)
    )
    assert own == shared
    seen: dict[str, object] = {}
    monkeypatch.setattr(backends, "animate_fields", lambda *args, **kw: seen.update(kw, args=args))
    options: dict[str, object] = {
        name: object() for name, p in method.items() if p.kind is p.KEYWORD_ONLY
    }
    env.animate_fields("fields", **options, codec="h264")
    assert seen == {"args": (env, "fields"), "codec": "h264", **options}


def test_importing_it_loads_no_matplotlib() -> None:
    code = (
        "import sys; from neurospatial import Environment, compute_place_field; "
        "e = Environment.from_samples([[0, 0], [9, 9]], 3); e.clear_cache(); "
        "sys.exit(any(m.partition('.')[0] in ('matplotlib', 'shapely') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_is_lazily_exposed_that_is_not_there() -> None:
    for name in ("Environment", "Region", "Regions", "compute_place_field"):
        assert getattr(neurospatial, name).__name__ == name


def test_lost_positions_are_counted_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    positions = np.random.default_rng(0).uniform(0, 50, (300, 2))
    positions[7:10, 1] = np.nan
    with caplog.at_level(logging.INFO, "neurospatial"):
        env = Environment.from_samples(positions, 10)
        env.occupancy(np.arange(300) / 30, positions)
    assert [r.getMessage() for r in caplog.records] == [
        "3 of 300 positions are NaN and were dropped."
    ] * 2
