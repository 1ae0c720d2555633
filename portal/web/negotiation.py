"""The language of a page: the address says it; the start page guesses from cookie, then the browser."""

from flask import Flask, g, request
from werkzeug.routing import BaseConverter, ValidationError

from portal.base import ids
from portal.language import rules, service
from portal.language.translation import Translator

COOKIE = "language"


class TagConverter(BaseConverter):
    """The language part of an address; anything else is not an address of ours."""

    part_isolating = True
    regex = r"[a-z]{2,3}"

    def to_python(self, value: str) -> str:
        """Take a known tag only."""
        if not service.known(value):
            raise ValidationError()
        return value


class RefConverter(BaseConverter):
    """A 13-letter id in an address, as a number; a malformed one is the same 404 as a missing thing."""

    part_isolating = True
    regex = r"[a-z2-7]{13}"

    def to_python(self, value: str) -> int:
        """Read the id."""
        number = ids.decode(value)
        if number is None:
            raise ValidationError()
        return number

    def to_url(self, value: int) -> str:
        """Write the id."""
        return ids.encode(value)


def set_up(app: Flask) -> None:
    """Take the language out of each address, and put it into each address that is built."""
    app.url_map.converters["tag"] = TagConverter
    app.url_map.converters["ref"] = RefConverter

    @app.url_value_preprocessor
    def _pull(_endpoint, values) -> None:
        g.tag = values.pop("l") if values and "l" in values else guess()
        g.pop("translator", None)

    @app.url_defaults
    def _push(endpoint, values) -> None:
        if "l" not in values and app.url_map.is_endpoint_expecting(endpoint, "l"):
            values["l"] = tag()


def tag() -> str:
    """Give the present page's language tag."""
    if "tag" not in g:
        first = request.path.split("/", 2)[1] if request else ""
        g.tag = first if service.known(first) else guess()
    return g.tag


def speak(language: str) -> None:
    """Go on in a known language where the address does not say one (what was begun in it is being finished)."""
    g.tag = language
    g.pop("translator", None)


def guess() -> str:
    """Choose a language where the address does not say: the cookie, then the browser, then English."""
    first = request.path.split("/", 2)[1]
    if service.known(first):
        return first
    kept = request.cookies.get(COOKIE, "")
    return kept if kept in rules.LANGUAGES else rules.negotiate(request.headers.get("Accept-Language", ""))


def translator() -> Translator:
    """Give the translator of the present page."""
    # Asked hundreds of times a page: one look-up. The address sets the language before anything asks.
    found = g.get("translator")
    if found is None:
        found = g.translator = service.translator(tag())
    return found
