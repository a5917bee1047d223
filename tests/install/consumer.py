"""A user's program, for a type checker that sees the wheels and not the sources."""

from pathlib import Path
from typing import assert_type

import numpy as np

from neurospatial import Environment, Region, Regions, animate_fields, compute_place_field
from neurospatial.animation import subsample_frames
from neurospatial.regions import Region as SameRegion

rng = np.random.default_rng(0)
times = np.arange(3000) / 50
positions = rng.uniform(0, 100, (3000, 2))
env = Environment.from_samples(positions, bin_size=5.0, units="cm")
assert_type(env, Environment)
assert_type(env.n_bins, int)

field = compute_place_field(env, times[::7], times, positions, bandwidth=5.0)
fields = np.stack([field] * 4)
path = env.animate_fields(fields, save_path="out.mp4", fps=30, crf=20)
assert_type(path, Path)
assert_type(path.name, str)
assert_type(env.animate_fields(fields, backend="html").save("out.html"), Path)
animate_fields(env, subsample_frames(fields, source_fps=250, target_fps=30), save_path="out.mp4")

region: type[Region] = SameRegion
regions: type[Regions] = Regions
