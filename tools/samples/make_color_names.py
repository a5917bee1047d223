"""Take the names of colours from matplotlib.

python tools/samples/make_color_names.py
"""

from pathlib import Path

from matplotlib.colors import BASE_COLORS, CSS4_COLORS, TABLEAU_COLORS, to_hex, to_rgb

from neurospatial.validate import colors

_HEAD = '''"""Names of colours, as matplotlib has them; by tools/samples/make_color_names.py."""

'''


def make_names() -> str:
    """Make the module of names."""
    letters = {
        name: tuple(float(part) for part in to_rgb(color)) for name, color in BASE_COLORS.items()
    }
    named = {name: to_hex(color) for name, color in (CSS4_COLORS | TABLEAU_COLORS).items()}
    lines = ["LETTERS: dict[str, tuple[float, float, float]] = {"]
    lines += [f'    "{name}": {color},' for name, color in letters.items()]
    lines += ["}", '"""Single letters, whose colours are no whole numbers of 255."""', ""]
    lines += ["NAMED: dict[str, str] = {"]
    lines += [f'    "{name}": "{named[name]}",' for name in sorted(named)]
    lines += ["}", '"""Those of CSS 4 and of Tableau, as `#rrggbb`."""', ""]
    return _HEAD + "\n".join(lines)


if __name__ == "__main__":
    Path(colors.__file__).with_name("color_names.py").write_text(make_names())
