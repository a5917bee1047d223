"""The kinds of faults that are put into the sources, and where each fits."""

import ast
import copy
import re
from collections.abc import Callable, Iterator
from typing import TypeGuard

Spoiled = tuple[ast.expr | ast.stmt, str]
"""What of the sources is replaced, and by which words."""

ORDERS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
"""What each comparison is mistaken for."""
FILLED = (ast.List, ast.Tuple, ast.ListComp, ast.GeneratorExp, ast.Set, ast.Dict, ast.Constant)
"""What is made where it stands, so that nobody else holds it."""
TOLD = (ast.Constant, ast.JoinedStr, ast.List, ast.Tuple)
"""What cannot be subtracted, or is seen at a glance."""
COPIES = ("list", "dict", "copy.copy", "copy.deepcopy")
"""Functions that return what they get, as a thing of one's own."""
CHECKS = re.compile(r"_?(check|validate|refuse|require|warn)_?\w*|warn")
"""Names of functions that are called for what they raise or say."""


def is_sum(node: ast.AST) -> TypeGuard[ast.BinOp]:
    """Return whether something is added or subtracted."""
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)


def called(node: ast.AST) -> str:
    """Return the name of what is called, such as ``np.array``; empty if nothing is."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def first_of(call: ast.Call) -> str:
    """Return the words of the first argument of a call."""
    return ast.unparse(call.args[0])


def spoil_copies(node: ast.AST) -> Iterator[Spoiled]:
    """Keep what is the caller's own, and what may be written to."""
    if isinstance(node, ast.Expr) and called(node.value).endswith(".setflags"):
        yield node, "pass"
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith("flags.writeable"):
        yield node, "pass"
    if not isinstance(node, ast.Call):
        return
    name = called(node)
    if isinstance(node.func, ast.Attribute) and node.func.attr == "copy" and not node.args:
        yield node, ast.unparse(node.func.value)
    elif node.args and not isinstance(node.args[0], FILLED):
        if name == "np.array":
            other = copy.deepcopy(node)
            other.func = ast.parse("np.asarray", mode="eval").body
            other.keywords = [word for word in other.keywords if word.arg in ("dtype", "order")]
            yield node, ast.unparse(other)
        elif name in COPIES and isinstance(node.args[0], ast.Name | ast.Attribute):
            yield node, first_of(node)


def spoil_sorts(node: ast.AST) -> Iterator[Spoiled]:
    """Sort no more."""
    if isinstance(node, ast.Expr) and called(node.value).endswith(".sort"):
        yield node, "pass"
    if not isinstance(node, ast.Call) or not node.args:
        return
    first, name = first_of(node), called(node)
    if name == "sorted":
        yield node, f"list({first})"
    elif name == "np.sort":
        yield node, f"np.asarray({first})"
    elif name == "np.argsort":
        yield node, f"np.arange(len({first}))"
    elif name == "np.lexsort":
        yield node, f"np.arange(len({first}[0]))"


def spoil_nan(node: ast.AST) -> Iterator[Spoiled]:
    """Take NaN for a number."""
    name = called(node)
    if not isinstance(node, ast.Call) or not node.args:
        return
    first = first_of(node)
    if name == "np.isnan":
        yield node, f"np.zeros(np.shape({first}), dtype=bool)"
    elif name == "np.isfinite":
        yield node, f"np.ones(np.shape({first}), dtype=bool)"
    elif name in ("math.isnan", "math.isinf"):
        yield node, "False"
    elif name == "math.isfinite":
        yield node, "True"
    elif name.startswith("np.nan") and hasattr(__import__("numpy"), name[len("np.nan") :]):
        yield node, ast.unparse(node).replace("np.nan", "np.", 1)
    elif name == "np.nan_to_num":
        yield node, first
    for word in node.keywords:
        if word.arg == "equal_nan":
            yield word.value, "False"


def spoil_comparisons(node: ast.AST) -> Iterator[Spoiled]:
    """Put an edge on the other side."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in ORDERS:
        other = copy.deepcopy(node)
        other.ops[0] = ORDERS[type(node.ops[0])]()
        yield node, ast.unparse(other)


def spoil_offsets(node: ast.AST) -> Iterator[Spoiled]:
    """Count one too many or too few."""
    if is_sum(node) and isinstance(node.right, ast.Constant) and node.right.value == 1:
        yield node, ast.unparse(node.left)
    if isinstance(node, ast.Slice):
        for edge in (node.lower, node.upper):
            if isinstance(edge, ast.Constant) and edge.value in (1, 2):
                yield edge, str(edge.value - 1)
            elif isinstance(edge, ast.UnaryOp) and ast.unparse(edge) == "-1":
                yield edge, "-2"


def spoil_signs(node: ast.AST) -> Iterator[Spoiled]:
    """Subtract what is added, and the other way round; leave out a minus."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield from [] if isinstance(node.operand, TOLD) else [(node, ast.unparse(node.operand))]
    if is_sum(node) and not any(isinstance(side, TOLD) for side in (node.left, node.right)):
        other = copy.deepcopy(node)
        other.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield node, ast.unparse(other)


def spoil_axes(node: ast.AST) -> Iterator[Spoiled]:
    """Take the other axis or direction, and transpose nothing."""
    if isinstance(node, ast.keyword) and node.arg == "axis":
        value = ast.unparse(node.value)
        if value in ("0", "1", "-1"):
            yield node.value, "1" if value == "0" else "0"
    if isinstance(node, ast.Attribute) and node.attr == "T" and isinstance(node.ctx, ast.Load):
        yield node, ast.unparse(node.value)
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        where = ast.unparse(node.slice)
        if where in ("::-1", "(..., ::-1)", "(:, ::-1)"):
            yield node, ast.unparse(node.value)
        elif re.fullmatch(r"\((\.\.\.|:), [01]\)", where):
            other = {"0": "1", "1": "0"}[where[-2]]
            yield node, f"{ast.unparse(node.value)}[{where[1:-2]}{other}]"


def spoil_checks(node: ast.AST) -> Iterator[Spoiled]:
    """Neither refuse nor say anything."""
    if isinstance(node, ast.Raise) and node.exc is not None:
        yield node, "pass"
    if isinstance(node, ast.Expr) and CHECKS.fullmatch(called(node.value).rpartition(".")[2]):
        yield node, "pass"


def spoil_blocks(node: ast.AST) -> Iterator[Spoiled]:
    """Leave out the last block, or the last of each."""
    if isinstance(node, ast.Call) and called(node) == "range" and len(node.args) == 3:
        start, stop, step = map(ast.unparse, node.args)
        yield node, f"range({start}, {stop} - {step}, {step})"
        yield node, f"range({start}, {stop}, {step} + 1)"
    if not isinstance(node, ast.Slice) or node.step is not None:
        return
    if isinstance(node.lower, ast.Name) and isinstance(node.upper, ast.Name | ast.BinOp):
        yield node.upper, f"{ast.unparse(node.upper)} - 1"


KINDS: dict[str, Callable[[ast.AST], Iterator[Spoiled]]] = {
    "copies": spoil_copies,
    "sorts": spoil_sorts,
    "nan": spoil_nan,
    "blocks": spoil_blocks,
    "signs": spoil_signs,
    "axes": spoil_axes,
    "offsets": spoil_offsets,
    "comparisons": spoil_comparisons,
    "checks": spoil_checks,
}
"""By their names, the ones that tests notice least first."""
