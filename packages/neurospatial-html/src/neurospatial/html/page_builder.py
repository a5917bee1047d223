"""The page around a bundle, a part at a time."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from neurospatial.html.bundle import Bundle, BundleOptions
from neurospatial.html.options import HTMLOptions
from neurospatial.html.script import player_script, player_style
from neurospatial.scene import Scene

_START = "startPage(document);\n"
_STYLE = "html, body { height: 100%; margin: 0; }\n"
_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True)
class PagePart:
    """Some bytes of a page.

    Parameters
    ----------
    data : bytes
    n_frames : int
        Frames that were complete before it.
    is_picture : bool
        Whether it holds a picture of a camera.
    """

    data: bytes
    n_frames: int
    is_picture: bool = False


class PageBuilder:
    """A web page that holds everything and asks the network for nothing.

    Parameters
    ----------
    scene : Scene
    options : HTMLOptions
    """

    def __init__(self, scene: Scene, options: HTMLOptions) -> None:
        self._title = scene.title or "neurospatial"
        self._bundle = Bundle(
            scene,
            BundleOptions(
                dpi=options.dpi,
                size=options.choose_size(scene),
                embed_video=options.embed_video,
                picture_quality=options.picture_quality,
            ),
        )
        self._n_frames = scene.timeline.n_frames

    def iter_parts(self) -> Iterator[PagePart]:
        """Yield the page from top to bottom; fields are read as it is taken."""
        yield PagePart(
            _make_head(self._title, self._bundle.header).encode("utf-8", "xmlcharrefreplace"), 0
        )
        for name in self._bundle.names():
            data = b64encode(self._bundle.chunk(name))
            line = b'<script type="text/plain" data-chunk="%s">%s</script>\n'
            frames = max(0, self._bundle.first_frame(name))
            yield PagePart(line % (name.encode(), data), frames, name.startswith("i"))
        yield PagePart(b"</body>\n</html>\n", self._n_frames)


def _make_head(title: str, header: object) -> str:
    script, style = player_script() + _START, player_style() + _STYLE
    # Everything a user wrote is escaped; the policy stops what would get past that.
    policy = (
        f"default-src 'none'; script-src {_hash_source(script)}; style-src {_hash_source(style)}; "
        "img-src blob: data:; media-src blob: data:; base-uri 'none'; form-action 'none'"
    )
    data = json.dumps(header, allow_nan=False).translate(_MARKUP)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<style>{style}</style>
</head>
<body>
<main id="ns-player"><p role="status">The animation is being read. If this line stays, \
the browser is too old, or does not run scripts.</p></main>
<script type="application/json" id="ns-header">{data}</script>
<script type="module">{script}</script>
"""


def _hash_source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
