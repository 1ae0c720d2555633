"""Visitors of each role, what they are answered, and what the store then holds."""

import hashlib
import hmac
import html
import re
from urllib.parse import urlsplit

from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from portal.base import ids
from portal.base.db import Base
from tests.app.world import SIGNED_IN
from tests.app.world_beside import BESIDE, still_there

# The last two are programs of alpha, by a key that sends and by one that reads.
ROLES = ("anonymous", *SIGNED_IN, *BESIDE, "key", "reader")
# Changed by being asked at all: counters of tries, and when a session was last seen.
RESTLESS = {"base_attempt", "identity_session"}
# Who looked last, for colleagues: as with looks, a case that is shown again is one more.
LOOKED_AT = {"agencies_task.opened", "delegations_helper.used_at"}


class Visitor:
    """One role's browser or program, with its form token."""

    def __init__(self, world, app, role):
        self.role, self.world = role, world
        self.client = app.test_client()
        self.token = world.cookies.get(role) or ids.token()
        if role in BESIDE:
            still_there(world, role)
        self.secret = app.secret_key
        if role not in ("key", "reader"):
            self.client.set_cookie("portal", self.token)
            self.client.set_cookie("language", "en")

    @property
    def csrf(self):
        mine = hmac.new(self.secret.encode(), self.token.encode(), hashlib.sha256).hexdigest()
        return URLSafeTimedSerializer(self.secret, salt="wtf-csrf-token").dumps(mine)

    def ask(self, method, path, *, csrf=True, data=None, **headers):
        """Send a request as this role; with `csrf` an unsafe one carries the right form token."""
        if self.role in ("key", "reader"):
            headers["Authorization"] = f"Bearer {self.world.ids[self.role]['alpha']}"
        body = dict(data or {})
        if method not in ("GET", "HEAD", "OPTIONS"):
            body |= {"nonce": ids.token()} | ({"csrf_token": self.csrf} if csrf else {})
        return self.client.open(path, method=method, data=body or None, headers=headers)


def shown(answer, parts=()):
    """What can be told apart from outside: status, words and headers, without the visitor's own ids and tokens."""
    body = re.sub(
        r'name="(csrf_token|nonce)" value="[^"]*"', "", answer.get_data().decode("utf-8", "replace")
    )
    headers = {
        name: value for name, value in answer.headers.items() if name not in ("Set-Cookie", "Content-Length")
    }
    text = f"{answer.status_code}\n{sorted(headers.items())}\n{body}"
    for part in parts:
        text = text.replace(part, "ID")
    return text


def rules(app):
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def methods(rule):
    return sorted(rule.methods - {"HEAD", "OPTIONS"})


def contents(core):
    """A digest of every table's rows, so that two moments can be compared."""
    found = {}
    with core.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name not in RESTLESS:
                kept = [column for column in table.columns if f"{table.name}.{column.name}" not in LOOKED_AT]
                rows = sorted(repr(tuple(row)) for row in connection.execute(select(*kept)))
                found[table.name] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest())
    return found


def links(page):
    """The addresses that a page leads to, on this site and in English; never the way out."""
    for found in re.findall(r'(?:href|action)="([^"#]+)', page):
        parts = urlsplit(html.unescape(found))
        if not parts.netloc and parts.path.startswith("/en") and not parts.path.endswith("/leave"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")
