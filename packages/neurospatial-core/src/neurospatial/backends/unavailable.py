"""What is raised where a backend cannot show anything here."""


class BackendUnavailable(ImportError, RuntimeError):  # noqa: N818 - it is what callers look for
    """A backend is not installed, or something that it needs is missing.

    It is an ImportError, as of a package that is not there, and a RuntimeError, as of an
    encoder that is not: whoever expects either catches it.

    Examples
    --------
    >>> issubclass(BackendUnavailable, ImportError), issubclass(BackendUnavailable, RuntimeError)
    (True, True)
    """
