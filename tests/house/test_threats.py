"""What docs/security.md claims to be tested is tested, under the name it gives."""

import re

from tests.house.house import ROOT

PITFALLS = range(1, 19)


def claimed() -> set[str]:
    """The ids of the threats that the page lists."""
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    return {found.lower() for found in re.findall(r"^\| (T\d\d) \|", page, re.MULTILINE)}


def proved() -> set[str]:
    """The ids in the names of tests."""
    names = [
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        if "node_modules" not in path.parts
        for name in re.findall(
            r"^def test_((?:t|pitfall_)\d\d)_", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    return set(names)


def test_every_threat_on_the_page_has_a_test_of_its_name():
    assert len(claimed()) == 21
    assert claimed() - proved() == set()


def test_every_pitfall_of_the_framework_has_a_test_of_its_name():
    assert {f"pitfall_{number:02}" for number in PITFALLS} - proved() == set()
