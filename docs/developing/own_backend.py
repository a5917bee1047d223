"""A whole backend: frames as one array in a file, for any program that reads NumPy."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from neurospatial.scene import NOTHING, Field, Layer, Scene

PAPER = (255, 255, 255, 255)
"""What is seen where a field has no value: white, as on a page."""


@dataclass(frozen=True)
class ArrayOptions:
    """What a user may choose; `save_path` is filled from the call's own."""

    save_path: Path
    width: int = 320
    height: int = 240

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"The size is {self.width} by {self.height} px: it holds no pixel.")


class ArrayBackend:
    """Writes the first panel of a scene as (n_frames, height, width, 4) of type uint8."""

    name: str = "array"
    suffixes: tuple[str, ...] = (".npy",)
    draws: frozenset[type[Layer]] = frozenset({Field})
    Options = ArrayOptions

    def unavailable(self) -> str | None:
        """Return None: it needs nothing but NumPy, which is always here."""
        return None

    def present(self, scene: Scene, options: ArrayOptions) -> Path:
        """Write the file and return its path."""
        panel = scene.panels[0]
        shape = (scene.timeline.n_frames, options.height, options.width, 4)
        draft = options.save_path.with_name(f".{options.save_path.name}")
        frames = np.lib.format.open_memmap(draft, mode="w+", dtype=np.uint8, shape=shape)
        frames[:] = PAPER
        for field in panel.fields:
            colors = field.color.rgba_lut
            for frame in range(len(frames)):
                # The bin under each pixel; of a view that stays, it is kept.
                raster = panel.view.make_raster(options.width, options.height, frame)
                index = field.geometry.index_map(raster)
                values = field.shown.read(frame, frame + 1)[0]  # nothing else is read
                codes = np.append(field.color.quantise(values), np.uint8(NOTHING))
                drawn = colors[codes[index]]
                seen = drawn[..., 3] > 0
                frames[frame][seen] = drawn[seen]
        frames.flush()
        draft.replace(options.save_path)  # whole, or not at all
        return options.save_path


backend = ArrayBackend()
