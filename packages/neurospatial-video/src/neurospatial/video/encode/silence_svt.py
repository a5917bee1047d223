"""An encoder that talks unless the environment says otherwise."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_LOCK = Lock()
_VARIABLE = "SVT_LOG"


@contextmanager
def silence_svt(codec: str) -> Iterator[None]:
    """Have SVT-AV1 say errors only, if it is opened within the block.

    It asks the environment how much to say, once, when it is opened; there is no option.
    What the user has set stays; else the environment is as it was after the block, however
    many threads open encoders at once.

    Parameters
    ----------
    codec : str
        Nothing is done for others than "av1".
    """
    if codec != "av1":
        yield
        return
    with _LOCK:
        given = _VARIABLE in os.environ
        os.environ.setdefault(_VARIABLE, "1")
        try:
            yield
        finally:
            if not given:
                os.environ.pop(_VARIABLE, None)
