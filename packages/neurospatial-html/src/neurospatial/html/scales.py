"""The colours of a bundle's values: fields and colour bars name them by number."""

from neurospatial.html.store import ChunkStore
from neurospatial.scene import ColorScale

Entry = dict[str, object]


class Scales:
    """Numbers the scales of a scene; panels that share one are linked, and have one number.

    Parameters
    ----------
    store : ChunkStore
        Keeps their colour tables, equal ones once.
    """

    def __init__(self, store: ChunkStore) -> None:
        self._store = store
        self._numbers: dict[int, int] = {}
        self.entries: list[Entry] = []

    def find(self, scale: ColorScale | None) -> int | None:
        """Find the number of a scale; None of none."""
        if scale is None:
            return None
        if id(scale) not in self._numbers:
            self._numbers[id(scale)] = len(self.entries)
            self.entries.append(self._encode(scale))
        return self._numbers[id(scale)]

    def _encode(self, scale: ColorScale) -> Entry:
        lut = scale.rgba_lut
        return {
            "vmin": float(scale.vmin),
            "vmax": float(scale.vmax),
            "lut": self._store.add_array(
                lut.tobytes(), "uint8", lut.shape, lambda start, stop: lut[start:stop]
            ),
            "label": scale.label,
        }
