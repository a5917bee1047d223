"""What is checked of the user's fields and of what goes with them."""

from neurospatial.errors import explain
from neurospatial.scene.source import Source

_SHAPE_WHY = "Every frame has one value for each bin of the environment."


def check_fields(source: Source, n_bins: int | None = None) -> None:
    """Raise unless the fields are real numbers of shape (n_frames, n_bins).

    Raises
    ------
    TypeError
        If the values are complex, objects, dates or text.
    ValueError
        If the shape does not fit, or there is no frame.
    """
    if source.dtype.kind not in "fiub":
        raise TypeError(
            explain(
                f"fields have dtype {source.dtype}.",
                "Values become colours along a range, so they are real numbers.",
                [
                    "Complex: pass np.abs(fields).",
                    "Objects and text: convert with fields.astype(float).",
                    "A table: pass its columns of numbers alone.",
                ],
            )
        )
    if len(source.shape) != 2 or n_bins not in (None, source.shape[1]):
        got = f"{source.shape[1:]}" if len(source.shape) > 1 else f"{source.shape} altogether"
        raise ValueError(
            explain(
                "All fields must have shape (n_bins,) matching environment: "
                f"n_bins is {n_bins or 'any'}, a field here has shape {got}.",
                _SHAPE_WHY,
                [
                    "Compute the fields with this environment.",
                    "One field only? Pass [field].",
                    "A 2-D map? Pass the values of its active bins.",
                ],
            )
        )
    if source.shape[0] == 0:
        raise ValueError(
            explain(
                "fields is empty: there is no frame to show.",
                "An animation has at least one frame.",
                ["Pass at least one field of shape (n_bins,)."],
            )
        )
