"""No file or function grows past what one sitting can read."""

import ast

from tests.house.house import ROOT, files, name, python_files, templates, tree

PYTHON_LINES = 300
TEST_LINES = 400
CONFTEST_LINES = 150
TEMPLATE_LINES = 120
FUNCTION_LINES = 40
README_LINES = 80
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
TOP_LEVEL = {
    "portal", "templates", "static", "translations", "content", "migrations", "tests", "docs",
    "wsgi.py", "pyproject.toml", "README.md", "Makefile", "LICENSE",
    "requirements.txt", "requirements-test.txt",
}  # fmt: skip


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def cap(path):
    if path.name == "conftest.py":
        return CONFTEST_LINES
    return TEST_LINES if path.is_relative_to(ROOT / "tests") else PYTHON_LINES


def test_a_python_file_fits_its_cap():
    assert [f"{name(p)}: {lines(p)} > {cap(p)}" for p in python_files() if lines(p) > cap(p)] == []


def test_a_template_fits_its_cap():
    long = [p for p in templates() if lines(p) > TEMPLATE_LINES]
    assert [f"{name(p)}: {lines(p)}" for p in long] == []


def test_a_function_fits_its_cap():
    long = []
    for path in python_files("portal", "tests"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > FUNCTION_LINES:
                    long.append(f"{name(path)}: {node.name} has {length} lines")
    assert long == []


def test_no_file_has_a_name_that_says_nothing():
    words = {p: set(p.relative_to(ROOT).with_suffix("").parts) for p in files()}
    assert [name(p) for p in files() if FORBIDDEN_NAMES & words[p]] == []


def test_the_top_of_the_repository_holds_what_was_agreed():
    tops = {p.relative_to(ROOT).parts[0] for p in files()}
    assert {top for top in tops if not top.startswith(".")} - TOP_LEVEL == set()


def test_the_readme_is_short():
    readme = ROOT / "README.md"
    assert not readme.exists() or lines(readme) <= README_LINES
