"""Names are what an expert expects: functions say what they do, and retired words stay retired.

`docs/developing/glossary.md` says what each word means here. A whole name is refused, never a
part of one: a place field and a shared memory are terms.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

SHARE = 0.85
"""Least share of function names that begin with a verb; it only ever rises."""

ALLOWED_RETIRED = 0
"""How many retired names may be there."""

ALLOWED_OPENINGS = 0
"""How many docstrings may open with one of OPENINGS."""

OPENINGS = ("Give ", "Gives ")
"""A docstring says what is computed: "Compute", "Return", "Find", ..."""

VERBS = frozenset(
    """
    accept activate adapt add advance align allocate animate annotate append apply approximate
    are arrange as ask assemble assert assign attach average begin bin bind blend block blur
    bound branch break build bundle cache calibrate call can cancel capture cast center change
    check choose clamp clean clear click clip clone close coarsen collect combine compare
    compile complain complete compose compress compute concatenate configure connect constrain
    contain contains convert copy count cover create crop cross cut debug declare decode
    decompress deduplicate default define delete derive describe detach detect determine diff
    diffuse dilate discard discretize dispatch display divide do does download draw drop dump
    duplicate edit emit enable encode ensure enter enumerate erase erode escape estimate
    evaluate exclude execute exit expand expect explain export extend extract factor fail fall
    fetch fill filter find finish fit flatten flip flush fold follow force format forward free
    freeze from gather generate get give go group grow guard guess handle has hide hit hold
    holds hover identify ignore import include index infer inform init initialize insert
    inspect install integrate interpolate intersect invalidate invert is iter iterate join jump
    keep key label lay leave lift limit linearize link list listen load locate lock log look
    lower main make map mark mask match measure merge migrate mirror mix monitor move multiply
    mute name narrow need needs normalize note notify offer offset omit on open order orient
    outline overlap pack pad paint parse pass paste patch pause permute pick pin place plan
    play plot poll pop post prefetch prepare present preserve press prevent print probe process
    produce project prompt propagate protect prune publish pull push put quantise quantize
    query queue quote raise rasterize read rebin receive recolor record recover redirect redraw
    reduce refer refill refresh refuse register reject release reload remove rename render
    renew reopen reorder repaint repeat replace report represent request require resample reset
    reshape resize resolve respond restart restore resume return reverse rewrite roll rotate
    round route run sample save say scale scan schedule score search seek select send separate
    serialize serve set shade shift show shrink shuffle shut sign simplify simulate skip slice
    slide smooth snap solve sort spawn split spread stack standardize start stay step stitch
    stop store stroke submit subscribe subset subtract suggest sum supply support suspend swap
    switch synchronize take tell tessellate test tile to toggle transform translate transpose
    traverse triangulate trim truncate try turn unbind uncover undo union unpack unwrap update
    upload use validate verify view visit wait walk want warn warp watch weigh widen wrap write
    yield zoom
    """.split()  # noqa: SIM905 - a list would be a word a line
)
"""Words that a function's name may begin with."""

RETIRED = frozenset(
    """
    stage drawn piece pieces met known sure kin said seen unseen walked ensured squeezed
    appended
    """.split()  # noqa: SIM905 - a list would be a word a line
)
"""Words of an old dialect: none is the name of a function, class, module or argument."""

RETIRED_NAMES = frozenset(
    """
    Space Sampled Arenas Saved Reshape Parts Visited Queries Paths OnTrack Rebin unbroken
    buckets graph_pieces graph_read graph_region graph_strip TrackStrip work_through as_workers
    as_trains sampled_places on_picture in_space path_on PlaneStage LineStage frames_first
    on_bins scene_of_frames drawn_layout Followed position_for Bracket slack read_clock lay_out
    usual_urgency urgency write_segments encode_runs Stamp Lowering _Count FieldDrawn
    keep_in_sight say_values seen_scene at_close quietly at_once stored_frames frame_chunks
    Given Laid Shown Paper one_line size_of
    """.split()  # noqa: SIM905 - a list would be a word a line
)
"""Names that have a better one since, as the glossary says."""

EXEMPT_DECORATORS = frozenset(
    {"property", "cached_property", "setter", "deleter", "overload", "fixture"}
)
"""What is read like a value is named like one."""


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the functions of a module that are named by what they do."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        decorators = {ast.unparse(d).partition("(")[0].split(".")[-1] for d in node.decorator_list}
        special = node.name.startswith("__") and node.name.endswith("__")
        if not special and not decorators & EXEMPT_DECORATORS:
            yield node


def is_verb(name: str) -> bool:
    """Return whether a function's name begins with a verb."""
    return name.lstrip("_").partition("_")[0] in VERBS


def names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the name of each function, class and argument, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        if isinstance(node, ast.arg):
            yield node.lineno, node.arg


def is_retired(name: str) -> bool:
    """Return whether a whole name is one that has a better one since."""
    return name.lstrip("_") in RETIRED or name in RETIRED_NAMES


def openings(tree: ast.Module) -> Iterator[int]:
    """Yield the line of each docstring that does not say what is computed."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    for node in ast.walk(tree):
        if isinstance(node, kinds) and (ast.get_docstring(node) or "").startswith(OPENINGS):
            yield node.lineno


def complaints(
    root: Path,
    share: float = SHARE,
    retired: int = ALLOWED_RETIRED,
    opened: int = ALLOWED_OPENINGS,
) -> list[str]:
    """Return what is wrong, where more is wrong than is allowed for now."""
    named: list[str] = []
    unfit: list[str] = []
    plain: list[str] = []
    for path in sorted(root.glob("packages/*/src/**/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        where = path.relative_to(root)
        named += [function.name for function in functions(tree)]
        if is_retired(path.stem):
            unfit.append(f"{where}:1: {path.stem} is a retired name")
        unfit += [
            f"{where}:{line}: {name} is a retired name"
            for line, name in names(tree)
            if is_retired(name)
        ]
        plain += [f"{where}:{line}: a docstring opens with 'Give'" for line in openings(tree)]
    found = []
    if len(unfit) > retired:
        found += [*unfit, f"{len(unfit)} retired names, where {retired} are allowed"]
    if len(plain) > opened:
        found += [*plain, f"{len(plain)} such docstrings, where {opened} are allowed"]
    begun = sum(map(is_verb, named))
    if named and begun < share * len(named):
        found.append(
            f"{begun} of {len(named)} function names ({begun / len(named):.0%}) begin with a "
            f"verb, where {share:.0%} must"
        )
    return found


if __name__ == "__main__":
    sys.exit("\n".join(complaints(Path(__file__).parents[2])) or None)
