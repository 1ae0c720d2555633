"""Pages escape everything, format only through the language room, and need nothing inline."""

import re

import pytest

from tests.house.house import name, python_files, templates

# Files that may call text safe, each with what makes it so.
MAY_MARK_SAFE = {
    "portal/web/assets.py": "our own style and script, constants of the build",
    "portal/language/formats.py": "joins items that were escaped one by one",
    "portal/language/pseudo.py": "changes text that was already safe, in tests only",
    "portal/language/translation.py": "wraps escaped text in an element with its language",
    "portal/web/page.py": "keeps what a template of ours rendered, which was escaped then",
    "portal/web/text.py": "wraps escaped text in an element with its language",
}

FORBIDDEN = {
    "calls text safe": r"\|\s*safe\b|\{%-?\s*autoescape\s+false",
    "formats by itself": r"\bstrftime\b|\.format\(|\|\s*(?:format|(?:date|time|number|currency)format)\b",
    "styles inline": r"<[^>{}]*\sstyle\s*=",
    "handles events inline": r"<[^>{}]*\son[a-z]+\s*=",
    # One frame may stand: that of the support service which the operator named.
    "asks for another file": (
        r"<(?:link[^>]*rel=.?stylesheet|script[^>]*\ssrc=|iframe(?! src=.\{\{ support\.frame \}\}))"
        r"|<img[^>]*\ssrc=.?http"
    ),
    "writes an address by hand": r"(?:href|action)=\"/(?!/)[a-z]",
    "lets text loose from its language": r"\|\s*(?:upper|title|capitalize)\b",
}


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_no_template(fault):
    pattern = re.compile(FORBIDDEN[fault])
    found = []
    for path in templates():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{name(path)}:{number}: {line.strip()}")
    assert found == []


def test_code_calls_text_safe_only_where_it_says_why():
    marks = re.compile(r"(?<!def )\bMarkup\(")
    found = {name(p) for p in python_files("portal") if marks.search(p.read_text(encoding="utf-8"))}
    assert found - set(MAY_MARK_SAFE) == set()
