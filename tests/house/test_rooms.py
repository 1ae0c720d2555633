"""One word names a room everywhere, a room holds known furniture, and its tables are its own."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib

import pytest

from tests.house.house import (
    FURNITURE,
    MORE_FURNITURE,
    NOT_ROOMS,
    PORTAL,
    ROOT,
    URL_WORDS,
    files,
    imports,
    name,
    python_files,
    rooms,
    templates,
    tree,
)

SHARED_TESTS = {
    "house",
    "journeys",
    "looks",
    "reliability",
    "bench",
    "migrations",
    "cli",
    "worker",
    "app",
} | {"threats"}


def room_of(path):
    return path.relative_to(PORTAL).parts[0]


def furniture_of(path):
    """The file's name, or that of the folder it was split into: `views/`, once `views.py` grew too long."""
    return path.relative_to(PORTAL).with_suffix("").parts[1]


def room_files():
    return [p for p in python_files("portal") if p.parent != PORTAL and room_of(p) not in NOT_ROOMS]


def strings_named(path, target):
    """Every string given to a class attribute or variable of that name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            if any(isinstance(t, ast.Name) and t.id == target for t in node.targets):
                yield node.value.value


def first_arguments(path, called):
    """Every string that is the first argument of a call to that name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = node.func
            if (function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")) == called:
                yield node.args[0].value


def test_every_package_is_a_room_that_was_agreed():
    assert set(rooms()) - set(URL_WORDS) == set()


def test_a_room_holds_only_known_furniture():
    allowed = {room: FURNITURE | MORE_FURNITURE.get(room, set()) for room in rooms()}
    assert [name(p) for p in room_files() if furniture_of(p) not in allowed[room_of(p)]] == []


def test_a_room_says_what_it_is_and_its_init_does_nothing_else():
    for room in rooms():
        body = tree(PORTAL / room / "__init__.py").body
        assert len(body) == 1 and isinstance(body[0], ast.Expr), f"portal/{room}: a docstring only"


def test_a_folder_of_templates_is_named_after_its_room():
    folders = {p.relative_to(ROOT).parts[1] for p in templates() if len(p.relative_to(ROOT).parts) > 2}
    assert {f for f in folders if not f.startswith("_")} - set(rooms()) - {"web"} == set()


def test_a_folder_of_tests_is_named_after_its_room():
    tests = (p.relative_to(ROOT / "tests").parts for p in files() if p.is_relative_to(ROOT / "tests"))
    folders = {parts[0] for parts in tests if len(parts) > 1 and not parts[0].startswith("_")}
    assert folders - set(rooms()) - NOT_ROOMS - SHARED_TESTS == set()


def test_a_table_is_named_after_its_room():
    strange = []
    for path in room_files():
        tables = [*strings_named(path, "__tablename__"), *first_arguments(path, "Table")]
        strange += [f"{name(path)}: {table}" for table in tables if not table.startswith(f"{room_of(path)}_")]
    assert strange == []


def test_a_blueprint_is_named_after_its_room():
    strange = []
    for path in room_files():
        named = first_arguments(path, "Blueprint")
        strange += [f"{name(path)}: {word}" for word in named if word.split("_api")[0] != room_of(path)]
    assert strange == []


@pytest.fixture(scope="module")
def routes(tmp_path_factory):
    if not (PORTAL / "cli.py").exists():
        return []
    done = subprocess.run(
        [sys.executable, "-m", "portal", "routes", "--json"],
        cwd=ROOT,
        env={**os.environ, "PORTAL_INSTANCE": str(tmp_path_factory.mktemp("routes"))},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def first_word(rule):
    parts = [part for part in rule.strip("/").split("/") if not part.startswith("<")]
    return parts[0] if parts else ""


def test_the_first_word_of_an_address_is_its_room(routes):
    strange = []
    for route in routes:
        room = route["endpoint"].split(".")[0].removesuffix("_api")
        if room in URL_WORDS and first_word(route["rule"]) not in URL_WORDS[room]:
            strange.append(f"{route['rule']} belongs to {room}")
    assert strange == []


def test_an_address_is_lower_case_kebab_and_declares_a_permission(routes):
    plain = re.compile(r"[a-z0-9.-]*|<(\w+(\(.*\))?:)?[a-z_]+>(\.[a-z]+)?")
    for route in routes:
        assert all(plain.fullmatch(part) for part in route["rule"].split("/")), route["rule"]
        assert route["permission"], f"{route['rule']} declares no permission"


def test_a_rooms_tables_are_read_by_others_only_in_queries():
    strange = []
    for path in python_files("portal"):
        own = room_of(path) if path.parent != PORTAL else None
        if path == PORTAL / "app.py" or (own and path.parent.name != own and path.parent.name == "queries"):
            continue
        for imported in imports(path):
            parts = imported.split(".")
            foreign = parts[0] == "portal" and parts[2:3] == ["models"] and parts[1] != own
            if foreign and path.stem != "queries":
                strange.append(f"{name(path)} imports {imported}")
    assert strange == []


def test_every_service_stands_in_the_order_of_rooms():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["name"] == "services call downwards only")
    ordered = [layer.strip("()").split(".")[1] for layer in layers]
    services = {room_of(p) for p in room_files() if furniture_of(p) == "service"}
    assert services - set(ordered) == set()
    agreed = [room for room in URL_WORDS if room in ordered]
    assert ordered == agreed, "the order of services is the order of rooms"
