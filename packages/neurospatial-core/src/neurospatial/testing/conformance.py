"""The suite that every backend passes, ours and a third party's."""

from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, Protocol

from neurospatial.backends.protocol import Backend
from neurospatial.scene import LAYERS
from neurospatial.testing.cases import CASES, Case, find_untried
from neurospatial.testing.fixture import Fixture
from neurospatial.testing.layouts import LAYOUTS, LINES, find_untried_layouts
from neurospatial.testing.reference import Picture


class _Metafunc(Protocol):
    fixturenames: list[str]

    def parametrize(
        self, argnames: str, argvalues: Sequence[object], *, ids: Sequence[str]
    ) -> None: ...


class BackendTests:
    """Tests of a backend, to be subclassed in its own pytest suite.

    A subclass says which `backend` and how a `frame` is got from what it
    presented; pytest then runs every case of every layer that the backend
    draws, on every layout.

    Attributes
    ----------
    backend : Backend
        The object behind the entry point.
    exact : bool
        Whether the pixels of a field are the reference's own, as they are
        wherever nothing is compressed with loss.
    min_psnr : float
        Without `exact`: least peak signal-to-noise ratio to the reference [dB].
    background : tuple of int
        sRGB seen where a field has no value; whatever, when that is transparent.
    dpi : int
        Passed on, where the backend takes it; sizes in points follow from it.
    unusual_size : mapping
        Options that make a picture of odd width and height, where there are any.
    several_panels : mapping
        Options that give several panels room, where `options` leave little.

    Examples
    --------
    >>> from neurospatial.testing import ReferenceBackend
    >>> class TestReference(BackendTests):
    ...     backend = ReferenceBackend()
    ...
    ...     def frame(self, result, i):
    ...         return result[i]
    """

    backend: Backend[Any]
    exact: bool = True
    min_psnr: float = 35.0
    background: tuple[int, int, int] = (255, 255, 255)
    dpi: int = 100
    unusual_size: Mapping[str, object] = {}
    several_panels: Mapping[str, object] = {}

    def options(self, tmp_path: Path) -> Mapping[str, object]:
        """Return keywords to present with, where the backend needs any.

        Parameters
        ----------
        tmp_path : pathlib.Path
            An empty folder for files; `save_path` is set without being given.
        """
        return {}

    def frame(self, result: Any, i: int) -> Picture:
        """Return frame `i` as RGBA of type uint8, shape (height, width, 4).

        Parameters
        ----------
        result : Any
            What the backend's `present` gave.
        i : int
            Frame, from 0.

        Returns
        -------
        ndarray of uint8
            The first panel, exactly the world rectangle ``panel.view.bounds``:
            no axes, no title, no colour bar.
        """
        raise NotImplementedError("A suite says how it gets a frame: frame(self, result, i)")

    def strip(self, result: Any, i: int, number: int) -> Picture:
        """Return a signal's strip in frame `i` as RGBA, where the backend draws traces.

        Parameters
        ----------
        result : Any
            What the backend's `present` gave.
        i : int
            Frame, from 0.
        number : int
            Which of ``scene.visible_strips``, from 0.

        Returns
        -------
        ndarray of uint8
            Exactly the trace's window of time by its limits: no axes, no title.
        """
        raise NotImplementedError(
            "A suite says how it gets a strip: strip(self, result, i, number)"
        )

    def pytest_generate_tests(self, metafunc: _Metafunc) -> None:
        """Have `test_case` run for every case that concerns the backend, on its layouts."""
        if "case" not in metafunc.fixturenames:
            return
        runs = [(case, name) for case in self.cases() for name in case.layouts]
        ids = [f"{case.about.__name__}-{case.name}-{name}" for case, name in runs]
        metafunc.parametrize("case, layout_name", runs, ids=ids)

    def cases(self) -> list[Case]:
        """List the cases that concern this backend."""
        return [case for case in CASES if case.needs <= self.backend.draws]

    def test_case(self, case: Case, layout_name: str, tmp_path: Path) -> None:
        """Run one case on one layout."""
        case.run(Fixture(self, tmp_path), {**LAYOUTS, **LINES}[layout_name]())

    def test_backend_has_its_members(self) -> None:
        """The object is what `neurospatial.backends.Backend` says."""
        backend = self.backend
        assert backend.name, "name is empty"
        assert isinstance(backend.name, str), "name is no string"
        wrong = [s for s in backend.suffixes if s != f".{s.lower().strip('.')}"]
        assert not wrong, f"{wrong} are no suffixes in lower case with their dot"
        assert isinstance(backend.draws, frozenset), "draws is no frozenset"
        unknown = backend.draws - LAYERS
        assert not unknown, f"draws has {unknown}, which no scene holds"
        assert is_dataclass(backend.Options), "Options is no dataclass"
        parameters = vars(backend.Options)["__dataclass_params__"]
        assert parameters.frozen, "Options is not frozen"
        reason = backend.unavailable()
        assert reason is None, f"the backend cannot run here: {reason}"

    def test_every_layer_is_tried(self) -> None:
        """Each layer that the backend draws has a case on each layout."""
        lacking = find_untried(self.backend.draws)
        assert not lacking, f"There is no case for {', '.join(lacking)}"

    def test_every_layout_is_tried(self) -> None:
        """Each layout that is exported is among those of the cases."""
        lacking = find_untried_layouts()
        assert not lacking, f"{', '.join(lacking)} of neurospatial.layouts is not tried"
