import inspect
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import neurospatial
from neurospatial import Environment, animate_fields
from neurospatial.fields import FieldSeries
from neurospatial.scene import Field, Points
from neurospatial.testing import CountingSource


@dataclass(frozen=True)
class Dot:
    def layers(self, context):
        xy = np.zeros((1, 1, 2), np.float32)
        return (Points(name="Dot", xy=xy, color=(1.0, 0.0, 0.0, 1.0)),)


class Untouchable:
    """Fields whose values must not be looked at."""

    shape, dtype = (6, 12), np.dtype(float)

    def __getitem__(self, key):
        raise AssertionError(f"{key} is read")


def test_file_of_a_third_party(env, poster, tmp_path):
    path = tmp_path / "a.poster"
    shown = animate_fields(env, np.eye(6, 12), save_path=str(path), dpi=50, progress=False,
                           paper_size="A1", title="T", fps=5)  # fmt: skip
    assert shown == path
    ((scene, options),) = poster.presented
    assert (scene.title, scene.timeline.fps, scene.timeline.n_frames) == ("T", 5.0, 6)
    assert (options.save_path, options.dpi, options.progress) == (path, 50, False)
    assert options.paper_size == "A1"


@pytest.mark.usefixtures("wall")
def test_method_and_function_are_one(env):
    fields = np.eye(6, 12)
    method, options = env.animate_fields(fields, backend="wall", brightness=2.0, title="T")
    function, _ = animate_fields(env, fields, backend="wall", title="T")
    assert options.brightness == 2.0
    assert method.title == function.title == "T"
    assert method.panels[0].view == function.panels[0].view


@pytest.mark.usefixtures("wall")
def test_environment_and_fields_in_order_or_by_name(env):
    fields = np.eye(6, 12)
    for scene, _ in (
        animate_fields(env, fields, backend="wall"),
        animate_fields(fields, env=env, backend="wall"),
        animate_fields(env, fields=fields, backend="wall"),
        animate_fields(env=env, fields=fields, backend="wall"),
    ):
        read = scene.panels[0].layers[0].values.read(0, 6)
        np.testing.assert_array_equal(read, fields)


def test_environment_or_fields_missing_or_swapped_are_explained(env):
    fields = np.eye(6, 12)
    with pytest.raises(TypeError, match=r"(?s)given 1 things in order, 0 by name.*HOW"):
        animate_fields(env)
    with pytest.raises(TypeError, match=r"(?s)given 2 things in order, 1 by name.*HOW"):
        animate_fields(env, fields, env=env)
    with pytest.raises(TypeError, match=r"(?s)env is a ndarray.*animate_fields\(env, fields\)"):
        animate_fields(fields, env)


def test_documented_signature():
    defaults = {
        p.name: p.default
        for p in inspect.signature(neurospatial.animate_fields).parameters.values()
        if p.default is not p.empty
    }
    documented = {
        "backend": "auto", "save_path": None, "fps": 30, "cmap": "viridis", "vmin": None,
        "vmax": None, "frame_labels": None, "title": None, "dpi": 100, "overlays": None,
        "frame_times": None, "speed": None, "show_regions": False, "region_alpha": 0.3,
        "overlay_trajectory": None, "progress": True,
    }  # fmt: skip
    assert documented.items() <= defaults.items()


def test_layers_that_are_not_drawn_are_left_out_with_a_warning(env, poster):
    with pytest.warns(UserWarning, match=r"poster backend does not draw Dot \(Points layers\)"):
        animate_fields(env, np.eye(6, 12), save_path="a.poster", overlays=[Dot()])
    ((scene, _),) = poster.presented
    assert scene.layer_types == {Field}


@pytest.mark.usefixtures("wall")
def test_drawn_layers_come_without_a_word(env):
    scene, _ = animate_fields(env, np.eye(6, 12), backend="wall", overlays=[Dot()])
    assert scene.layer_types == {Field, Points}


def test_missing_dependency_is_found_before_a_value_is_read(env, poster):
    poster.missing = "It needs paper."
    with pytest.raises(ImportError, match="It needs paper"):
        animate_fields(env, Untouchable(), save_path="a.poster", overlays=[object()])


@pytest.mark.usefixtures("poster")
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"save_path": "a.poster", "papersize": 1}, TypeError),
        ({"save_path": "a.poster", "paper_size": "A9"}, ValueError),
        ({"save_path": "a.xyz"}, ValueError),
        ({"backend": "postr"}, ValueError),
    ],
    ids=["keyword", "value", "suffix", "backend"],
)
def test_options_are_checked_before_a_value_is_read(env, wrong, error):
    with pytest.raises(error):
        animate_fields(env, Untouchable(), **wrong)


def test_nothing_is_read_with_given_limits(env, poster):
    source = CountingSource(np.zeros((6, 12)))
    animate_fields(env, source, save_path=Path("a.poster"), vmin=0, vmax=1)
    animate_fields(env, {"a": source, "b": source}, save_path="a.poster", vmin=0, vmax=1)
    assert source.reads == []
    assert len(poster.presented) == 2


@pytest.mark.usefixtures("wall")
@pytest.mark.parametrize("fields", [[], {}, np.zeros((0, 12)), np.zeros(()), np.zeros(13)],
                         ids=["list", "dict", "array", "number", "one field"])  # fmt: skip
def test_wrong_fields_are_explained(env, fields):
    with pytest.raises(ValueError, match=r"(?s)(fields is empty|All fields must).*WHY.*HOW"):
        animate_fields(env, fields, backend="wall")


@pytest.mark.usefixtures("wall")
def test_generator_is_explained(env):
    with pytest.raises(TypeError, match=r"fields is a generator"):
        animate_fields(env, (x for x in np.eye(6, 12)), backend="wall")


@pytest.mark.usefixtures("wall")
def test_bare_environment_is_refused():
    text = "Environment must be fitted before calling this method"
    with pytest.raises(RuntimeError, match=text):
        animate_fields(Environment(), np.eye(6, 12), backend="wall")
    with pytest.raises(RuntimeError, match=text):
        Environment().animate_fields(np.eye(6, 12), backend="wall")


@pytest.mark.usefixtures("wall")
@pytest.mark.parametrize(
    ("units", "options", "label"),
    [
        (["Hz"], {}, "Hz"),
        (["Hz"], {"colorbar_label": ""}, ""),
        (["Hz"], {"colorbar_label": "rate"}, "rate"),
        ([""], {}, ""),
        (["Hz", "Hz"], {}, "Hz"),
        (["Hz", ""], {}, "Hz"),
        (["Hz", "%"], {"link": None}, None),
    ],
)
def test_a_series_labels_its_own_colours(env, units, options, label):
    made = [FieldSeries(np.eye(6, 12), np.arange(6.0), env, unit=unit) for unit in units]
    fields = made[0] if len(made) == 1 else dict(zip("ab", made, strict=True))
    scene, _ = animate_fields(env, fields, backend="wall", **options)
    labels = [panel.fields[0].color.label for panel in scene.panels]
    assert labels == (units if label is None else [label] * len(units))


@pytest.mark.usefixtures("wall")
def test_values_of_two_units_have_no_common_colours(env):
    made = {
        unit: FieldSeries(np.eye(6, 12), np.arange(6.0), env, unit=unit) for unit in ("Hz", "%")
    }
    with pytest.raises(ValueError, match=r"(?s)colorbar_label of panel 'Hz'.*Pass link=None"):
        animate_fields(env, made, backend="wall")
