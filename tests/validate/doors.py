"""The public doors by which arrays and numbers come in, by what is asked of them there.

A door is written ``callable(parameter)``, the callable as it is called below `neurospatial`,
and comes with how a value is handed to that parameter, everything else being right.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from neurospatial import (
    Environment,
    Region,
    Regions,
    animate_fields,
    compute_autocorrelogram,
    compute_border_score,
    compute_coherence,
    compute_grid_score,
    compute_place_field,
    compute_place_fields,
    compute_rayleigh,
    compute_stability,
    compute_transition_matrix,
    compute_tuning_curves,
    compute_tuning_map,
    compute_value_function,
    decode_positions,
)
from neurospatial.fields import (
    compute_directional_fields,
    detect_fields,
    lap_windows,
    running_velocity,
    sliding_windows,
    sparsity,
    spatial_information,
)
from neurospatial.layouts import GraphTrack, RegularGrid, TriangularMesh
from neurospatial.nwb import write_fields, write_overlays
from neurospatial.overlays import (
    CameraPanel,
    EventOverlay,
    HeadDirectionOverlay,
    Lens,
    ObjectVectorOverlay,
    PositionOverlay,
    Projective2D,
    TimeSeriesOverlay,
    VideoCalibration,
)
from neurospatial.samples import (
    simulate_boundary_cells,
    simulate_grid_cells,
    simulate_head_direction_cells,
    simulate_object_vector_cells,
    simulate_place_cells,
)
from neurospatial.scene import Affine2D, compile_scene, estimate_colormap_range_from_subset
from tests.validate.right import (
    CALIBRATION,
    CIRCLE,
    CLICKED,
    CONTEXT,
    FIELD,
    FIELDS,
    FILM,
    GRAPH,
    LENS,
    LINEAR,
    PLACES,
    PLANE,
    QUIET,
    TIMES,
    TRACK,
    UPRIGHT,
    calibrate,
    extend,
    make_film,
    make_pose,
    show,
    write,
    write_maps,
)

Hand = Callable[[object], object]

_NEVER = {"save_path": "never.html", "progress": False}
_ANIMATED = {
    "animate_fields": partial(animate_fields, PLANE, **_NEVER),
    "Environment.animate_fields": partial(PLANE.animate_fields, **_NEVER),
}
_BATCH = partial(compute_place_fields, progress=False)
_DECODE = partial(decode_positions, PLANE, progress=False)
_DECODE_ALL = partial(_DECODE, FIELDS, [TIMES] * 3)
_THREE = (0.0, 3.0, 1.0)
_STABILITY = partial(compute_stability, progress=False)
_MEASURES = {
    "compute_autocorrelogram": partial(compute_autocorrelogram, PLANE),
    "compute_border_score": partial(compute_border_score, PLANE),
    "compute_coherence": partial(compute_coherence, PLANE),
    "compute_grid_score": partial(compute_grid_score, PLANE),
}
_BOTH_WAYS = partial(compute_directional_fields, progress=False)
_SAMPLED = {
    "Environment.occupancy": PLANE.occupancy,
    "Environment.region_visits": PLANE.region_visits,
    "Environment.bin_sequence": PLANE.bin_sequence,
    "Environment.transitions": PLANE.transitions,
    "compute_place_field": partial(compute_place_field, PLANE, TIMES),
    "compute_place_fields": partial(_BATCH, PLANE, [TIMES]),
    "compute_stability": partial(_STABILITY, PLANE, [TIMES]),
    "compute_transition_matrix": partial(compute_transition_matrix, PLANE),
    "compute_tuning_map": partial(compute_tuning_map, PLANE, LINEAR),
    "fields.lap_windows": partial(lap_windows, PLANE, start="begin", stop="end"),
    "samples.simulate_boundary_cells": simulate_boundary_cells,
    "samples.simulate_grid_cells": simulate_grid_cells,
    "samples.simulate_object_vector_cells": partial(
        simulate_object_vector_cells, objects=[[1.0, 1.0]]
    ),
    "samples.simulate_place_cells": simulate_place_cells,
}
_ON_TRACK = {
    "fields.compute_directional_fields": partial(_BOTH_WAYS, TRACK, [TIMES]),
    "fields.running_velocity": partial(running_velocity, TRACK),
}
_ON_CIRCLE = {"compute_tuning_curves": partial(compute_tuning_curves, CIRCLE, [TIMES])}
_SMOOTHED = ("compute_place_field", "compute_place_fields", "compute_tuning_map")
_WITH_SPEED = ("Environment.occupancy", *_SMOOTHED)


def _each(
    callables: dict[str, Callable[..., object]], parameter: str, hand: Callable[..., object]
) -> dict[str, Hand]:
    return {f"{of}({parameter})": partial(hand, one) for of, one in callables.items()}


TIMES_DOORS: dict[str, Hand] = {
    **_each(_SAMPLED, "times", lambda compute, bad: compute(bad, PLACES)),
    **_each({**_ON_TRACK, **_ON_CIRCLE}, "times", lambda compute, bad: compute(bad, LINEAR)),
    "decode_positions(times)": lambda bad: _DECODE_ALL(
        time_bins=_THREE, times=bad, positions=PLACES
    ),
    "samples.simulate_head_direction_cells(times)": lambda bad: simulate_head_direction_cells(
        bad, LINEAR
    ),
    "overlays.PositionOverlay(times)": lambda bad: show(PositionOverlay(PLACES, bad)),
    "overlays.HeadDirectionOverlay(times)": lambda bad: show(HeadDirectionOverlay(LINEAR, bad)),
    "overlays.BodypartOverlay(times)": lambda bad: show(make_pose(PLACES, bad)),
    "overlays.TimeSeriesOverlay(times)": lambda bad: show(TimeSeriesOverlay(LINEAR, bad)),
    "overlays.VideoOverlay(times)": lambda bad: show(make_film(bad)),
    "overlays.CameraPanel(times)": lambda bad: CameraPanel(FILM, times=bad),
    "scene.compile_scene(frame_times)": lambda bad: show(frame_times=bad),
    **_each(_ANIMATED, "frame_times", lambda film, bad: film(FIELDS, frame_times=bad)),
    "nwb.write_fields(times)": lambda bad: write(write_fields, FIELDS, bad, **QUIET),
    "nwb.extend_fields(times)": lambda bad: extend(times=bad),
    "nwb.write_overlays(frame_times)": lambda bad: write(
        write_overlays, [PositionOverlay(PLACES)], frame_times=bad
    ),
}
COORDINATES_DOORS: dict[str, Hand] = {
    **_each(_SAMPLED, "positions", lambda compute, bad: compute(TIMES, bad)),
    **_each(_ON_TRACK, "positions", lambda compute, bad: compute(TIMES, bad)),
    "decode_positions(positions)": lambda bad: _DECODE_ALL(
        time_bins=_THREE, times=TIMES, positions=bad
    ),
    "Environment.from_samples(positions)": lambda bad: Environment.from_samples(bad, 1.0),
    "Environment.linearize(positions)": TRACK.linearize,
    "scene.OverlayContext.to_drawable_coordinates(data)": CONTEXT.to_drawable_coordinates,
    "overlays.PositionOverlay(data)": lambda bad: show(PositionOverlay(bad, TIMES)),
    "overlays.BodypartOverlay(data)": lambda bad: show(make_pose(bad)),
    "overlays.EventOverlay(positions)": lambda bad: show(EventOverlay(TIMES, bad)),
    "samples.simulate_object_vector_cells(objects)": lambda bad: simulate_object_vector_cells(
        TIMES, PLACES, bad
    ),
    "overlays.ObjectVectorOverlay(objects)": lambda bad: show(
        PositionOverlay(PLACES, TIMES), ObjectVectorOverlay(bad)
    ),
}
ANGLES_DOORS: dict[str, Hand] = {
    "overlays.HeadDirectionOverlay(data)": lambda bad: show(HeadDirectionOverlay(bad, TIMES)),
}
POINTS_DOORS: dict[str, Hand] = {
    "Environment.bin_at(points)": PLANE.bin_at,
    "Environment.contains(points)": PLANE.contains,
    "Environment.interpolate(points)": partial(PLANE.interpolate, FIELD),
    "Environment.region_membership(positions)": PLANE.region_membership,
    "Environment.to_2d(linear)": TRACK.to_2d,
    "Environment.distance_to(places)": PLANE.distance_to,
    "Environment.distance_between(a)": lambda bad: PLANE.distance_between(bad, PLACES),
    "Environment.distance_between(b)": lambda bad: PLANE.distance_between(PLACES, bad),
}
EVENTS_DOORS: dict[str, Hand] = {
    "compute_place_field(spike_times)": lambda bad: compute_place_field(PLANE, bad, TIMES, PLACES),
    "compute_place_fields(spike_times)": lambda bad: _BATCH(PLANE, [bad], TIMES, PLACES),
    "compute_stability(spike_times)": lambda bad: _STABILITY(PLANE, [bad], TIMES, PLACES),
    "fields.compute_directional_fields(spike_times)": lambda bad: _BOTH_WAYS(
        TRACK, [bad], TIMES, LINEAR
    ),
    "compute_tuning_curves(spike_times)": lambda bad: compute_tuning_curves(
        CIRCLE, [bad], TIMES, LINEAR
    ),
    "decode_positions(spike_times)": lambda bad: _DECODE([FIELD], [bad], time_bins=_THREE),
    "overlays.EventOverlay(times)": lambda bad: show(EventOverlay(bad, PLACES)),
}
VALUES_DOORS: dict[str, Hand] = {
    "Environment.interpolate(field)": lambda bad: PLANE.interpolate(bad, PLACES),
    "Environment.smooth(field)": lambda bad: PLANE.smooth(bad, 1.0),
    "Environment.plot_field(field)": PLANE.plot_field,
    "fields.detect_fields(field)": partial(detect_fields, PLANE),
    **_each(_MEASURES, "fields", lambda compute, bad: compute(bad)),
    "compute_value_function(reward)": lambda bad: compute_value_function(PLANE, bad, 0.9),
    "fields.sparsity(field)": lambda bad: sparsity(bad, FIELD),
    "fields.spatial_information(field)": lambda bad: spatial_information(bad, FIELD),
    "nwb.write_rate_maps(fields)": write_maps,
}
SEQUENCES_DOORS: dict[str, Hand] = {
    "scene.compile_scene(fields)": partial(compile_scene, PLANE),
    **_each(_ANIMATED, "fields", lambda film, bad: film(bad)),
    "scene.estimate_colormap_range_from_subset(fields)": estimate_colormap_range_from_subset,
    "nwb.write_fields(fields)": lambda bad: write(write_fields, bad, TIMES, **QUIET),
    "nwb.extend_fields(fields)": extend,
}
ARRAYS_DOORS: dict[str, Hand] = {
    "Environment.from_polygon(polygon)": lambda bad: Environment.from_polygon(bad, 1.0),
    "Environment.from_mask(edges)": lambda bad: Environment.from_mask([[True]], [bad, bad]),
    "Environment.from_grid_edges(edges)": lambda bad: Environment.from_grid_edges([bad]),
    "layouts.RegularGrid(edges)": lambda bad: RegularGrid((bad,), np.ones(2, bool)),
    "layouts.GraphTrack(segments)": lambda bad: GraphTrack(bad, [[0, 1]], [], 1.0, [0]),
    "layouts.TriangularMesh(vertices)": lambda bad: TriangularMesh(bad, [[0, 1, 2]]),
    "Region(point)": lambda bad: Region("goal", point=bad),
    "Region(polygon)": lambda bad: Region("goal", polygon=bad),
    "Regions.add(point)": lambda bad: Regions().add("goal", point=bad),
    "Regions.add(polygon)": lambda bad: Regions().add("goal", polygon=bad),
    "Regions.update(point)": lambda bad: PLANE.regions.update("end", point=bad),
    "Regions.update(polygon)": lambda bad: PLANE.regions.update("end", polygon=bad),
    "compute_place_fields(windows)": lambda bad: _BATCH(
        PLANE, [TIMES], TIMES, PLACES, windows=bad
    ),
    "fields.compute_directional_fields(windows)": lambda bad: _BOTH_WAYS(
        TRACK, [TIMES], TIMES, LINEAR, windows=bad
    ),
    **_each(
        {of: _SAMPLED[of] for of in _WITH_SPEED},
        "speed",
        lambda compute, bad: compute(TIMES, PLACES, speed=bad, min_speed=1.0),
    ),
    **_each(
        _ON_CIRCLE,
        "speed",
        lambda compute, bad: compute(TIMES, LINEAR, speed=bad, min_speed=1.0),
    ),
    "compute_rayleigh(occupancy)": lambda bad: compute_rayleigh(CIRCLE, FIELD, bad),
    "decode_positions(fields)": lambda bad: _DECODE(bad, [TIMES] * 3, time_bins=_THREE),
    "decode_positions(prior)": lambda bad: _DECODE_ALL(time_bins=_THREE, prior=bad),
    "decode_positions(time_bins)": lambda bad: _DECODE_ALL(time_bins=bad),
    "compute_tuning_map(values)": lambda bad: compute_tuning_map(PLANE, bad, TIMES, PLACES),
    "fields.sparsity(occupancy)": lambda bad: sparsity(FIELD, bad),
    "fields.spatial_information(occupancy)": lambda bad: spatial_information(FIELD, bad),
    # A file takes places in the plane and along a track alike, without knowing the layout.
    "nwb.write_overlays(overlays)": lambda bad: write(
        write_overlays, [PositionOverlay(bad, TIMES)]
    ),
    "nwb.write_rate_maps(occupancy)": lambda bad: write_maps(occupancy=bad),
    "overlays.TimeSeriesOverlay(data)": lambda bad: show(TimeSeriesOverlay(bad, TIMES)),
    "overlays.BodypartOverlay(confidence)": lambda bad: show(
        make_pose(PLACES, confidence={"nose": bad})
    ),
    "overlays.VideoCalibration(landmarks_px)": lambda bad: VideoCalibration(
        UPRIGHT, (12, 8), None, bad, CLICKED
    ),
    "overlays.VideoCalibration(landmarks_env)": lambda bad: VideoCalibration(
        UPRIGHT, (12, 8), None, CLICKED, bad
    ),
    "overlays.calibrate_video(landmarks_px)": lambda bad: calibrate(landmarks_px=bad),
    "overlays.calibrate_video(landmarks_env)": lambda bad: calibrate(landmarks_env=bad),
    "overlays.VideoCalibration.apply(points_px)": CALIBRATION.apply,
    "overlays.Lens(camera_matrix)": lambda bad: Lens(bad, [0, 0, 0, 0]),
    "overlays.Lens.distorted(points_px)": LENS.distorted,
    "overlays.Lens.undistorted(points_px)": LENS.undistorted,
    "overlays.Projective2D(matrix)": Projective2D,
    "scene.Affine2D(matrix)": Affine2D,
}
NUMBERS_DOORS: dict[str, Hand] = {
    "Environment.from_circle(bin_size)": Environment.from_circle,
    "Environment.from_graph(bin_size)": lambda bad: Environment.from_graph(
        GRAPH, [(0, 1)], 0.0, bad
    ),
    "Environment.smooth(bandwidth)": partial(PLANE.smooth, FIELD),
    **_each(
        {of: _SAMPLED[of] for of in _SMOOTHED},
        "bandwidth",
        lambda compute, bad: compute(TIMES, PLACES, bandwidth=bad),
    ),
    **_each(
        {of: _SAMPLED[of] for of in (*_WITH_SPEED, "Environment.region_visits")},
        "max_gap",
        lambda compute, bad: compute(TIMES, PLACES, max_gap=bad),
    ),
    "fields.sliding_windows(width)": lambda bad: sliding_windows(0, 9, bad, 1),
    "fields.sliding_windows(step)": lambda bad: sliding_windows(0, 9, 1, bad),
    "samples.simulate_grid_cells(spacing)": lambda bad: simulate_grid_cells(
        TIMES, PLACES, spacing=bad
    ),
    "samples.simulate_place_cells(field_width)": lambda bad: simulate_place_cells(
        TIMES, PLACES, field_width=bad
    ),
    "scene.compile_scene(fps)": lambda bad: show(fps=bad),
    "scene.compile_scene(speed)": lambda bad: show(speed=bad),
    **_each(_ANIMATED, "fps", lambda film, bad: film(FIELDS, fps=bad)),
    **_each(_ANIMATED, "speed", lambda film, bad: film(FIELDS, frame_times=TIMES, speed=bad)),
    "overlays.PositionOverlay(size)": lambda bad: show(PositionOverlay(PLACES, TIMES, size=bad)),
    "overlays.TimeSeriesOverlay(window)": lambda bad: show(
        TimeSeriesOverlay(LINEAR, TIMES, window=bad)
    ),
    "overlays.calibrate_video(cm_per_px)": lambda bad: calibrate(cm_per_px=bad),
    "nwb.write_rate_maps(smoothing_width)": lambda bad: write_maps(smoothing_width=bad),
}
DOORS = {
    "times": TIMES_DOORS,
    "coordinates": COORDINATES_DOORS,
    "angles": ANGLES_DOORS,
    "points": POINTS_DOORS,
    "events": EVENTS_DOORS,
    "values": VALUES_DOORS,
    "sequences": SEQUENCES_DOORS,
    "arrays": ARRAYS_DOORS,
    "numbers": NUMBERS_DOORS,
}
