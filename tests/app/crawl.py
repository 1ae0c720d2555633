"""A walk of every role over every page that it can find."""

import html
from dataclasses import dataclass, field

from sqlalchemy import event

from tests import pdf_files
from tests.app.addresses import addresses
from tests.app.visitors import Visitor, links, methods, rules
from tests.app.world import PASSCODE

# Staff and those who help first: what they look at then stands in the people's logs.
ORDER = (
    "hemi",
    "ria",
    "moe",
    "ruth",
    "gus",
    "gil",
    "gem",
    "pat",
    "bo",
    "vic",
    "ada",
    "key",
    "reader",
    "anonymous",
)
ORDER = (*ORDER, "ana", "ben", "ana beside")
MOST = 500
WAYS_OUT = {"identity.leave", "identity.sign_out"}


@dataclass
class Walk:
    """Pages by role and address, as the reader's eyes would have them; the statements; the log."""

    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    statuses: dict[str, dict[str, int]] = field(default_factory=dict)
    statements: set[str] = field(default_factory=set)
    logs: list = field(default_factory=list)


def walk_all(world, app) -> Walk:
    """Let every role walk, and collect what it saw."""
    found = Walk()

    def _see(_connection, _cursor, statement, *_rest):
        found.statements.add(" ".join(statement.split()))

    engine = app.extensions["portal"].engine
    event.listen(engine, "before_cursor_execute", _see)
    try:
        for role in ORDER:
            visitor = Visitor(world, app, role)
            if role == "hemi":
                open_share(world, visitor)
            found.pages[role], found.statuses[role] = walk(world, app, visitor)
    finally:
        event.remove(engine, "before_cursor_execute", _see)
    return found


def open_share(world, visitor) -> None:
    """Ana gave Hemi her code and passcode; he opens it under his own name."""
    why = world.plant("why Hemi opened it", "hemi", "ana")
    answers = {"code": world.ids["code"]["ana"], "passcode": PASSCODE, "why": why}
    answer = visitor.ask("POST", "/en/open", data=answers)
    assert answer.status_code == 303, answer.text


def words_of(answer) -> str:
    """Give what an answer says; of a letter that is a file, what can be copied from it."""
    if answer.mimetype == "application/pdf":
        return pdf_files.text_of(answer.data)
    # Pictures too: a word that stood in one would be found.
    return answer.get_data().decode("utf-8", "replace")


def walk(world, app, visitor):
    """Follow every link from every address that is the visitor's own, and try those that are another's."""
    waiting = [
        one.path
        for rule in rules(app)
        if "GET" in methods(rule) and rule.endpoint not in WAYS_OUT
        for which in ("own", "other")
        for one in addresses(world, rule, visitor.role, which)
        if rule.endpoint != "identity.join_invited"
    ]
    pages, statuses = {}, {}
    while waiting and len(pages) < MOST:
        path = waiting.pop(0)
        if path in pages:
            continue
        answer = visitor.ask("GET", path)
        text = words_of(answer)
        pages[path] = html.unescape(text)
        statuses[path] = answer.status_code
        waiting += [link for link in links(text) if link not in pages]
        if answer.location and answer.location.startswith("/en"):
            waiting.append(answer.location)
    return pages, statuses
