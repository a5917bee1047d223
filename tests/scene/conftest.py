"""An environment of twelve bins, and six fields on it."""

import numpy as np
import pytest

from neurospatial import Environment
from neurospatial.layouts import RegularGrid

EDGES = (np.linspace(0, 40, 5), np.linspace(0, 20, 4))
N_BINS = 12


@pytest.fixture
def env():
    return Environment(RegularGrid(EDGES, np.ones((4, 3), dtype=bool)), units="cm")


@pytest.fixture
def fields():
    return np.random.default_rng(0).random((6, N_BINS))
