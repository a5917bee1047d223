"""Where a camera's pictures lie in the environment."""

import numpy as np
from numpy.typing import NDArray

from neurospatial.errors import explain
from neurospatial.overlays.camera.calibration import VideoCalibration
from neurospatial.overlays.camera.rectify import rectify
from neurospatial.overlays.camera.rgb_frames import RGBFrames, get_frame_size
from neurospatial.scene import Affine2D, Bounds, OverlayContext, Raster, Source
from neurospatial.validate import warn_user


def place_frames(
    pictures: RGBFrames, calibration: VideoCalibration | None, context: OverlayContext
) -> tuple[Source, Affine2D]:
    """Place pictures in the environment.

    Parameters
    ----------
    pictures : RGBFrames
    calibration : VideoCalibration or None
        Without one, the pictures are stretched over the bounds of the environment.
    context : OverlayContext

    Returns
    -------
    frames : Source
        The pictures, laid flat where the camera looks at an angle or through a lens.
    px_to_world : Affine2D
        From their pixels to the world.

    Raises
    ------
    ValueError
        If the calibration is for pictures of another size, or they show nothing
        of the environment.

    Warns
    -----
    UserWarning
        If there is no calibration.
    """
    _, height, width, _ = pictures.shape
    if calibration is None:
        _warn_uncalibrated(pictures, context)
        raster = Raster(width, height, context.bounds, context.y_down)
        return pictures, raster.world_to_px.inverse
    _check_size(calibration, get_frame_size(pictures.source))
    transform = calibration.transform_px_to_cm
    edges = [(0, 0), (width, 0), (width, height), (0, height)]
    if isinstance(transform, Affine2D) and calibration.lens is None:
        px_to_world = transform @ pictures.to_video_px
        corners = px_to_world(edges)
        if not _is_overlapping(corners, context.bounds):
            raise _make_out_of_view_error(corners, context)
        return pictures, px_to_world
    flat = rectify(pictures, calibration, context.bounds)
    if flat is None:
        raise _make_out_of_view_error(calibration.apply(pictures.to_video_px(edges)), context)
    return flat, flat.px_to_world


def _is_overlapping(corners: NDArray[np.float64], bounds: Bounds) -> bool:
    low, high = np.reshape(bounds, (2, 2))
    return bool(np.all((corners.min(axis=0) < high) & (corners.max(axis=0) > low)))


def _format_bounds(low: NDArray[np.float64], high: NDArray[np.float64], units: str) -> str:
    x, y = (f"[{a:.4g}, {b:.4g}]" for a, b in zip(low, high, strict=True))
    return f"x {x}, y {y} {units}".rstrip()


def _make_out_of_view_error(corners: NDArray[np.float64], context: OverlayContext) -> ValueError:
    low, high = np.reshape(context.bounds, (2, 2))
    units = context.units
    shown = _format_bounds(corners.min(axis=0), corners.max(axis=0), units)
    return ValueError(
        explain(
            "VideoOverlay: the calibrated picture shows nothing of the environment.\n"
            f"  Picture: {shown}\n"
            f"  Environment: {_format_bounds(low, high, units)}",
            "The picture is placed by its calibration, and would lie out of view.",
            [
                "Calibrate with this environment: calibrate_video(source, env, ...)",
                f"Check that landmarks_env are in its unit{units and f' ({units})'}.",
                "Check the crop.",
            ],
        )
    )


def _warn_uncalibrated(pictures: RGBFrames, context: OverlayContext) -> None:
    _, _, width, height = pictures.crop
    low, high = np.reshape(context.bounds, (2, 2))
    ratio = (high[0] - low[0]) / width / ((high[1] - low[1]) / height)
    warn_user(
        "VideoOverlay has no calibration: the picture is stretched over the environment.\n"
        f"  Picture: {width} x {height} px\n"
        f"  Environment: {_format_bounds(low, high, context.units)}\n"
        f"  A pixel becomes {ratio:.3g} times as wide as high.\n\n"
        "  It need not lie where the camera saw it. Calibrate: "
        "calibrate_video(source, env, landmarks_px=..., landmarks_env=...)"
    )


def _check_size(calibration: VideoCalibration, size: tuple[int, int]) -> None:
    if calibration.frame_size_px != size:
        made_for = " x ".join(map(str, calibration.frame_size_px))
        raise ValueError(
            explain(
                f"VideoOverlay: the calibration is for pictures of {made_for} px, and these "
                f"have {size[0]} x {size[1]} px.",
                "It says where each pixel of a picture of that size lies.",
                [
                    "Calibrate with this source: calibrate_video(source, env, ...)",
                    "Pass the pictures as recorded, and crop= and downsample= here.",
                ],
            )
        )
