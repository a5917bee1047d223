"""Reading in the background what will be shown soon."""

from threading import Condition, Thread
from typing import Protocol


class Loader(Protocol):
    """Something that reads chunks of a recording."""

    def load(self, chunk: int) -> None:
        """Read a chunk and keep it."""


class Prefetcher:
    """One thread that reads for all layers of a viewer; it starts when first needed.

    Of each loader only the latest request counts: what has been scrubbed past is
    not read any more.
    """

    def __init__(self) -> None:
        self._requests: dict[Loader, tuple[int, ...]] = {}
        self._changed = Condition()
        self._closed = False
        self._thread: Thread | None = None

    def request(self, loader: Loader, chunks: tuple[int, ...]) -> None:
        """Have these chunks read soon, in this order, in place of those wanted before."""
        with self._changed:
            if self._closed or not chunks:
                return
            self._requests[loader] = chunks
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
            self._requests.clear()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while (request := self._pop_request()) is not None:
            loader, chunk = request
            loader.load(chunk)

    def _pop_request(self) -> tuple[Loader, int] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._requests)
            if self._closed:
                return None
            loader, (first, *rest) = next(iter(self._requests.items()))
            del self._requests[loader]
            if rest:
                self._requests[loader] = tuple(rest)
            return loader, first
