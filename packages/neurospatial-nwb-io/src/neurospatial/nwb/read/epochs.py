"""Intervals of time: epochs, trials and whatever else a file marks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from neurospatial.errors import explain
from neurospatial.nwb.file.damage import explain_reading
from neurospatial.nwb.file.datasets import Entry, to_text
from neurospatial.nwb.file.session_clock import to_session_seconds
from neurospatial.nwb.file.tree import Container, Item
from neurospatial.validate import to_seconds, validate_known

_LABELS = ("tags", "label", "labels", "name", "epoch_name", "condition", "type")


class IntervalsTable(Protocol):
    """What is asked of a TimeIntervals table of pynwb."""

    colnames: tuple[str, ...]

    def __getitem__(self, column: str) -> Sequence[Entry | Sequence[Entry]]: ...

    def __len__(self) -> int: ...


@dataclass(frozen=True, eq=False)
class Epochs:
    """Intervals of one table.

    Parameters
    ----------
    name : str
        Of the table, such as "epochs" or "trials".
    spans : ndarray, shape (n_intervals, 2)
        Begin and end of each [s].
    labels : tuple of str
        What each is called; empty texts where the table does not say.

    Examples
    --------
    >>> epochs = Epochs("epochs", np.array([[0.0, 600.0], [600.0, 1200.0]]), ("sleep", "wake"))
    >>> epochs["wake"].spans
    array([[ 600., 1200.]])
    """

    name: str
    spans: NDArray[np.float64]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.spans)

    def __getitem__(self, label: str) -> "Epochs":
        """Select the intervals of one label.

        Raises
        ------
        KeyError
            If none has it.
        """
        which = [number for number, own in enumerate(self.labels) if label in _split_labels(own)]
        if not which:
            raise KeyError(label)
        return Epochs(f"{self.name} {label}", self.spans[which], (label,) * len(which))


class IntervalSet(Protocol):
    """Intervals as those of pynapple are."""

    @property
    def start(self) -> ArrayLike:
        """When each begins [s], shape (n_intervals,)."""

    @property
    def end(self) -> ArrayLike:
        """When each ends [s], shape (n_intervals,)."""


EpochLike: TypeAlias = str | Epochs | IntervalSet | ArrayLike
"""Intervals: a name of the file, those of a table, of pynapple, or (n_intervals, 2) [s]."""


def find_epochs(items: Sequence[Item]) -> dict[str, Epochs]:
    """Read the tables of intervals, by name; by path where two have the same name."""
    tables = [item for item in items if item.is_a("TimeIntervals")]
    names = [item.name for item in tables]
    return {
        item.name if names.count(item.name) == 1 else item.path: _read_table(item)
        for item in tables
    }


def _read_table(item: Item) -> Epochs:
    table = cast("IntervalsTable", item.thing)
    label_column = next((column for column in _LABELS if column in table.colnames), None)
    with explain_reading(table):
        ends = [table[column][:] for column in ("start_time", "stop_time")]
        spans = np.column_stack([np.asarray(end, dtype=np.float64) for end in ends])
        written = [""] * len(spans) if label_column is None else table[label_column][:]
        labels = tuple(map(_join_label, written))
    return Epochs(item.name, spans, labels)


def _join_label(label: Entry | Sequence[Entry]) -> str:
    """Write a label, or the several of one interval, as a text."""
    if isinstance(label, Sequence | np.ndarray) and not isinstance(label, str | bytes):
        return ", ".join(map(_join_label, label))
    return to_text(label)


def as_spans(
    epoch: EpochLike, file_epochs: Mapping[str, Epochs], root: Container
) -> NDArray[np.float64]:
    """Resolve an epoch to its intervals, in the order they came in, shape (n_intervals, 2) [s].

    Parameters
    ----------
    epoch : str, Epochs, IntervalSet of pynapple, or array-like, shape (2,) or (n, 2)
        A name is that of a table ("trials"), or of a label in one ("wake").
    file_epochs : mapping of str to Epochs
        Those of the file.
    root : Container
        The NWBFile, whose clock dates are on.

    Raises
    ------
    ValueError
        If there is no such epoch, several tables have the label, or an interval
        does not end after it begins.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from pynwb import NWBFile
    >>> as_spans([10, 20], {}, NWBFile("a session", "1", datetime(2024, 5, 17, tzinfo=UTC)))
    array([[10., 20.]])
    """
    if isinstance(epoch, str):
        return as_spans(_find_epoch(epoch, file_epochs), file_epochs, root)
    if isinstance(epoch, Epochs):
        spans = epoch.spans
    elif hasattr(epoch, "start") and hasattr(epoch, "end"):
        ends = (to_seconds(x, "epoch") for x in (epoch.start, epoch.end))
        spans = np.column_stack(list(ends))
    else:
        spans = np.atleast_2d(to_session_seconds(epoch, "epoch", root))
    if spans.ndim != 2 or spans.shape[1] != 2 or not len(spans):
        raise _make_span_error(f"epoch has shape {spans.shape}, expected (n_intervals, 2).")
    wrong = np.flatnonzero(~(spans[:, 0] < spans[:, 1]))
    if len(wrong):
        start, stop = spans[wrong[0]]
        raise _make_span_error(f"Interval {wrong[0]} runs from {start:g} s to {stop:g} s.")
    return spans


def is_within(times: NDArray[np.float64], spans: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Check of each time whether it lies in one of the intervals, ends included.

    Examples
    --------
    >>> is_within(np.array([0.0, 1.0, 2.0]), np.array([[0.5, 2.0]]))
    array([False,  True,  True])
    """
    inside = np.zeros(len(times), dtype=bool)
    for start, stop in spans:
        inside |= (times >= start) & (times <= stop)
    return inside


def _find_epoch(name: str, file_epochs: Mapping[str, Epochs]) -> Epochs:
    if name in file_epochs:
        return file_epochs[name]
    holding = [
        epochs
        for epochs in file_epochs.values()
        if any(name in _split_labels(x) for x in epochs.labels)
    ]
    if len(holding) == 1:
        return holding[0][name]
    labels = {
        label
        for epochs in file_epochs.values()
        for text in epochs.labels
        for label in _split_labels(text)
    }
    why = "An epoch is a table of intervals, or a label in one."
    shown_labels = ", ".join(map(repr, sorted(labels - {""})[:12])) or "none"
    tables = ", ".join(map(repr, file_epochs)) or "none"
    ways = [f"Pass a table: {tables}", f"Pass a label: {shown_labels}", "Pass (begin, end) [s]."]
    validate_known(name, {*file_epochs, *labels}, "epoch", why, how=ways)
    raise ValueError(
        explain(
            f"{len(holding)} tables have intervals labelled {name!r}.",
            why,
            [f"Pass session.epochs[{epochs.name!r}][{name!r}]" for epochs in holding],
        )
    )


def _split_labels(text: str) -> list[str]:
    """Split an interval's text into the labels it may mean: each of several, and the whole."""
    return [*text.split(", "), text]


def _make_span_error(what: str) -> ValueError:
    return ValueError(
        explain(
            what,
            "Each interval is its begin and its end, in seconds.",
            ["Pass (begin, end).", "Pass the name of a table or a label of the file."],
        )
    )
