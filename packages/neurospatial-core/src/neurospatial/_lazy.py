"""Names that a package offers and loads only when they are asked for.

Which they are stands once, in the package's ``__init__.pyi``: type checkers read the
stub as it is, and `attach_stub` makes the same names work at run time.
"""

import sys
from _ast import ImportFrom, Module, PyCF_ONLY_AST  # the whole of `ast` costs 5 ms to import
from collections.abc import Callable, Mapping
from importlib import import_module

from neurospatial._foreign import warn_of_foreign_files


def attach_stub(
    package: str, filename: str, answers: Mapping[str, str] | None = None
) -> tuple[Callable[[str], object], Callable[[], list[str]], list[str]]:
    """Make the names of a package's stub load when they are first used.

    Parameters
    ----------
    package : str
        The package's ``__name__``.
    filename : str
        The package's ``__file__``; the stub lies beside it.
    answers : mapping of str to str, optional
        What to say where a name is asked for that documents know and that is gone.

    Returns
    -------
    getattr, dir, all
        To be bound to ``__getattr__``, ``__dir__`` and ``__all__`` of the package.

    Raises
    ------
    ValueError
        If the stub holds an import that is not of the form ``from x import y as y``.

    Notes
    -----
    Nothing is kept in the package: a name is looked up anew each time it is asked for,
    so that a module that a test puts in place of another is seen.
    """
    # Here, because it is asked of every room even where another project's root came first.
    warn_of_foreign_files()
    homes = read_stub(filename.removesuffix("c") + "i")
    offered = sorted(name for name in homes if not name.startswith("_"))

    def load(name: str) -> object:
        if answers and name in answers:
            # Python replaces the text of an AttributeError in an import.
            raise ImportError(answers[name], name=name)
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name)
        return import_name(name, homes[name])

    def list_names() -> list[str]:
        return [*{*vars(sys.modules[package]), *homes}]  # dir() sorts them

    return load, list_names, offered


def read_stub(path: str) -> dict[str, str]:
    """Read which module each name of a stub comes from."""
    with open(path, encoding="utf-8") as file:
        tree = compile(file.read(), path, "exec", PyCF_ONLY_AST)
    assert isinstance(tree, Module)
    homes = {}
    for statement in tree.body:
        if not isinstance(statement, ImportFrom):
            continue
        for alias in statement.names:
            if statement.module is None or statement.level or alias.asname != alias.name:
                raise ValueError(
                    f"{path}:{statement.lineno}: a stub is read at run time, so that it holds "
                    f"lines such as 'from package.module import name as name' only."
                )
            homes[alias.name] = statement.module
    return homes


def import_name(name: str, module: str) -> object:
    """Import a module, of another distribution perhaps, and look a name up in it.

    Parameters
    ----------
    name : str
        What is wanted.
    module : str
        The module that holds it.

    Returns
    -------
    object
        The thing itself.

    Raises
    ------
    ImportError
        If the module is the room of a distribution that is not installed, with the line
        that installs it; or if this version of it does not hold the name.

    Examples
    --------
    >>> import_name("subsample_frames", "neurospatial.scene").__name__
    'subsample_frames'
    """
    try:
        home = import_module(module)
    except ModuleNotFoundError as error:
        from neurospatial.install_hint import ROOMS, describe_missing_room

        if error.name != module or module not in ROOMS:
            raise
        raise ImportError(describe_missing_room(module), name=module) from None
    try:
        return getattr(home, name)
    except AttributeError:
        from neurospatial._version import __version__

        text = f"{module} {__version__} has no {name!r}: it is not in this version yet."
        raise ImportError(text, name=module) from None
