"""No text that is put together goes where Textual or rich read markup: `Acme [/]` would crash it, a link be clicked.

What reads markup is given `Content`, or a template that is written down whole with the names as its values
(`Content.from_markup("$name", name=name)`). This looks at the code of every screen and widget, as a reader would.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

MADE_OF_TEXT = {"Static", "Label", "Option", "Button", "Checkbox", "RadioButton", "Digits", "Link", "Collapsible",
                "Hit", "DiscoveryHit", "Selection", "Tab", "TabPane", "Markdown", "Placeholder", "Tooltip"}  # fmt: skip
"""What takes a text first and reads markup in it."""
LISTS = {"OptionList", "SelectionList", "ChoiceList"}
"""What reads markup in the texts that it is given later, unless told not to."""
METHODS = {"update", "notify", "from_markup", "render_markup", "print"}
"""What reads markup in what it is called with; `print` is a console's."""
ATTRIBUTES = {"tooltip", "border_title", "border_subtitle", "label", "title", "sub_title", "loading_message"}
KEYWORDS = {"tooltip", "help", "title", "message", "border_title", "border_subtitle", "label", "prompt"}
"""Named arguments of what stands in `MADE_OF_TEXT` or `METHODS` that are read too."""


def put_together(node: ast.AST, known: dict[str, ast.AST], depth: int = 3) -> bool:
    """Whether a text is made there out of others: f-string, `%`, `+`, `.format`, `.join`, or a name for such."""
    match node:
        case ast.JoinedStr():
            return True
        case ast.BinOp(left=left, op=ast.Add() | ast.Mod(), right=right):
            return any(
                isinstance(side, ast.Constant) and isinstance(side.value, str) for side in (left, right)
            ) or any(put_together(side, known, depth) for side in (left, right))
        case ast.Call(func=ast.Attribute(value=value, attr="format" | "join" | "format_map" | "replace")):
            return not (isinstance(value, ast.Call) and name_of(value.func) == "Content")
        case ast.Call(func=ast.Name(id="str" | "repr" | "printable" | "clean_line" | "quoted" | "escape")):
            return True
        case ast.IfExp(body=body, orelse=orelse):
            return put_together(body, known, depth) or put_together(orelse, known, depth)
        case ast.BoolOp(values=values):
            return any(put_together(value, known, depth) for value in values)
        case ast.Name(id=name) if depth and name in known:
            return put_together(known[name], known, depth - 1)
    return False


def name_of(node: ast.AST) -> str:
    """The last word of what is called."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def into_markup(source: str) -> Iterator[tuple[int, str]]:
    """The line and the place of each text that is put together, or is no fixed one, where markup is read."""
    tree = ast.parse(source)
    for scope in ast.walk(tree):
        if isinstance(scope, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef):
            known = assigned(scope)
            for node in own_nodes(scope):
                yield from ((getattr(node, "lineno", 0), place) for place in wrong_in(node, known))


def own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """What is written in a function itself, not in one within it."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from own_nodes(node)


def assigned(scope: ast.AST) -> dict[str, ast.AST]:
    """The last value of each name of a function; a parameter that is said to be a text counts as put together."""
    known: dict[str, ast.AST] = {}
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
        for argument in (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs):
            if argument.annotation is not None and ast.unparse(argument.annotation).startswith("str"):
                known[argument.arg] = ast.JoinedStr([])
    for node in own_nodes(scope):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            known[node.targets[0].id] = node.value
    return known


def wrong_in(node: ast.AST, known: dict[str, ast.AST]) -> Iterator[str]:
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if (
                isinstance(target, ast.Attribute)
                and target.attr in ATTRIBUTES
                and put_together(node.value, known)
            ):
                yield f".{target.attr} ="
    if isinstance(node, ast.FunctionDef) and node.name == "render" and returns_text(node):
        yield "render() -> str"
    if not isinstance(node, ast.Call):
        return
    called, unread = name_of(node.func), tells(node, "markup", False)
    if called == "from_markup" and not (node.args and isinstance(node.args[0], ast.Constant)):
        yield "from_markup(no fixed template)"
    if called in LISTS and not unread:
        yield f"{called}() without markup=False"
    if (
        called in MADE_OF_TEXT or (called in METHODS and isinstance(node.func, ast.Attribute))
    ) and not unread:
        read = [*node.args[:1], *(each.value for each in node.keywords if each.arg in KEYWORDS)]
        if any(put_together(each, known) for each in read):
            yield f"{called}()"


def returns_text(node: ast.FunctionDef) -> bool:
    return isinstance(node.returns, ast.Name) and node.returns.id == "str"


def tells(node: ast.Call, name: str, value: object) -> bool:
    return any(
        each.arg == name and isinstance(each.value, ast.Constant) and each.value.value is value
        for each in node.keywords
    )


def test_no_text_that_is_put_together_is_read_as_markup() -> None:
    files = sorted((ROOT / "tui").rglob("*.py"))
    assert len(files) > 100
    found = {
        str(path.relative_to(ROOT)): list(into_markup(path.read_text(encoding="utf-8"))) for path in files
    }
    assert {path: places for path, places in found.items() if places} == {}


@pytest.mark.parametrize(
    "line",
    [
        'Static(f"Deal {name}")', 'Static("Deal " + name)', 'Label("Deal %s" % name)', 'Static("{}".format(name))',
        'self.notify(f"won {name}")', 'app.notify(message=f"won {name}")', 'self.query_one(Static).update(f"! {why}")',
        'Content.from_markup(f"[b]{name}")', 'Text.from_markup("[b]" + name)', "Content.from_markup(template)",
        'card.tooltip = f"{name}"', 'self.border_title = "Deal " + name', 'self.border_subtitle = "%s" % name',
        'Option(" ".join(words))', "OptionList(*options)", 'Static(str(name))', "Static(printable(name))",
        'words = f"{name}"\n    Static(words)', 'Static(name)', 'Hit(1, Content(name), run, help=f"{name}")',
        'console.print(f"[b]{name}")', 'Static(f"{name}" if name else "")', 'Static(name or f"none")',
        'self.query_one(Static).update(name.replace("a", "b"))',
    ],
)  # fmt: skip
def test_it_would_be_found(line: str) -> None:
    assert list(
        into_markup(f"def shown(self, name: str, why, words, options, template) -> None:\n    {line}\n")
    )


@pytest.mark.parametrize(
    "line",
    [
        'Static(Content(f"Deal {name}"))', 'Static("[b]no name[/]")', 'Static(f"{name}", markup=False)',
        'Content.from_markup("$name", name=name)', 'self.echo.update(Content.assemble((name, "bold")))',
        "seen.update(own)", "OptionList(*options, markup=False)", 'Static(Content("\\n").join(lines))',
        'logger.info(f"{name}")', 'self.tooltip = Content(f"{name}")',
    ],
)  # fmt: skip
def test_what_is_no_markup_is_not(line: str) -> None:
    assert (
        list(into_markup(f"def shown(self, name: str, own, seen, options, lines) -> None:\n    {line}\n"))
        == []
    )
