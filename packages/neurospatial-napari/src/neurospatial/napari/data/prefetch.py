"""Reading in the background what will be shown soon."""

from threading import Condition, Thread
from typing import Protocol


class Loader(Protocol):
    """Something that reads pieces of a recording."""

    def load(self, piece: int) -> None:
        """Read a piece and keep it."""


class ReadAhead:
    """One thread that reads for all layers of a viewer; it starts when first needed.

    Of each loader only the latest wish counts: what has been scrubbed past is
    not read any more.
    """

    def __init__(self) -> None:
        self._wishes: dict[Loader, tuple[int, ...]] = {}
        self._changed = Condition()
        self._closed = False
        self._thread: Thread | None = None

    def want(self, loader: Loader, pieces: tuple[int, ...]) -> None:
        """Have these pieces read soon, in this order, in place of those wanted before."""
        with self._changed:
            if self._closed or not pieces:
                return
            self._wishes[loader] = pieces
            if self._thread is None:
                self._thread = Thread(
                    target=self._run, name="neurospatial read-ahead", daemon=True
                )
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """End the thread and wait for it; nothing is read afterwards."""
        with self._changed:
            self._closed = True
            self._wishes.clear()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while (wish := self._next()) is not None:
            loader, piece = wish
            loader.load(piece)

    def _next(self) -> tuple[Loader, int] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._wishes)
            if self._closed:
                return None
            loader, (first, *rest) = next(iter(self._wishes.items()))
            del self._wishes[loader]
            if rest:
                self._wishes[loader] = tuple(rest)
            return loader, first
