"""Parameters that take data and are no doors of their own, each with the reason.

The patterns match what is written as in `tests.validate.doors`.
"""

EXEMPT = {
    r"layouts\.\w+\.(locate|locate_edge|linearize|project|to_2d)\(\w+\)": (
        "Called by the doors of an environment, with arrays that these have checked."
    ),
    r"scene\.(Curve|Field|Trace|Timeline|OverlayContext)\(\w+\)": (
        "Made by compile_scene of what it has checked, for backends."
    ),
    r"(FieldPanel|scene\.(FieldPanel|PanelClock|PanelContext))\(\w+\)": (
        "compile_scene makes panels of what it is given, and panels ask the same questions."
    ),
    r"animate\(speed\)": "Handed on to the compile step, as that of animate_fields is.",
    r"plot_frame\(speed\)": "Handed on to the compile step, as that of animate is.",
    r"scene\.ColorScale\.quantise\(values\)": "Called by backends with blocks of a scene.",
    r"scene\.as_source\(fields\)": "Wraps what it is given; who reads it checks.",
    r"scene\.SceneOptions\(\w+\)": "Holds what compile_scene checks beside the fields.",
    r"samples\.(DemoSession|\w+Cells|Trajectory)\(\w+\)": "What the samples hand out.",
    r"samples\.\w+Cells\.rates\(\w+\)": "A formula, for the times and places of the samples.",
    r"fields\.FieldSeries\(\w+\)": (
        "Made of maps by who computed them; tests/fields/test_field_series asks it."
    ),
    r"Decoded\(\w+\)": "What decode_positions hands out.",
    r"nwb\.(FieldSeries|RateMaps)\(\w+\)": "What is read from a file.",
    r"nwb\.read_session\(position\)": "A name in the file, or samples of pynapple.",
    r"nwb\.Session\.place_fields\(windows\)": "Handed on to compute_place_fields.",
    r"nwb\.Session\.animate\(speed\)": "Handed on to compile_scene.",
    r"overlays\.(interpolated|interpolated_angles|nearest)\(\w+\)": (
        "Called in an overlay's layers(context), with what its own door has checked."
    ),
    r"overlays\.from_\w+\(\w+\)": "The overlays that are made check their data and times.",
    r"overlays\.Skeleton\(edges\)": "Pairs of names.",
    r"overlays\.VideoReader\.nearest\(times\)": (
        "Moments in any order and shape, finite; tests/overlays/video_reader asks them."
    ),
    r"Environment\.from_mask\(mask\)": "True and False.",
}

OTHERWISE = {
    ("nwb.write_fields(times)", "too few"): (
        "Fields may be an iterator, which does not tell how many it has: times do."
    ),
    ("overlays.BodypartOverlay(times)", "NaN"): (
        "Keypoints are read from files whose frames may have no time: they are left out, and said."
    ),
    ("Environment.from_samples(positions)", "another dimension"): "Three dimensions are a box.",
    ("samples.simulate_place_cells(positions)", "another dimension"): "There is no environment.",
    ("compute_place_fields(windows)", "dates"): "Windows are times: dates are taken.",
    ("decode_positions(time_bins)", "dates"): "Time bins are times: dates are taken.",
    ("fields.compute_directional_fields(windows)", "dates"): "Windows are times: dates are taken.",
    ("Environment.plot_field(field)", "another shape"): "Speaks of all fields, as a film does.",
    ("fields.sparsity(field)", "another shape"): "Compared with the occupancy.",
    ("fields.spatial_information(field)", "another shape"): "Compared with the occupancy.",
    **{
        (f"compute_{measure}(fields)", "another shape"): "Fields may have axes before their bins."
        for measure in ("autocorrelogram", "border_score", "coherence", "grid_score")
    },
    (
        "compute_value_function(reward)",
        "another shape",
    ): "Rewards may have axes before their bins.",
    ("nwb.write_rate_maps(fields)", "another shape"): "There is one for each of several units.",
}
"""Questions that a door answers in other words, or has no reason to ask."""
