"""What `import store` offers."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import store


def test_every_public_name_is_there() -> None:
    for name in store.__all__:
        assert getattr(store, name) is not None
    assert set(store.__all__) <= set(dir(store))


def test_the_type_checker_sees_the_names_that_the_program_sees() -> None:
    assert store.__file__ is not None
    tree = ast.parse(Path(store.__file__).read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.asname: (node.module, alias.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom) and node.module != "store"
        for alias in node.names
        if not str(alias.asname).startswith("_")  # what others are assigned from
    }
    assigned = {node.targets[0].id for node in block.body if isinstance(node, ast.Assign)}  # type: ignore[attr-defined]
    homes = {name: home for name, home in store._HOME.items() if name not in assigned}
    assert seen == homes
    assert set(store.__all__) == set(seen) | assigned


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'store' has no attribute 'nonsense'"):
        store.__getattr__("nonsense")


def test_importing_the_store_loads_nothing_but_itself() -> None:
    script = "import sys; before = set(sys.modules); import store; print(*sorted(set(sys.modules) - before))"
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{script}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ended.stdout.split() == ["store"]
