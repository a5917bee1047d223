"""What came of a call, so that two calls can be compared."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np

from neurospatial import Environment
from neurospatial.scene import Source


def describe_outcome(call: Callable[[], object]) -> list[object]:
    """Describe what a call returns, or the first line of what it raises."""
    try:
        return list(iter_parts(call()))
    except (TypeError, ValueError) as error:
        return [type(error).__name__, str(error).split("\n")[0]]


def iter_parts(result: object) -> Iterator[object]:
    """Go through what a result is made of; NaN is itself."""
    if isinstance(result, (str, bytes, int, float, complex, type(None))):
        yield repr(result)
    elif isinstance(result, Path):
        yield re.sub(rb"\d+\.\d+ s", b"", result.read_bytes())
    elif isinstance(result, Source):
        yield from iter_parts(np.asarray(result.read(0, result.shape[0]), dtype=float))
    elif isinstance(result, np.ndarray):
        yield result.shape
        yield [repr(value) for value in result.ravel().tolist()]
    elif isinstance(result, Environment):
        yield from iter_parts([result.bin_centers, list(result.regions)])
    elif isinstance(result, Mapping):
        yield from iter_parts(list(result.items()))
    elif isinstance(result, (list, tuple, set, frozenset)):
        yield len(result)
        for one in result:
            yield from iter_parts(one)
    elif is_dataclass(result):
        for field in fields(result):
            yield field.name
            yield from iter_parts(getattr(result, field.name))
    elif type(result).__module__.startswith(("pynwb", "hdmf", "ndx_")):
        for name in ("data", "timestamps", "spike_times"):
            if getattr(result, name, None) is not None:
                yield from iter_parts(np.asarray(getattr(result, name)))
    else:
        yield type(result).__name__
