"""The stylesheet and script that every page carries inline: made small once, named by hash for the CSP."""

import base64
import hashlib
import re
from pathlib import Path

from markupsafe import Markup

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
STATIC = Path(__file__).resolve().parents[2] / "static"


def smaller_css(text: str) -> str:
    """Return the stylesheet `text` without comments and spare space.

    Deliberately small: it leaves spaces inside values alone (`calc(1px + 2px)` needs them),
    and relies on our own stylesheets having no braces, comments or runs of spaces in strings.
    """
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,]) ?", r"\1", text)
    return text.replace(";}", "}").strip()


def short_names(text: str) -> dict[str, str]:
    """Return one or two letters for each custom property of a stylesheet, the most used first."""
    names = sorted(set(re.findall(r"--[\w-]+", text)), key=lambda name: (-text.count(name), name))
    return {name: f"--{_LETTERS[at % 26] * (at // 26 + 1)}" for at, name in enumerate(names)}


def smaller_js(text: str) -> str:
    """Return the script `text` without indentation, blank lines and comments that fill whole lines.

    Line ends stay, so that nothing depends on semicolons being guessed right.
    """
    text = re.sub(r"^\s*/\*.*?\*/", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


NAMES = ("portal", "form", "letter", "staff", "desk", "card", "large", "sheet", "home")
_SHEETS = [smaller_css(_read(f"css/{name}.css")) for name in NAMES]
_NAMES = short_names("".join(_SHEETS))
CSS, FORM_CSS, _LETTER, _STAFF, _DESK, CARD_CSS, LARGE_CSS, SHEET_CSS, _HOME = (
    re.sub(r"--[\w-]+", lambda found: _NAMES[found[0]], sheet) for sheet in _SHEETS
)
LETTER_CSS = CSS + _LETTER
STAFF_CSS = CSS + FORM_CSS + _STAFF
HOME_CSS = CSS + FORM_CSS + _HOME
DESK_CSS = STAFF_CSS + _LETTER + _DESK
JS = smaller_js(_read("js/portal.js"))
# On the few pages that ask a passkey.
PASSKEY_JS = smaller_js(_read("js/passkey.js"))
# On the few pages that somebody fills in where the connection comes and goes.
OFFLINE_JS = smaller_js(_read("js/offline.js"))
# On the few pages that take a code from paper.
CARD_JS = smaller_js(_read("js/card.js"))

# What templates may print between <style> and <script> tags: our own files, so no escaping.
TEMPLATE_GLOBALS = {
    "css": Markup(CSS),  # noqa: S704
    "form_css": Markup(FORM_CSS),  # noqa: S704
    "letter_css": Markup(LETTER_CSS),  # noqa: S704
    "staff_css": Markup(STAFF_CSS),  # noqa: S704
    "desk_css": Markup(DESK_CSS),  # noqa: S704
    "card_css": Markup(CARD_CSS),  # noqa: S704
    "large_css": Markup(LARGE_CSS),  # noqa: S704
    "sheet_css": Markup(SHEET_CSS),  # noqa: S704
    "home_css": Markup(HOME_CSS),  # noqa: S704
    "js": Markup(JS),  # noqa: S704
    "passkey_js": Markup(PASSKEY_JS),  # noqa: S704
    "offline_js": Markup(OFFLINE_JS),  # noqa: S704
    "card_js": Markup(CARD_JS),  # noqa: S704
}


def csp_sources() -> dict[str, list[str]]:
    """Return the CSP sources that let exactly our inline styles and script run, by directive name."""
    sheets = (CSS, FORM_CSS, LETTER_CSS, STAFF_CSS, DESK_CSS, CARD_CSS, LARGE_CSS, SHEET_CSS, HOME_CSS)
    styles = [_hash(sheet) for sheet in sheets]
    scripts = [_hash(script) for script in (JS, PASSKEY_JS, OFFLINE_JS, CARD_JS)]
    return {"style-src": styles, "script-src": scripts}
