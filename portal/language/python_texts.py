"""Finds the texts of Python sources with their translator comments, for Babel's extraction.

Babel's own extractor stops at a keyword called with no arguments, and overlooks a comment inside a call.
"""

import ast
import io
import tokenize
from collections.abc import Collection, Iterable, Iterator
from typing import IO, Any

Text = tuple[int, str, tuple[str | None, ...], list[str]]
Comments = dict[int, str]


def extract(
    file: IO[bytes], keywords: Iterable[str], comment_tags: Collection[str], options: dict[str, Any]
) -> Iterator[Text]:
    """Yield (line, function, arguments, comments) for each call of a keyword in a Python file.

    A translator comment belongs to the next call, to others on its line or inside it, or, written after code,
    to the calls on its own line.
    """
    source = file.read().decode("utf-8")
    above, beside = _comments(source, tuple(comment_tags))
    scope_end = 0
    comment: list[str] = []
    for call, name in _calls(source, set(keywords)):
        waiting = [line for line in above if line <= call.args[0].lineno]
        if waiting:
            comment = [above[max(waiting)]]
            scope_end = call.end_lineno or call.lineno
            for line in waiting:
                del above[line]
        elif call.lineno > scope_end:
            comment = []
        own = beside.get(call.end_lineno or call.lineno)
        yield call.lineno, name, tuple(_plain_string(a) for a in call.args), [own] if own else list(comment)


def _calls(source: str, keywords: set[str]) -> list[tuple[ast.Call, str]]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            function = node.func
            name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
            if name in keywords:
                found.append((node, name))
    # By where the first argument stands, so that a comment inside a call still comes before its text.
    return sorted(found, key=lambda pair: (pair[0].args[0].lineno, pair[0].args[0].col_offset))


def _comments(source: str, tags: tuple[str, ...]) -> tuple[Comments, Comments]:
    """Return the comments on lines of their own, by their last line, and those written after code."""
    above: Comments = {}
    beside: Comments = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        line, text = token.start[0], token.string.lstrip("# ").rstrip()
        alone = not token.line[: token.start[1]].strip()
        if text.startswith(tags):
            (above if alone else beside)[line] = text
        elif alone and line - 1 in above:
            above[line] = f"{above.pop(line - 1)} {text}"
    return above, beside


def _plain_string(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
