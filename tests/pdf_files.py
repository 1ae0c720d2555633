"""Reads PDF files as other programs do: the text that can be copied or heard, the structure, and every stream."""

import io
import re

import pikepdf


def opened(data):
    """The file, opened."""
    return pikepdf.open(io.BytesIO(data))


def text_of(data):
    """All text of a file in its order, as one line; nothing of how it looks."""
    with opened(data) as file:
        return " ".join(" ".join(_of_page(page) for page in file.pages).split())


def said(text):
    """A text as `text_of` would give it: white space does not count."""
    return " ".join(text.split())


def roles(data):
    """How often each kind of element stands in the file's structure tree, such as H2 or Lbl."""
    found: dict[str, int] = {}
    with opened(data) as file:
        _count(file.Root.StructTreeRoot, found)
    return found


def languages(data):
    """The languages that parts of the file name beside the file's own."""
    with opened(data) as file:
        tags = {
            str(one.Lang) for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/Lang" in one
        }
        return tags - {str(file.Root.Lang)}


def assert_nowhere(data, *needles):
    """Fail if a text stands anywhere in a file: in what can be copied, in any stream or string, or in the facts."""
    shown = text_of(data)
    with opened(data) as file:
        raw = [data, *_streams(file), *_strings(file)]
    for needle in needles:
        assert said(needle) not in shown, "it can be copied from a page"
        for form in {
            needle.encode(),
            needle.encode("utf-16-be"),
            needle.encode("latin-1", "ignore") or b"\0\0",
        }:
            assert all(form not in part for part in raw), "it stands in the file"


def _streams(file):
    for one in file.objects:
        if isinstance(one, pikepdf.Stream):
            yield one.read_bytes()


def _strings(file):
    for one in file.objects:
        yield from _within(one, 0)


def _within(one, depth):
    # Other objects are in the list of objects themselves.
    if isinstance(one, pikepdf.String):
        yield bytes(one)
        yield str(one).encode()
    elif depth < 6 and isinstance(one, pikepdf.Dictionary | pikepdf.Array):
        for part in one.values() if isinstance(one, pikepdf.Dictionary) else one:
            if not getattr(part, "is_indirect", False):
                yield from _within(part, depth + 1)


def _of_page(page):
    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    words, letters, instead = [], {}, []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in ("BDC", "BMC"):
            facts = operands[1] if len(operands) > 1 else None
            given = isinstance(facts, pikepdf.Dictionary) and "/ActualText" in facts
            instead.append(given)
            if given:
                words.append(str(facts.ActualText))
        elif name == "EMC":
            instead.pop()
        elif name in ("Tj", "TJ") and not any(instead):
            parts = operands[0] if name == "TJ" else operands
            words += [_read(bytes(part), letters) for part in parts if isinstance(part, pikepdf.String)]
        elif name in ("Tm", "Td", "T*", "ET") and words and words[-1] != "\n":
            words.append("\n")
    return re.sub(r"\n", " ", "".join(words))


def _read(codes, letters):
    return "".join(
        letters.get(codes[at : at + 2], "\N{REPLACEMENT CHARACTER}") for at in range(0, len(codes), 2)
    )


def _letters(font):
    table = font.ToUnicode.read_bytes().decode()
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int(text, 16)
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[(int(first, 16) + step).to_bytes(2, "big")] = chr(start + step)
    return found


def _count(element, found):
    if isinstance(element, pikepdf.Array):
        for part in element:
            _count(part, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            role = str(element.S).removeprefix("/")
            found[role] = found.get(role, 0) + 1
        if "/K" in element:
            _count(element.K, found)
