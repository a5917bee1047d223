"""The backend that a page of the documentation shows passes the suite of all backends."""

import importlib.util
from pathlib import Path

import numpy as np

from neurospatial.testing import BackendTests

DEVELOPING = Path(__file__).parents[2] / "docs" / "developing"

spec = importlib.util.spec_from_file_location("own_backend", DEVELOPING / "own_backend.py")
assert spec is not None
assert spec.loader is not None
own_backend = importlib.util.module_from_spec(spec)
spec.loader.exec_module(own_backend)


class TestOwnBackend(BackendTests):
    backend = own_backend.backend
    unusual_size = {"width": 163, "height": 99}  # noqa: RUF012

    def frame(self, result, i):
        return np.load(result, mmap_mode="r")[i]


def test_the_page_shows_the_backend_that_is_tried():
    page = (DEVELOPING / "own-backend.md").read_text(encoding="utf-8")
    _, _, shown = page.partition("```python\n")
    assert shown.partition("```")[0] == (DEVELOPING / "own_backend.py").read_text(encoding="utf-8")
