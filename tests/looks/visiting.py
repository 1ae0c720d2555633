"""Visitors without a browser: they sign in, follow every link, and fill in every form once."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.site import Site

HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|nonce|version)" value="([^"]*)"')
LINK = re.compile(r'<a [^>]*?href="(/[^"]*)"')
NEVER = {"identity.leave", "identity.sign_out"}
# A page for every record shows other words; of other kinds, three of each show all that there is.
MOST = Counter({"records.show": 100, "records.agency": 20, "corrections.show": 12, "corrections.new": 20})


@dataclass(frozen=True)
class Place:
    """An address that somebody can open: `path` stands after the language; `faulty` sends its form empty."""

    who: str
    endpoint: str
    path: str
    form: bool = False
    faulty: bool = False

    def __str__(self) -> str:
        return f"{self.who} {self.path}{' (sent empty)' if self.faulty else ''}"


@dataclass
class Walker:
    """Somebody with a cookie jar."""

    site: Site
    who: str
    client: FlaskClient = field(init=False)
    places: dict[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = self.site.app.test_client()

    def get(self, path: str, tag: str = "en") -> TestResponse:
        """Open an address after the language."""
        return self.client.get(f"/{tag}{path}", base_url=self.site.url)

    def send(self, path: str, answers: dict[str, Any], tag: str = "en", at: str | None = None) -> str:
        """Fill in the form of a page and send it; give the address that follows, after the language."""
        answer = self.post(path, answers, tag, at)
        assert answer.status_code in (303, 307), f"{path}: {answer.status} {sentence_of(answer)}"
        return self.bare(answer.location)

    def post(
        self, path: str, answers: dict[str, Any], tag: str = "en", at: str | None = None
    ) -> TestResponse:
        """Send a page's form with these answers (to another address with `at`)."""
        page = self.get(path, tag).get_data(as_text=True)
        hidden = dict(reversed(HIDDEN.findall(page)))
        return self.client.post(f"/{tag}{at or path}", data=hidden | answers, base_url=self.site.url)

    def cookies(self) -> list[dict[str, Any]]:
        """Give the cookies as a browser takes them."""
        return [
            {"name": name, "value": kept.value, "url": self.site.url, "httpOnly": True, "sameSite": "Lax"}
            for name in ("portal", "language")
            if (kept := self.client.get_cookie(name, domain="127.0.0.1"))
        ]

    def bare(self, address: str) -> str:
        """Take host, language and part of the page away from an address."""
        path = re.sub(r"^https?://[^/]+", "", address).split("#")[0].replace("&amp;", "&")
        return re.sub(r"^/en(?=/)", "", path)

    def signs_in(self) -> None:
        """Sign in by password and code."""
        account = self.site.facts["accounts"][self.who]
        given = {"username": account["username"], "password": account["password"]}
        second = self.send("/sign-in", given)
        code = re.search(r'id="demo-code"[^>]*>(\d+)', self.get(second).get_data(as_text=True))
        assert code, "the demonstration shows no code"
        self.send(second, {"code": code[1]})

    def notes(self, path: str) -> str | None:
        """Open an address and keep it where it shows a page of ours; give the page."""
        if path in self.places:
            return None
        answer = self.get(path)
        if answer.status_code in (302, 303) or not answer.mimetype.endswith("html"):
            return None
        assert answer.status_code == 200, f"{self.who} {path}: {answer.status}"
        page = answer.get_data(as_text=True)
        self.places[path] = Place(self.who, self.endpoint(path), path, ' id="the-form"' in page)
        return page

    def walks(self, *homes: str) -> None:
        """Follow every link from these pages on; of each kind of page so many as MOST says."""
        seen: Counter[str] = Counter()
        tried: set[str] = set()
        waiting = list(homes)
        while waiting:
            path = waiting.pop(0)
            endpoint = self.endpoint(path)
            if path in tried or not endpoint or endpoint in NEVER or seen[endpoint] >= (MOST[endpoint] or 3):
                continue
            tried.add(path)
            page = self.notes(path)
            if page is not None:
                seen[endpoint] += 1
                waiting += [self.bare(link) for link in LINK.findall(page) if link.startswith("/en/")]

    def endpoint(self, path: str) -> str:
        """Name the view behind an address; nothing where there is none."""
        match = self.site.app.url_map.bind("127.0.0.1")
        try:
            return match.match(f"/en{path.split('?')[0]}")[0]
        except HTTPException:
            return ""


def sentence_of(answer: TestResponse) -> str:
    """Give what a page says above its form."""
    found = re.search(r'<div class="errors".*?</div>', answer.get_data(as_text=True), re.S)
    return re.sub(r"<[^>]+>", " ", found[0]) if found else ""


def form_pages(places: list[Place], endpoints: set[str]) -> list[Place]:
    """Give the places whose form can be sent empty without doing anything, once for each kind."""
    first: dict[str, Place] = {}
    for place in places:
        if place.form and place.endpoint in endpoints:
            first.setdefault(place.endpoint, replace(place, faulty=True))
    return list(first.values())
