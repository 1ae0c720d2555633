"""Finds the texts of Jinja templates with their translator comments, for Babel's extraction.

Jinja's own extractor reads the syntax tree, where two texts on one line share one comment and the order of
nodes decides which comment survives; this one reads the tokens, so a comment stays with what follows it.
"""

import ast
from collections.abc import Collection, Iterable, Iterator
from typing import IO, Any

from jinja2 import Environment

Token = tuple[int, str, str]
Text = tuple[int, str, tuple[str | None, ...], list[str]]

_OPENING = {"(", "[", "{"}
_CLOSING = {")", "]", "}"}
_BLOCKS = {"variable_begin", "block_begin"}
_SILENT = {"whitespace", "comment_begin", "comment_end"}


def extract(
    file: IO[bytes], keywords: Iterable[str], comment_tags: Collection[str], options: dict[str, Any]
) -> Iterator[Text]:
    """Yield (line, function, arguments, comments) for each call of a keyword in a template.

    A translator comment belongs to the next call, and to further calls on its line or in its expression.
    """
    names = set(keywords)
    lexed = Environment(autoescape=True).lex(file.read().decode("utf-8"))
    tokens = [token for token in lexed if token[1] not in _SILENT]
    comment: list[str] = []
    used: tuple[int, int] | None = None
    block = 0
    for index, (line, kind, value) in enumerate(tokens):
        block += kind in _BLOCKS
        if kind == "comment":
            text = " ".join(value.strip(" -+\n").split())
            if text.startswith(tuple(comment_tags)):
                comment, used = [text], None
        elif _is_call(tokens, index, names):
            if used is not None and line != used[0] and block != used[1]:
                comment = []
            used = (line, block)
            yield line, value, _arguments(tokens, index + 2), list(comment)


def _is_call(tokens: list[Token], index: int, names: set[str]) -> bool:
    _, kind, value = tokens[index]
    if kind != "name" or value not in names or index + 1 >= len(tokens):
        return False
    is_filter = index > 0 and tokens[index - 1][1:] == ("operator", "|")
    return tokens[index + 1][1:] == ("operator", "(") and not is_filter


def _arguments(tokens: list[Token], start: int) -> tuple[str | None, ...]:
    # Positional arguments up to the matching bracket: a string where it is a plain one, else None.
    arguments: list[str | None] = []
    current: list[Token] = []
    depth = 0
    for token in tokens[start:]:
        _, kind, value = token
        if kind == "operator" and value in _CLOSING and depth == 0:
            break
        if kind == "operator" and value == "," and depth == 0:
            arguments.append(_plain_string(current))
            current = []
            continue
        depth += (kind == "operator" and value in _OPENING) - (kind == "operator" and value in _CLOSING)
        current.append(token)
    if current:
        arguments.append(_plain_string(current))
    return tuple(arguments)


def _plain_string(tokens: list[Token]) -> str | None:
    if not tokens or any(kind != "string" for _, kind, _ in tokens):
        return None
    return "".join(ast.literal_eval(value) for _, _, value in tokens)
