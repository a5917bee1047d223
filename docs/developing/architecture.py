"""Draw the way from a call to a frame, from the table of the page: ``architecture.py OUT.png``."""

import re
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

PAGE = Path(__file__).with_name("architecture.md")
ROW = re.compile(r"^\| (\d+) \| (.+?) \| `neurospatial/(\w+)[/.].*$", re.M)
COLORS = {
    "environment": "#e9c46a",
    "backends": "#8ecae6",
    "scene": "#a7c957",
    "overlays": "#f4a261",
    "video": "#cdb4db",
}
COLUMNS = 3


def main(path):
    """Draw a box for each stop, in the colour of its room, along a line that turns back."""
    stops = ROW.findall(PAGE.read_text(encoding="utf-8"))
    figure, axes = plt.subplots(figsize=(9, 6), dpi=80, layout="constrained")
    places = []
    for number, (stop, text, room) in enumerate(stops):
        row, column = divmod(number, COLUMNS)
        x, y = (COLUMNS - 1 - column if row % 2 else column), -row
        places.append((x, y))
        words = re.sub(r"`([^`]*)`", r"\1", text)
        box = {"boxstyle": "round,pad=0.5", "facecolor": COLORS[room], "edgecolor": "0.3"}
        label = f"{stop}  {words}\n{room}"
        axes.text(x, y, label, ha="center", va="center", fontsize=9, bbox=box, zorder=2)
    axes.plot(*zip(*places, strict=True), color="0.6", linewidth=2, zorder=1)
    axes.set(xlim=(-0.55, COLUMNS - 0.45), ylim=(places[-1][1] - 0.5, 0.5))
    axes.axis("off")
    figure.savefig(path)


if __name__ == "__main__":
    main(sys.argv[1])
