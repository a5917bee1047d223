"""From an environment and its fields to a scene."""

from typing import TYPE_CHECKING, Unpack

from neurospatial.scene.compile.compile_panels import compile_panels
from neurospatial.scene.compile.fields.read_fields import name_panels
from neurospatial.scene.compile.panels.field_panel import make_field_panels
from neurospatial.scene.compile.scene_options import (
    SceneKeywords,
    SceneOptions,
    list_scene_keywords,
    make_scene_options,
)
from neurospatial.scene.scene import Scene
from neurospatial.scene.source import FieldsLike, as_source

if TYPE_CHECKING:
    from neurospatial.environment.base import BaseEnvironment


@list_scene_keywords()
def compile_scene(
    env: "BaseEnvironment",
    fields: FieldsLike,
    options: SceneOptions | None = None,
    **keywords: Unpack[SceneKeywords],
) -> Scene:
    """Check and align everything the user gave, and say it as one immutable scene.

    Parameters
    ----------
    env : BaseEnvironment
        A fitted environment of two dimensions, or of one.
    fields : FieldsLike
        As for `neurospatial.animate_fields`.
    options : SceneOptions or None
        None for those of a scene by default.
    **keywords
        Those of `SceneOptions`, to be changed.

    Returns
    -------
    Scene
        Holds neither the environment nor the overlays.

    Raises
    ------
    TypeError, ValueError
        For whatever cannot be shown: all validation happens here.
    RuntimeError
        If the environment is not fitted.
    """
    asked = make_scene_options(options, keywords)
    named = name_panels(fields)
    if not named:
        as_source([])  # It says that there is no frame to show.
    return compile_panels(make_field_panels(env, list(named.items()), asked), asked)
