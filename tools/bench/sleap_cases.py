"""The film of two flies as sleap-io writes it, with its own settings."""

import time
from importlib import import_module

from tools.bench import data


def video(save_path: str) -> dict[str, float]:
    """Write the film with poses over it; seconds of the calls, reading included."""
    sleap_io = import_module("sleap_io")

    begin = time.perf_counter()
    labels = sleap_io.load_slp(str(data.FLY_POSES))
    labels.video.replace_filename(str(data.FLY_CLIP))
    sleap_io.render_video(labels, save_path, show_progress=False)
    return {"seconds": time.perf_counter() - begin}
