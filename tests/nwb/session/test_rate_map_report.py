"""The rate maps of a file are told by the metrics of each unit."""

from pathlib import Path

import numpy as np
import pytest

from neurospatial import (
    Environment,
    compute_border_score,
    compute_coherence,
    compute_grid_score,
)
from neurospatial.fields import spatial_information
from neurospatial.nwb import write_rate_maps
from neurospatial.nwb.session.report import describe
from tests.nwb.nwb_files import IDS, make_session, save_nwb


def describe_maps(
    tmp_path: Path, env: Environment, fields: np.ndarray, **more: object
) -> list[str]:
    """Write maps, and give what is said of each unit."""
    nwbfile = make_session()
    write_rate_maps(nwbfile, env, fields, IDS, **more)
    told = describe(save_nwb(nwbfile, tmp_path / "maps.nwb"))
    assert [str(one)[:24] for one in told.suspicious] == ["The file has no position"]
    first = [name for name, _ in told.lines].index("rate maps") + 1
    said = told.lines[first : first + len(IDS)]
    assert [name for name, _ in said] == [f"unit {unit}" for unit in IDS]
    return [text for _, text in said]


def test_in_the_plane_it_tells_all(tmp_path: Path) -> None:
    env = Environment.from_grid_edges([np.linspace(0, 60, 25)] * 2, units="cm")
    rng = np.random.default_rng(0)
    fields = np.array([env.smooth(rng.gamma(1, 5, env.n_bins), 5.0) for _ in IDS])
    fields[0, :3] = np.nan
    fields[-1] = 0.0
    seconds = rng.gamma(2, 1, env.n_bins)
    said = describe_maps(tmp_path, env, fields, occupancy=seconds)
    for field, text in zip(fields[:-1], said[:-1], strict=True):
        assert text == (
            f"peak {np.nanmax(field):.3g} Hz, "
            f"information {spatial_information(field, seconds):.3g} bits/spike, "
            f"coherence {compute_coherence(env, field):.3g}, "
            f"grid score {compute_grid_score(env, field):.3g}, "
            f"border score {compute_border_score(env, field):.3g}"
        )
    assert said[-1] == "peak 0 Hz"


@pytest.mark.parametrize(
    "edges", [[[0, 1, 2, 3, 4]], [[0, 1, 3, 4, 5], [0, 2, 3, 5]]], ids=["line", "uneven"]
)
def test_elsewhere_it_leaves_out_what_needs_a_grid(tmp_path: Path, edges: list[list[int]]) -> None:
    env = Environment.from_grid_edges(edges, units="cm")
    fields = np.random.default_rng(1).gamma(1, 5, (len(IDS), env.n_bins))
    for text in describe_maps(tmp_path, env, fields):
        assert text.startswith("peak ")
        assert "coherence" in text
        assert "information" not in text
        assert "score" not in text
