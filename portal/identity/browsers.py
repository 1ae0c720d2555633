"""What a browser is called in the list of devices: its kind and system, in names of ours, never in its own words."""

from dataclasses import dataclass

# The first mark that is found counts, so the ones that pretend to be others come first.
_BROWSERS = (
    ("SamsungBrowser", "Samsung"),
    ("EdgiOS", "Edge"),
    ("EdgA", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Kind:
    """Names of a browser and its system; "" where they are not known."""

    browser: str = ""
    system: str = ""

    @property
    def text(self) -> str:
        """Give both as one text, to be kept."""
        return f"{self.browser}/{self.system}"


def kind_of(user_agent: str | None) -> Kind:
    """Give the kind of browser behind a User-Agent header; only names of our own lists, whatever it says."""
    said = (user_agent or "")[:500]
    return Kind(
        *(next((name for mark, name in marks if mark in said), "") for marks in (_BROWSERS, _SYSTEMS))
    )


def kept_kind(text: str) -> Kind:
    """Give the kind that was kept as one text."""
    browser, _, system = text.partition("/")
    return Kind(browser, system)
