"""A number that a module keeps has its unit and its reason beside it.

Either a comment in the line above or on its own line, or a string or a comment in the line
below.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ALLOWED = 0
"""How many may lack it."""


def is_number(node: ast.expr | None) -> bool:
    """Return whether an expression is a number, or numbers in arithmetic or in a tuple."""
    if isinstance(node, ast.UnaryOp):
        return is_number(node.operand)
    if isinstance(node, ast.BinOp):
        return is_number(node.left) and is_number(node.right)
    if isinstance(node, ast.Tuple):
        return bool(node.elts) and all(map(is_number, node.elts))
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def constants(tree: ast.Module) -> Iterator[tuple[str, ast.stmt, ast.stmt | None]]:
    """Yield each numeric constant of a module, and the statement after it."""
    following: list[ast.stmt | None] = [*tree.body[1:], None]
    for statement, after in zip(tree.body, following, strict=True):
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            target, value = statement.target, statement.value
        else:
            continue
        many = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
        if is_number(value) or (many and is_number(value)):
            yield ast.unparse(target), statement, after


def is_explained(statement: ast.stmt, after: ast.stmt | None, lines: list[str]) -> bool:
    """Return whether a comment or a string stands beside a constant."""
    if (
        isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and isinstance(after.value.value, str)
    ):
        return True
    last = statement.end_lineno or statement.lineno
    above = lines[statement.lineno - 2] if statement.lineno > 1 else ""
    below = lines[last] if last < len(lines) else ""
    beside = "".join(lines[statement.lineno - 1 : last])
    return "#" in beside or above.startswith("#") or below.startswith("#")


def complaints(root: Path, allowed: int = ALLOWED) -> list[str]:
    """Return one line for each number without a reason, where there are more than allowed."""
    found = []
    for path in sorted(root.glob("packages/*/src/**/*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        found += [
            f"{path.relative_to(root)}:{statement.lineno}: {name} has no unit and no reason"
            for name, statement, after in constants(ast.parse(text))
            if not is_explained(statement, after, lines)
        ]
    if len(found) <= allowed:
        return []
    return [*found, f"{len(found)} numbers without a reason, where {allowed} are allowed"]


if __name__ == "__main__":
    sys.exit("\n".join(complaints(Path(__file__).parents[2])) or None)
