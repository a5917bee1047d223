"""What a page of panels that are slow, or stay, holds once: the bytes of its chunks."""

import numpy as np

from neurospatial.scene import FieldPanel, Points, SceneOptions, compile_panels, rgba
from neurospatial.testing.scenes import FixedOverlay
from tests.html.pages import ParsedPage, layers_of, room, write

N_FRAMES = 5000


def weigh_fields(page: ParsedPage, panel: int) -> int:
    """Bytes of the chunks of a panel's field, its index of frames with them."""
    field = layers_of(page.bundle, panel)["Field"]
    arrays = [field[name]["name"] for name in ("values", "frame_index") if field[name]]
    return sum(len(data) for name, data in page.chunks.items() if name.split("/")[0] in arrays)


def test_rows_that_are_shown_for_long_are_in_the_page_once(tmp_path):
    env, rng = room(40, 30), np.random.default_rng(0)
    rows, times = rng.uniform(size=(10, env.n_bins)), np.arange(N_FRAMES) / 50
    animal = Points(
        name="Animal", xy=rng.uniform(0, 100, (N_FRAMES, 1, 2)).astype(np.float32),
        color=rgba("red"),
    )  # fmt: skip
    panels = [
        FieldPanel(
            env, rows[0], frame_times=times, title="still", overlays=FixedOverlay([animal])
        ),
        FieldPanel(env, rows, frame_times=times[:: N_FRAMES // 10], title="slow"),
    ]
    scene = compile_panels(panels, SceneOptions(link=None))
    page = ParsedPage(write(scene, tmp_path / "page.html").read_text("utf-8"))
    assert page.header["n_frames"] == N_FRAMES
    # Noise takes a byte a bin and row; 5,000 rows would be 6 MB.
    assert weigh_fields(page, 0) < 1.1 * env.n_bins + 200
    assert weigh_fields(page, 1) < 11 * env.n_bins + 200
