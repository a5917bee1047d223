"""Which codec fits into which file, and how each is set."""

from dataclasses import dataclass, field
from typing import Literal

from neurospatial.errors import explain
from neurospatial.validate import validate_known

Codec = Literal["h264", "h265", "vp9", "mpeg4", "av1", "gif"]
Preset = Literal["draft", "balanced", "small"]

HOLDS: dict[str, tuple[str, ...]] = {
    ".mp4": ("h264", "h265", "av1", "mpeg4", "vp9"),
    ".webm": ("vp9", "av1"),
    ".avi": ("mpeg4", "h264"),
    ".gif": ("gif",),
}
"""Codecs each kind of file can hold, its usual one first."""

PRESETS: tuple[str, ...] = ("draft", "balanced", "small")


@dataclass(frozen=True)
class Encoding:
    """How a codec is asked for.

    Parameters
    ----------
    encoder : str
        Name of the encoder in FFmpeg's libraries.
    highest_crf : int or None
        Largest constant-rate factor; None where the codec has none.
    presets : mapping of str to dict
        Encoder options of each preset, quality included.
    lean : mapping of str to str
        Options for pictures of more than `MANY_PIXELS`: few of them held at a time.
    """

    encoder: str
    highest_crf: int | None
    presets: dict[str, dict[str, str]]
    lean: dict[str, str] = field(default_factory=dict)


# Adaptive quantisation takes bits from hard edges, which pictures of bins are made of:
# without it the worst pixel is four times nearer to its true colour, at the same size.
_EVEN = {"aq-mode": "0"}
# Weighing references and deciding where frames between others pay are a ninth of the work. Without
# them a film of a camera has the size and likeness it had at 18, within 0.7 % and 0.01 dB.
_X264_STEADY = {"crf": "17.9", "weightp": "0", "b_strategy": "0"}
_X265_QUIET = {"x265-params": "log-level=error"}

MANY_PIXELS = 12_000_000
"""Pixels of a picture, above 4K, from which on encoders are kept from holding many at a time:
of 8K, x264 has 90 MB for each, and by itself holds a dozen and more."""

# Neither frames ahead nor those between others; x264 then needs a quarter of its memory, x265
# half of it. Bins that change where they are lose nothing without motion of half a pixel.
_X264_LEAN = {"bf": "0", "refs": "1", "rc-lookahead": "0", "subq": "0"}
_X265_LEAN = {"x265-params": "log-level=error:frame-threads=1:bframes=0:rc-lookahead=0:scenecut=0"}
_SVT_LEAN = {"svtav1-params": "lp=1:lookahead=0:pred-struct=1"}

ENCODINGS: dict[str, Encoding] = {
    "h264": Encoding(
        "libx264",
        51,
        {
            "draft": {"preset": "ultrafast", "crf": "26", **_EVEN},
            "balanced": {"preset": "superfast", **_X264_STEADY, **_EVEN},
            "small": {"preset": "slow", "crf": "20", "tune": "animation", **_EVEN},
        },
        _X264_LEAN,
    ),
    "h265": Encoding(
        "libx265",
        51,
        {
            "draft": {"preset": "ultrafast", "crf": "28", **_X265_QUIET},
            "balanced": {"preset": "ultrafast", "crf": "18", **_X265_QUIET},
            "small": {"preset": "medium", "crf": "20", **_X265_QUIET},
        },
        _X265_LEAN,
    ),
    "vp9": Encoding(
        "libvpx-vp9",
        63,
        {
            "draft": {"deadline": "realtime", "cpu-used": "8", "row-mt": "1", "crf": "34"},
            "balanced": {"deadline": "realtime", "cpu-used": "8", "row-mt": "1", "crf": "20"},
            "small": {"deadline": "good", "cpu-used": "4", "row-mt": "1", "crf": "24"},
        },
        {"lag-in-frames": "0"},
    ),
    "av1": Encoding(
        "libsvtav1",
        63,
        {
            "draft": {"preset": "11", "crf": "34"},
            "balanced": {"preset": "11", "crf": "18"},
            "small": {"preset": "7", "crf": "24"},
        },
        _SVT_LEAN,
    ),
    "mpeg4": Encoding(
        "mpeg4",
        None,
        {
            "draft": {"qmin": "6", "qmax": "6"},
            "balanced": {"qmin": "2", "qmax": "2"},
            "small": {"qmin": "4", "qmax": "4"},
        },
    ),
    "gif": Encoding("gif", None, {preset: {} for preset in PRESETS}),
}
"""Encodings by codec. "balanced" has no visible loss, "draft" has some; see docs/benchmarks."""


def resolve_codec(suffix: str, codec: str | None) -> str:
    """Check that a codec fits into a kind of file, or take the usual one.

    Raises
    ------
    ValueError
        If there is no such codec, or the file cannot hold it.
    """
    if codec is None:
        return HOLDS[suffix][0]
    validate_known(
        codec,
        ENCODINGS,
        "codec",
        "A codec is how the pictures are compressed.",
        how=[f"Use one of {list(ENCODINGS)}.", "Leave codec out: the suffix decides."],
    )
    if codec not in HOLDS[suffix]:
        fitting = [kind for kind, codecs in HOLDS.items() if codec in codecs]
        raise ValueError(
            explain(
                f"A {suffix} file cannot hold {codec}.",
                f"{suffix} files hold: {', '.join(HOLDS[suffix])}.",
                [
                    f"Use codec={HOLDS[suffix][0]!r}, or leave codec out.",
                    f"Use a suffix that holds {codec}: {', '.join(fitting)}.",
                ],
            )
        )
    return codec


def check_alpha(suffix: str, codec: str) -> None:
    """Refuse a kind of file that keeps no pixel transparent.

    Raises
    ------
    ValueError
        For all but VP9 in ``.webm``.
    """
    if (suffix, codec) == (".webm", "vp9"):
        return
    raise ValueError(
        explain(
            f"transparent=True is given for a {suffix} file of {codec}.",
            "Only VP9 in a .webm file keeps how transparent a pixel is.",
            [
                "Use a path that ends in .webm, without codec.",
                "Leave transparent out: the background then has the style's colour.",
            ],
        )
    )


def make_encoder_options(
    codec: str, preset: str, crf: int | None, bitrate: int | None, n_pixels: int
) -> dict[str, str]:
    """Make the options of the encoder, with a given quality in place of the preset's."""
    options = dict(ENCODINGS[codec].presets[preset])
    if n_pixels > MANY_PIXELS:
        options |= ENCODINGS[codec].lean
    if crf is not None:
        options["crf"] = str(crf)
    if bitrate is not None:
        for quality in ("crf", "qmin", "qmax"):
            options.pop(quality, None)
    elif codec == "vp9":
        options["b"] = "0"
    return options
