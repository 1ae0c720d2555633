"""Finds English that nobody marked for translation, in a page rendered in the pseudo language."""

from html.parser import HTMLParser

ATTRIBUTES = ("alt", "aria-label", "aria-description", "placeholder", "title", "label")
BUTTONS = {"submit", "button", "reset"}
NEVER_SHOWN = {"script", "style", "template"}
# What somebody typed, not what we wrote.
TYPED = {"textarea"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def unmarked_text(html: str) -> list[str]:
    """Return each visible run of text, and each spoken attribute, that holds letters outside ⟦ and ⟧.

    Left out: what is in another language than the page (`lang`), what an agency holds (`data-held`), and what
    is never translated (`translate="no"`).
    """
    page = _Page()
    page.feed(html)
    page.close()
    return page.found


def _bare(text: str, depth: int) -> tuple[str, int]:
    """Return the text outside brackets, and how many brackets are still open after it."""
    bare = []
    for character in text:
        depth += (character == "⟦") - (character == "⟧")
        if depth <= 0 and character not in "⟦⟧":
            bare.append(character)
    return "".join(bare), max(depth, 0)


class _Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.language: str | None = None
        self.open: list[tuple[str, bool]] = []
        self.depth = 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang")
        exempt = self._exempt() or self._is_exempt(tag, given)
        if not exempt:
            self._spoken(tag, given)
        if tag not in VOID:
            self.open.append((tag, exempt or tag in TYPED))

    def handle_endtag(self, tag):
        names = [name for name, _ in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data):
        bare, self.depth = _bare(data, self.depth)
        if not self._exempt():
            self._note(bare)

    def _exempt(self):
        return bool(self.open) and self.open[-1][1]

    def _is_exempt(self, tag, given):
        foreign = bool(given.get("lang")) and given["lang"] != self.language
        return tag in NEVER_SHOWN or foreign or "data-held" in given or given.get("translate") == "no"

    def _spoken(self, tag, given):
        texts = [given.get(name) for name in ATTRIBUTES]
        if tag == "input" and given.get("type") in BUTTONS:
            texts.append(given.get("value"))
        for text in texts:
            self._note(_bare(text or "", 0)[0])

    def _note(self, bare):
        if any(character.isalpha() for character in bare):
            self.found.append(" ".join(bare.split()))
