import inspect
from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.scene import SceneOptions, compile_scene
from neurospatial.scene.compile.scene_options import make_scene_options


@pytest.fixture
def env():
    edges = [np.arange(4.0), np.arange(3.0)]
    return Environment.from_mask(np.ones((3, 2), bool), edges)


def test_options_and_keywords_make_the_same_scene(env):
    values = np.eye(6)
    by_options = compile_scene(env, values, SceneOptions(title="T", fps=5, vmax=2))
    by_keywords = compile_scene(env, values, title="T", fps=5, vmax=2)
    for scene in (by_options, by_keywords):
        assert (scene.title, scene.timeline.fps) == ("T", 5.0)
        assert scene.panels[0].colorbar.vmax == 2.0


def test_keywords_change_options(env):
    scene = compile_scene(env, np.eye(6), SceneOptions(title="A", fps=5), title="B")
    assert (scene.title, scene.timeline.fps) == ("B", 5.0)


def test_unknown_keyword_names_the_nearest(env):
    with pytest.raises(TypeError, match=r"no option 'tittle'\. Did you mean 'title'\?.*cmap"):
        compile_scene(env, np.eye(6), tittle="T")


@pytest.mark.parametrize("wrong", [{"fps": 0}, {"speed": -1}, {"region_alpha": 2}])
def test_they_check_themselves(wrong):
    with pytest.raises(ValueError, match=rf"(?s)^{next(iter(wrong))} is.*WHY.*HOW"):
        SceneOptions(**wrong)
    with pytest.raises(ValueError, match=next(iter(wrong))):
        make_scene_options(SceneOptions(), wrong)


def test_they_are_frozen():
    with pytest.raises(FrozenInstanceError):
        SceneOptions().fps = 3


def test_the_signature_lists_them():
    listed = inspect.signature(compile_scene).parameters
    assert [*listed] == [
        "env",
        "fields",
        "options",
        *(field.name for field in fields(SceneOptions)),
    ]
    assert listed["fps"].default == SceneOptions().fps
