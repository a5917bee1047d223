"""Measure every codec and preset: ``tools/uv run python -m tools.bench.presets``."""

import os
import tempfile
import time
from pathlib import Path

import av
import numpy as np

from neurospatial.scene import Scene
from neurospatial.video import VideoOptions, backend, render_frames
from neurospatial.video.formats import HOLDS, PRESETS
from tools.bench import data, our_cases

_FRAMES = 300
_SEEN = range(5, _FRAMES, 50)
_TABLE = Path(__file__).parents[2] / "docs" / "benchmarks" / "presets.md"
_HEADER = f"""# Presets

`tools/uv run python -m tools.bench.presets`: {_FRAMES} frames of the benchmark's grid with every
mark, 800 × 600, on {os.cpu_count()} cores. The likeness is the lowest peak signal-to-noise ratio
[dB] of the frames looked at, against the picture before encoding. Chroma is kept for every second
pixel in all of them, which alone costs as much as the best rows show.

| codec | preset | frames/s | KB a frame | likeness [dB] |
|---|---|---|---|---|
"""


def _make_row(scene: Scene, folder: Path, suffix: str, codec: str, preset: str) -> str:
    path = folder / f"{codec}{suffix}"
    options = VideoOptions(save_path=path, codec=codec, preset=preset, progress=False)  # type: ignore[arg-type]
    began = time.perf_counter()
    backend.present(scene, options)
    rate = _FRAMES / (time.perf_counter() - began)
    wanted = dict(zip(_SEEN, render_frames(scene, options, _SEEN), strict=True))
    likeness = []
    with av.open(str(path)) as file:
        for number, frame in enumerate(file.decode(video=0)):
            if number in wanted:
                error = frame.to_ndarray(format="rgb24").astype(float) - wanted[number]
                likeness.append(10 * np.log10(255**2 / np.mean(error**2)))
    size = path.stat().st_size / _FRAMES / 1000
    return f"| {codec} | {preset} | {rate:.0f} | {size:.1f} | {min(likeness):.1f} |\n"


def main() -> None:
    """Write the table."""
    usual = {codec: suffix for suffix, codecs in HOLDS.items() for codec in codecs[:1]}
    usual |= {codec: ".mp4" for codec in HOLDS[".mp4"] if codec not in usual}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data.write(folder, _FRAMES)
        scene = our_cases.scene(name, _FRAMES, "marks")
        rows = [
            _make_row(scene, folder, suffix, codec, preset)
            for codec, suffix in sorted(usual.items())
            for preset in (PRESETS if codec != "gif" else PRESETS[1:2])
        ]
    _TABLE.write_text(_HEADER + "".join(rows))
    print("".join(rows))


if __name__ == "__main__":
    main()
