"""Scenes of what was kept in a file, and of the demonstration."""

from os import PathLike
from typing import TYPE_CHECKING

import numpy as np

from neurospatial.scene.compile.compile import compile_scene
from neurospatial.scene.scene import Scene

if TYPE_CHECKING:
    from neurospatial.environment import Environment


def open_scene(path: str | PathLike[str]) -> Scene:
    """Make a scene of an npz of fields, or of an environment that `save` wrote.

    Parameters
    ----------
    path : path-like
        An npz of the arrays that `neurospatial render` takes; or one written by
        `Environment.save`, whose bins are then shown by their numbers, with all
        its regions.

    Returns
    -------
    Scene

    Raises
    ------
    OSError
        If the file is missing or may not be read.
    ValueError, TypeError
        If it is not an npz, damaged, does not say which space its fields live
        on, or what it holds does not fit together.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from neurospatial import Environment
    >>> env = Environment.from_mask(np.ones((3, 2), bool), [np.arange(4.0), np.arange(3.0)])
    >>> with TemporaryDirectory() as folder:
    ...     env.save(f"{folder}/arena.npz")
    ...     scene = open_scene(f"{folder}/arena.npz")
    >>> scene.panels[0].fields[0].values.read(0, 1)
    array([[0., 1., 2., 3., 4., 5.]])
    """
    from neurospatial.environment import Environment
    from neurospatial.fields import read_fields_file

    held = read_fields_file(path)
    # Only an environment has a header, and it says itself what is wrong with it.
    if "fields" not in held.arrays and "header" in {*held.arrays, *held.unreadable}:
        return _make_bins_scene(Environment.load(path))
    fields = held.fields()
    return compile_scene(held.environment(), fields, **held.keywords())


def demo_scene() -> Scene:
    """Make the scene that `neurospatial demo` shows.

    Examples
    --------
    >>> demo_scene().timeline.n_frames
    840
    """
    from neurospatial.samples import demo_session

    session = demo_session()
    return compile_scene(session.environment, session.fields, **session.keywords())


def _make_bins_scene(env: "Environment") -> Scene:
    from neurospatial.layouts import is_linear

    numbers = np.arange(env.n_bins, dtype=np.float64)[None]
    return compile_scene(
        env,
        numbers,
        title=env.name,
        show_regions=True,
        track="ribbon" if is_linear(env.layout) else "line",
        colorbar_label="bin",
    )
