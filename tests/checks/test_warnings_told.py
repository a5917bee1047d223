"""Every warning that a user can see stands on the page for troubles."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "troubleshooting.md"

WARNERS = {"warn_user", "warnings.warn"}

LEAST_WORDS = 4
"""Words in a row: fewer stand on a page by chance."""

LONGEST_VALUE = 60
"""Letters that stand for a value on the page, where a line says less than that many words."""

NOT_ON_THE_PAGE = {
    "_foreign.py": "another project's files; docs/installing.md has it",
    "user_warning.py": "it hands on the texts of others",
}
"""Modules whose warnings the page does not have, and why."""

HOLE = "\0"
"""What stands for a value in a text."""


@dataclass(frozen=True)
class Scope:
    """Where a name is looked up: in a module, in a function of it, then among all functions."""

    module: ast.Module
    function: ast.AST
    others: Mapping[str, tuple[ast.Module, ast.FunctionDef]]


def find_lines(
    node: ast.expr | None, scope: Scope, seen: frozenset[str] = frozenset()
) -> set[str]:
    """Find the first lines that a text may have, with a hole for each value in them."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.JoinedStr(values=parts):
            said = join_lines(
                find_lines(x, scope) if isinstance(x, ast.Constant) else {HOLE} for x in parts
            )
            # Values are looked into only where the text itself says too little to be found by.
            if any(map(find_phrases, said)):
                return said
            return join_lines(find_lines(part, scope, seen) for part in parts)
        case ast.FormattedValue(value=value):
            return find_lines(value, scope, seen)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return join_lines(find_lines(one, scope, seen) for one in (left, right))
        case ast.IfExp(body=body, orelse=orelse):
            return find_lines(body, scope, seen) | find_lines(orelse, scope, seen)
        case ast.BoolOp(op=ast.Or(), values=values):
            return set().union(*(find_lines(value, scope, seen) for value in values))
        case ast.Name(id=name) if name not in seen:
            found = [find_lines(one, scope, seen | {name}) for one in find_bound(scope, name)]
            return set().union(*found) or {HOLE}
        case ast.Call(func=ast.Attribute(value=value, attr="rstrip")):
            return find_lines(value, scope, seen)
        case ast.Call(func=ast.Attribute(attr="join"), args=[ast.List(elts=[first, *_])]):
            return find_lines(first, scope, seen)
        case ast.Call(func=ast.Attribute(attr="join"), args=[ast.GeneratorExp() as parts]):
            return find_joined(parts, scope, seen) or {HOLE}
        case ast.Call(func=ast.Name(id=name)) if name not in seen:
            return find_returned(name, scope, seen | {name}) or {HOLE}
        case _:
            return {HOLE}


def join_lines(parts: Iterable[set[str]]) -> set[str]:
    return {"".join(texts).partition("\n")[0] for texts in product(*parts)}


def find_bound(scope: Scope, name: str) -> Iterator[ast.expr]:
    """Find what a name is bound to in a function."""
    for node in ast.walk(scope.function):
        if isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if name in names:
                yield node.value


def find_joined(parts: ast.GeneratorExp, scope: Scope, seen: frozenset[str]) -> set[str]:
    """Find the texts that a generator picks from a list of tuples."""
    source = parts.generators[0].iter
    bound = find_bound(scope, source.id) if isinstance(source, ast.Name) else ()
    texts = [x for one in bound for x in ast.walk(one) if isinstance(x, ast.JoinedStr)]
    return set().union(*(find_lines(text, scope, seen) for text in texts))


def find_returned(name: str, scope: Scope, seen: frozenset[str]) -> set[str]:
    """Find the texts that a function of ours returns; none where it is not ours."""
    own = [x for x in scope.module.body if isinstance(x, ast.FunctionDef) and x.name == name]
    if not own and name not in scope.others:
        return set()
    module, function = (scope.module, own[0]) if own else scope.others[name]
    inside = Scope(module, function, scope.others)
    returned = [x.value for x in ast.walk(function) if isinstance(x, ast.Return)]
    return set().union(*(find_lines(value, inside, seen) for value in returned))


def find_warnings(sources: Mapping[str, str]) -> Iterator[tuple[str, set[str]]]:
    """Find the place of each warning in sources by their path, and its possible first lines."""
    modules = {path: ast.parse(source) for path, source in sources.items()}
    others = {
        function.name: (module, function)
        for module in modules.values()
        for function in module.body
        if isinstance(function, ast.FunctionDef)
    }
    for path, module in modules.items():
        functions = [x for x in ast.walk(module) if isinstance(x, ast.FunctionDef)]
        for call in ast.walk(module):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in WARNERS:
                around = [x for x in functions if x.lineno <= call.lineno <= (x.end_lineno or 0)]
                inside = max(around, key=lambda x: x.lineno, default=module)
                lines = find_lines(call.args[0], Scope(module, inside, others))
                yield f"{path}:{call.lineno}", {x for x in lines if re.search(r"\w", x)}


def split_line(line: str) -> list[str]:
    """Split a line at its values, and trim what is between them."""
    parts = [re.sub(r"^\W+|\W+$", "", " ".join(part.split())) for part in line.split(HOLE)]
    return [part for part in parts if part]


def find_phrases(line: str) -> list[str]:
    """Find what a line says in words enough to be found by."""
    return [part for part in split_line(line) if len(part.split()) >= LEAST_WORDS]


def stands_on(line: str, page: str) -> bool:
    """Tell whether a page, its white space alike, says a line, whatever the values in it."""
    phrases = find_phrases(line)
    if phrases:
        return all(phrase in page for phrase in phrases)
    wanted = f".{{1,{LONGEST_VALUE}}}?".join(map(re.escape, split_line(line)))
    return bool(re.search(wanted, page))


def find_untold(sources: Mapping[str, str], page: str) -> list[str]:
    """Find the warnings that do not stand on a page."""
    page = " ".join(page.split())
    return [
        f"{place}: {sorted(lines)}"
        for place, lines in find_warnings(sources)
        if not lines or not all(stands_on(line, page) for line in lines)
    ]


def read_sources() -> dict[str, str]:
    paths = [path for path in ROOT.glob("packages/*/src/**/*.py")]
    told = [path for path in paths if path.name not in NOT_ON_THE_PAGE]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in told}


def test_every_warning_stands_on_the_page() -> None:
    assert find_untold(read_sources(), PAGE.read_text(encoding="utf-8")) == []


def test_every_module_that_is_not_on_the_page_warns() -> None:
    for name in NOT_ON_THE_PAGE:
        (path,) = ROOT.glob(f"packages/*/src/**/{name}")
        assert list(find_warnings({name: path.read_text(encoding="utf-8")}))


@pytest.mark.parametrize(
    "body",
    [
        "warn_user('The moon is full tonight.')",
        "warnings.warn(f'{n} of {n} mice see that the moon is full.', stacklevel=2)",
        "text = f'{n}: so full is the moon.'\n    warn_user(text + (n and '\\n  Wait.'))",
        "warn_user(f'{describe(n)}\\n  Sleep well until the morning.')",
        "warn_user('Full moon.')",
        "warn_user(n)",
        "text = 'The page says that.' if n else 'It does not say this.'\n    warn_user(text)",
    ],
)
def test_a_warning_that_the_page_lacks_is_found(body: str) -> None:
    source = (
        f"def describe(n):\n    return f'the moon is {{n}} times full'\ndef f(n):\n    {body}\n"
    )
    page = "The page says that. Sleep well until the morning."
    (found,) = find_untold({"moon.py": source}, page)
    assert found.startswith("moon.py:")


def test_a_warning_that_the_page_has_is_not_complained_of() -> None:
    source = "def f(n):\n    warn_user(f'{n}: none of {n} mice\\n  sleeps')\n"
    assert find_untold({"a.py": source}, "| `Moon: none of\n… mice` |") == []
