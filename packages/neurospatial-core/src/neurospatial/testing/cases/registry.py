"""The cases that a backend has to pass, and what each is about."""

from collections.abc import Callable
from dataclasses import dataclass

from neurospatial.layouts import Layout
from neurospatial.scene import LAYERS, Curve, Field, Layer
from neurospatial.testing.fixture import Fixture
from neurospatial.testing.layouts import LAYOUTS, LINES

Run = Callable[[Fixture, Layout], None]

CASES: "list[Case]" = []


@dataclass(frozen=True)
class Case:
    """Something that a backend can get wrong.

    Parameters
    ----------
    run : callable
        Shows scenes by a fixture, and raises AssertionError when they are wrong.
    about : type of Layer
    needs : frozenset of type
        Layers that the backend has to draw, for the case to concern it.
    layouts : tuple of str
        Names in `LAYOUTS`, or `LINES` for curves, on which it is tried.
    """

    run: Run
    about: type[Layer]
    needs: frozenset[type[Layer]]
    layouts: tuple[str, ...]

    @property
    def name(self) -> str:
        """What a report calls it."""
        return self.run.__name__


def register_case(
    about: type[Layer], *also: type[Layer], layouts: tuple[str, ...] | None = None
) -> Callable[[Run], Run]:
    """Enter a function in the registry of cases.

    Parameters
    ----------
    about : type of Layer
    *also : type of Layer
        What else has to be drawn; a field has, but for curves.
    layouts : tuple of str or None
        The layouts to try it on; None for all.
    """

    def register(run: Run) -> Run:
        needs: frozenset[type[Layer]] = frozenset({about, *also} | _get_ground_layers(about))
        CASES.append(
            Case(run, about, needs, _get_layout_names(about) if layouts is None else layouts)
        )
        return run

    return register


def find_untried(draws: frozenset[type[Layer]]) -> list[str]:
    """Say which layers of those that a backend draws lack a case on some layout.

    Examples
    --------
    >>> find_untried(frozenset({Field}))
    []
    """
    lacking = []
    for layer in sorted(draws & LAYERS, key=lambda kind: kind.__name__):
        on = {name for case in CASES if case.about is layer for name in case.layouts}
        lacking += [
            f"{layer.__name__} on {name}" for name in _get_layout_names(layer) if name not in on
        ]
    return lacking


def _get_layout_names(about: type[Layer]) -> tuple[str, ...]:
    return tuple(LINES if about is Curve else LAYOUTS)


def _get_ground_layers(about: type[Layer]) -> set[type[Layer]]:
    return set() if about is Curve else {Field}
