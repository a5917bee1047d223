"""One application, one screen and one viewer for all tests of the viewer."""

import gc
import warnings

import pytest

from tests.napari.screen import needs_screen, start_virtual_screen


@pytest.fixture(scope="session")
def screen():
    return start_virtual_screen() if needs_screen() else None


@pytest.fixture(autouse=True)
def _on_screen(screen, monkeypatch):
    """Other rooms' tests see the machine as it is."""
    if screen is not None:
        monkeypatch.setenv("DISPLAY", screen)


@pytest.fixture(scope="session")
def qapp(screen, tmp_path_factory):
    """Qt, with napari's settings in a folder of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAPARI_CONFIG", str(tmp_path_factory.mktemp("napari") / "settings.yaml"))
        patch.setenv("LIBGL_ALWAYS_SOFTWARE", "1")
        patch.setenv("LP_NUM_THREADS", "1")  # the tests run on every core already
        if screen is not None:
            patch.setenv("DISPLAY", screen)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # napari's own, about what it is built of
            import napari
            from napari.qt import get_qapp

            app = get_qapp()
            napari.Viewer().close()
        app.processEvents()
        # napari collects garbage whenever layers go: what is imported by now never is any.
        gc.collect()
        gc.freeze()
        yield app
        gc.unfreeze()


@pytest.fixture(scope="session")
def opened(qapp):
    """The viewers that are used again."""
    viewers = []
    yield viewers
    for viewer in viewers:
        viewer.close()
    qapp.processEvents()


@pytest.fixture
def viewer(opened, qapp):
    """An empty viewer, which many tests use one after another."""
    import napari
    from qtpy.QtCore import QEvent

    from neurospatial.napari import animation_of

    opened[:] = [viewer for viewer in opened if viewer in napari.Viewer._instances]
    if not opened:
        opened.append(napari.Viewer())
    (viewer,) = opened
    yield viewer
    animation = animation_of(viewer)
    if animation is not None:
        animation.close()
    viewer.layers.clear()
    qapp.processEvents()
    # Only a running application deletes what was asked to be deleted later.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
