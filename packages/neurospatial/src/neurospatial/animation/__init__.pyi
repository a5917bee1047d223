from neurospatial.backends import animate as animate
from neurospatial.backends import animate_fields as animate_fields
from neurospatial.backends import check_ffmpeg_available as check_ffmpeg_available
from neurospatial.backends import large_session_napari_config as large_session_napari_config
from neurospatial.overlays import BodypartOverlay as BodypartOverlay
from neurospatial.overlays import CameraPanel as CameraPanel
from neurospatial.overlays import EventOverlay as EventOverlay
from neurospatial.overlays import HeadDirectionOverlay as HeadDirectionOverlay
from neurospatial.overlays import Lens as Lens
from neurospatial.overlays import ObjectVectorOverlay as ObjectVectorOverlay
from neurospatial.overlays import PositionOverlay as PositionOverlay
from neurospatial.overlays import RegionOverlay as RegionOverlay
from neurospatial.overlays import Skeleton as Skeleton
from neurospatial.overlays import TimeSeriesOverlay as TimeSeriesOverlay
from neurospatial.overlays import VideoCalibration as VideoCalibration
from neurospatial.overlays import VideoOverlay as VideoOverlay
from neurospatial.overlays import VideoReader as VideoReader
from neurospatial.overlays import calibrate_video as calibrate_video
from neurospatial.overlays import from_dlc as from_dlc
from neurospatial.overlays import from_movement as from_movement
from neurospatial.overlays import from_pynapple as from_pynapple
from neurospatial.overlays import from_sleap as from_sleap
from neurospatial.scene import FieldPanel as FieldPanel
from neurospatial.scene import (
    estimate_colormap_range_from_subset as estimate_colormap_range_from_subset,
)
from neurospatial.scene import subsample_frames as subsample_frames
