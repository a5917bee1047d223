"""From a scene to a finished file."""

from pathlib import Path

from neurospatial.output import replace_when_whole
from neurospatial.progress import show_progress
from neurospatial.scene import Scene
from neurospatial.video.encode.parts import write_parts
from neurospatial.video.estimate import DryRun, estimate_video
from neurospatial.video.figure.chrome import draw_chrome
from neurospatial.video.options import VideoOptions


def write_video(scene: Scene, options: VideoOptions) -> Path | DryRun:
    """Write the file that the options ask for, or estimate what it takes.

    Parameters
    ----------
    scene : Scene
    options : VideoOptions

    Returns
    -------
    pathlib.Path or DryRun

    Raises
    ------
    OSError
        If the file cannot be written; what was there before is left as it was.
    """
    chrome = draw_chrome(
        scene, options.choose_size(scene), options.dpi, transparent=options.transparent
    )
    if options.dry_run:
        estimate = estimate_video(scene, chrome, options)
        print(estimate)
        return estimate
    n_frames = scene.timeline.n_frames
    with (
        replace_when_whole(options.path) as draft,
        show_progress(options.progress, n_frames, f"Writing {options.path.name}") as advance,
    ):
        if options.chosen_codec == "gif":
            from neurospatial.video.encode.gif import write_gif

            write_gif(draft, scene, chrome, options, range(n_frames), advance)
        else:
            write_parts(draft, scene, chrome, options, advance)
    return options.path
