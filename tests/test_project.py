"""What holds for the project as a whole: what is tracked, packed, pinned and imported."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

import store
import tui

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "bench",
    "docs",
    "pyproject.toml",
    "requirements-dev.txt",
    "store",
    "tests",
    "tui",
}
INDEX_ADDRESS = re.compile(
    r"https?://\S*(?:pypi|/simple\b|artifactory|nexus)|--(?:extra-)?index-url[ =]|--find-links[ =]"
)
HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "textual", "rich")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def tracked_texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        if path.suffix not in {".png", ".gif"} and path.exists():
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


def modules() -> list[str]:
    return [
        module.name
        for package in (store, tui)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not module.name.endswith("__main__")
    ]


def test_no_file_names_a_package_index() -> None:
    found = [path for path, text in tracked_texts() if INDEX_ADDRESS.search(text)]
    assert found == []


def test_no_file_names_a_place_on_this_machine() -> None:
    places = [f"{ROOT}/", f"{Path.home()}/", f"{sys.base_prefix}/"]
    found = [path for path, text in tracked_texts() if any(place in text for place in places)]
    assert found == []


def test_the_top_level_holds_what_it_should() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} - TOP_LEVEL == set()


@pytest.mark.parametrize("name", modules())
def test_every_module_imports(name: str) -> None:
    importlib.import_module(name)


def test_everything_that_is_needed_is_pinned() -> None:
    lines = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    pinned = {canonicalize_name(pin.name): pin for pin in pins}
    needed = needed_by("dealdeck", {"dev"})
    assert needed - pinned.keys() == set()
    for name in needed:
        installed = metadata.version(name)
        assert [str(pinned[name].specifier)] == [f"=={installed}"], name


def needed_by(
    distribution: str, extras: set[str], seen: set[NormalizedName] | None = None
) -> set[NormalizedName]:
    """The names of all distributions that one needs here, directly or not."""
    needed: set[NormalizedName] = set() if seen is None else seen
    for text in metadata.requires(distribution) or []:
        requirement = Requirement(text)
        wanted = any(
            requirement.marker is None or requirement.marker.evaluate({"extra": extra})
            for extra in extras or {""}
        )
        name = canonicalize_name(requirement.name)
        if wanted and name not in needed:
            needed.add(name)
            needed_by(name, set(requirement.extras), needed)
    return needed


def test_the_wheel_holds_both_packages_and_nothing_else(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        (entry_points,) = (name for name in names if name.endswith("entry_points.txt"))
        assert "deals = tui.cli:run" in packed.read(entry_points).decode()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"store", "tui"}
    in_tree = {
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.relative_to(ROOT).parts[0] in {"store", "tui"} and path.exists()
    }
    assert in_tree <= set(names)
    assert {"store/py.typed", "tui/py.typed"} <= set(names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def imported_from_store(path: Path) -> Iterator[tuple[str, str]]:
    """Each (module, name) that a file imports from the store; a plain `import store.x` gives (`store.x`, "")."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.split(".")[0] == "store")
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "store":
            yield from ((node.module, alias.name) for alias in node.names)


def test_the_face_imports_only_the_public_names_of_the_store() -> None:
    public = set(store.__all__)
    wrong = [
        (str(path.relative_to(ROOT)), module, name)
        for path in (ROOT / "tui").rglob("*.py")
        for module, name in imported_from_store(path)
        if module != "store" or name not in public
    ]
    assert wrong == []


def test_every_public_name_of_the_store_is_there() -> None:
    assert [name for name in store.__all__ if not hasattr(store, name)] == []


@pytest.mark.parametrize("module", ["store", "tui.cli", "tui.commands"])
def test_starting_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True).stdout
    assert loaded.decode().split() == []


@pytest.mark.parametrize("package", ["store.rules", "store.reads"])
def test_rules_and_reads_load_no_models(package: str) -> None:
    code = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module({package!r})\n"
        "for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(module.name)\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True).stdout
    assert loaded.decode().split() == []
