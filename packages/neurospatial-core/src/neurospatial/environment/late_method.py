"""A method that is a function of a room above this one."""

from collections.abc import Callable
from importlib import import_module
from types import MethodType
from typing import Any


class LateMethod:
    """Bind a function of another module as a method; the module is imported when it is used.

    The method has the function's own signature and documentation, and there is
    no second list of its parameters.

    Parameters
    ----------
    module : str
        Where the function lives.
    name : str
        What it is called there; its first parameter is the object.

    Examples
    --------
    >>> class Number(int):
    ...     root = LateMethod("math", "sqrt")
    >>> Number(9).root()
    3.0
    """

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __get__(self, instance: object, owner: type | None = None) -> Callable[..., Any]:
        function: Callable[..., Any] = getattr(import_module(self._module), self._name)
        return function if instance is None else MethodType(function, instance)
