"""Results an environment keeps, sorted by kind so that each kind can be dropped."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Result = TypeVar("Result")


class Cache:
    """Results kept under a kind and a key.

    It is never pickled or copied along with the environment that holds it.

    Examples
    --------
    >>> cache = Cache()
    >>> cache.get("kernels", 5.0, lambda: "made")
    'made'
    >>> cache.get("kernels", 5.0, lambda: "not made again")
    'made'
    >>> cache.drop("kernels")
    >>> cache.get("kernels", 5.0, lambda: "made anew")
    'made anew'
    """

    def __init__(self) -> None:
        self._kinds: dict[str, dict[Hashable, object]] = {}

    def get(self, kind: str, key: Hashable, make: Callable[[], Result]) -> Result:
        """Return what is kept under `kind` and `key`, calling `make` the first time."""
        kept = self._kinds.setdefault(kind, {})
        if key not in kept:
            kept[key] = make()
        return cast(Result, kept[key])

    def drop(self, kind: str) -> None:
        """Forget everything of one kind."""
        self._kinds.pop(kind, None)

    def count(self, kind: str) -> int:
        """Count what is kept of one kind."""
        return len(self._kinds.get(kind, {}))
