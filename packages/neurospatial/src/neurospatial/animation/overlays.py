"""The overlays under the documented path, and an answer to what is asked for there."""

from neurospatial._lazy import attach_stub
from neurospatial.errors import explain

_ANSWERS = {
    "_convert_overlays_to_data": explain(
        "neurospatial.animation.overlays has no _convert_overlays_to_data.",
        "animate_fields aligns overlays by itself, each keypoint on its own times.",
        [
            "Hand the overlay over: env.animate_fields(fields, overlays=[overlay], "
            "frame_times=times).",
            "Pass the times of each keypoint: BodypartOverlay(data, {'nose': nose_times, ...}).",
            "Look at what is drawn: neurospatial.scene.compile_scene(env, fields, "
            "overlays=[overlay], frame_times=times).",
        ],
    )
}

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__, _ANSWERS)
