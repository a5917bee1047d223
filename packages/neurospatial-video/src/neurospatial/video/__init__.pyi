from neurospatial.backends import check_ffmpeg_available as check_ffmpeg_available
from neurospatial.video.backend import VideoBackend as VideoBackend
from neurospatial.video.backend import backend as backend
from neurospatial.video.estimate import DryRun as DryRun
from neurospatial.video.figure.frames import panel_pixels as panel_pixels
from neurospatial.video.figure.frames import render_frames as render_frames
from neurospatial.video.figure.frames import strip_pixels as strip_pixels
from neurospatial.video.options import VideoOptions as VideoOptions
