"""Names that have to be one of those there are."""

from collections.abc import Iterable, Sequence

from neurospatial.errors import explain, suggest_name


def validate_choice(
    value: str, choices: Sequence[str], name: str, why: str, *, how: Sequence[str] = ()
) -> None:
    """Check that a parameter has one of the values it may have.

    Parameters
    ----------
    value : str
    choices : sequence of str
    name : str
        Of the parameter, with what has it.
    why : str
        What is chosen with it.
    how : sequence of str
        Ways to mend it; left out, to pass one of `choices`.

    Raises
    ------
    ValueError
        If it has none of them; the text names the nearest.

    Examples
    --------
    >>> validate_choice("line", ["line", "ribbon"], "track", "A track is drawn in two ways.")
    """
    if value in choices:
        return
    parameter = name.split()[-1]
    raise ValueError(
        explain(
            f"{name} is {value!r}.{suggest_name(str(value), choices)}",
            why,
            list(how) or [f"Pass {parameter}={choice!r}." for choice in choices],
        )
    )


def validate_known(
    name: str,
    existing: Iterable[str],
    kind: str,
    why: str,
    *,
    how: Sequence[str] = (),
    error: type[Exception] = ValueError,
) -> None:
    """Check that something of a name exists.

    Parameters
    ----------
    name : str
        What was asked for.
    existing : iterable of str
        The names there are.
    kind : str
        What they are names of, such as "region".
    why : str
        Where they are looked up.
    how : sequence of str
        Ways to mend it; left out, to pass one of `existing`.
    error : type of Exception
        What is raised, where a protocol asks for another, as a mapping does for KeyError.

    Raises
    ------
    ValueError
        Or `error`, if there is no such thing; the text names the nearest.

    Examples
    --------
    >>> validate_known("mouse", ["mouse", "fly"], "skeleton", "Presets have names.")
    """
    names = list(existing)
    if name in names:
        return
    raise error(
        explain(
            f"There is no {kind} {name!r}.{suggest_name(str(name), names)}",
            why,
            list(how) or [f"Pass one of {sorted(names)}."],
        )
    )
