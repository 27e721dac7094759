"""The shape of the code: functions in one screen, modules in one sitting, one writer for each field."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from nhanluc_extract.extraction.facts.fields.table import LAYERS
from nhanluc_extract.model import Fact
from nhanluc_extract.rulepack.effects import EFFECTS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "nhanluc_extract"
MOST_LINES_OF_A_FUNCTION, MOST_LINES_OF_A_MODULE = 50, 350
# Who may say what a class is asked for: these methods take names of effects.
ASKS_FOR_AN_EFFECT = frozenset({"is_a"})

MODULES = {str(path.relative_to(SOURCE)): path for path in sorted(SOURCE.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_can_be_read_in_one_sitting(name: str) -> None:
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_MODULE
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(TREES[name])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def written_fields(tree: ast.Module) -> Iterator[str]:
    """Fields of a fact that a module writes: where it builds or rebuilds one, or assigns to one."""
    names = {field.name for field in fields(Fact)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            rebuilt = node.func.id == "replace" and _is_a_fact(node.args[0])
            if node.func.id == "Fact" or rebuilt:
                yield from (keyword.arg for keyword in node.keywords if keyword.arg in names)
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets += [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr in names and _is_a_fact(target.value):
                yield target.attr


def _is_a_fact(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and "fact" in node.id


def test_no_field_of_a_fact_is_assigned_in_more_than_one_module() -> None:
    writers: dict[str, set[str]] = defaultdict(set)
    for name, tree in TREES.items():
        for field in written_fields(tree):
            writers[field].add(name)
    assert set(writers) == {field.name for field in fields(Fact)}
    assert {field: sorted(where) for field, where in writers.items() if len(where) > 1} == {}


def test_the_writers_of_a_field_are_found() -> None:
    assert list(written_fields(ast.parse("Fact(status=1)\nreplace(fact, per=2)\nfact.level = 3"))) == [
        "level", "status", "per",
    ]  # fmt: skip
    assert list(written_fields(ast.parse("replace(claim, per=2)\nreading.level = 3"))) == []


def objects_filled_in(tree: ast.Module) -> set[str]:
    """Objects of which a module assigns an attribute, without ``self`` and hooks of the interpreter."""
    return {
        ast.unparse(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) not in ("self", "sys")
    }


def test_no_object_is_filled_in_by_another_module_after_it_is_built() -> None:
    """Whoever builds an object may complete it; all others hand it what they found."""
    builders = {"extraction/sentence/reader.py", "text/document.py", "text/zones.py", "reading/html.py"}
    builders |= {"reading/archives.py", "checking/printed.py"}
    assert {name for name, tree in TREES.items() if objects_filled_in(tree)} <= builders


def test_each_field_that_words_decide_is_settled_by_layers_of_one_table() -> None:
    tables = list(LAYERS.values())
    assert len({id(table) for table in tables}) == len(tables)
    settled = [name for name in MODULES if any(_builds_a_settled(node) for node in ast.walk(TREES[name]))]
    assert settled
    assert all(name.startswith("extraction/facts/fields/") for name in settled), settled


def _builds_a_settled(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Settled"


def asked_effects(tree: ast.Module) -> Iterator[str]:
    """Names that the code asks words for."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ASKS_FOR_AN_EFFECT
        ):
            for argument in node.args:
                for part in ast.walk(argument):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value


def test_the_engine_asks_for_no_name_that_is_not_an_effect() -> None:
    asked = {effect for tree in TREES.values() for effect in asked_effects(tree)}
    assert len(asked) > 30
    assert asked <= set(EFFECTS), asked - set(EFFECTS)


def test_every_effect_is_used_by_the_engine() -> None:
    constants = {
        node.value
        for name, tree in TREES.items()
        if name != "rulepack/effects.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(EFFECTS) - constants == set()


def test_every_effect_is_told_in_the_manual_of_rules() -> None:
    manual = (SOURCE.parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")
    assert [effect for effect in EFFECTS if f"| `{effect}` |" not in manual] == []
