"""Take the colours of the usual colormaps from matplotlib.

python tools/samples/make_color_tables.py
"""

from pathlib import Path

import numpy as np

from neurospatial.scene import color

if __name__ == "__main__":
    tables = np.stack([color.sample_colormap(name)[1] for name in color.STORED])
    np.save(Path(color.__file__).with_name("color_tables.npy"), tables)
