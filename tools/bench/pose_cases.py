"""A film of two flies with their poses over it, in its own pixels."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tools.bench import data, our_cases

if TYPE_CHECKING:
    from neurospatial.scene import PanelSpec

_DPI = 72
"""So that a point is a pixel."""


def video(save_path: str) -> dict[str, float]:
    """Write the film with poses over it; seconds of the one call, reading included."""
    from neurospatial import animate
    from neurospatial.overlays import CameraPanel, from_sleap

    panel = CameraPanel(data.FLY_CLIP)
    figsize = _find_figsize(panel)
    begin = time.perf_counter()
    poses = from_sleap(data.FLY_POSES, fps=data.FLY_FPS)
    animate(
        CameraPanel(data.FLY_CLIP, overlays=poses),
        save_path=save_path,
        fps=data.FLY_FPS,
        figsize=figsize,
        dpi=_DPI,
        progress=False,
    )
    return {"seconds": time.perf_counter() - begin}


def first_frame(folder: str) -> dict[str, float]:
    """Write a film of one frame with every mark; seconds since the process was made."""
    our_cases.video(folder, f"{folder}/first.mp4", 1, "marks", None)
    return {"seconds": _read_age()}


def _find_figsize(panel: "PanelSpec") -> tuple[float, float]:
    """Find the smallest figure in which a panel of square pictures has their size [inch]."""
    from neurospatial.scene import compile_panels
    from neurospatial.scene.figure_layout import compute_layout

    scene = compile_panels([panel])
    x_min, _, x_max, _ = scene.panels[0].view.bounds
    wanted = round(x_max - x_min)
    tries = range(wanted, 2 * wanted, 2)
    room = 3 * wanted
    width = next(
        x for x in tries if compute_layout(scene, (x, room), 1.0).panels[0].width >= wanted
    )
    height = next(
        y for y in tries if compute_layout(scene, (room, y), 1.0).panels[0].height >= wanted
    )
    return width / _DPI, height / _DPI


def _read_age() -> float:
    """Read how long ago this process began [s], to a hundredth."""
    ticks = int(Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19])
    since_boot = time.clock_gettime(time.CLOCK_BOOTTIME)
    return since_boot - ticks / os.sysconf("SC_CLK_TCK")
