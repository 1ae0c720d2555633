"""The steps of each long form, gone through by answering them."""

import io
import re
from datetime import date, timedelta

from tests.looks.visiting import Walker
from tests.site import Site
from tests.threats.hostile_files import jpeg, pdf


def asks(walker: Walker, beginning: str) -> str:
    """Go through the steps of asking for a fix, and give the last, from which it can be sent."""
    step = walker.send(beginning, {})
    while not step.endswith("/check"):
        walker.notes(step)
        page = walker.get(step).get_data(as_text=True)
        answers = {
            "fields": {"fields": re.findall(r'name="fields" value="(\w+)" checked', page)},
            "value": {"wish": "unknown"},
            "reason": {"reason": "It is wrong."},
            "proof": {"how": "bring"},
            "reply": {"by": "here", "language": "en", "urgent": "no"},
        }
        if "/proof" in step:
            _adds_photos(walker, step)
        step = walker.send(step, next(given for name, given in answers.items() if f"/{name}" in step))
    return step


def _adds_photos(walker: Walker, step: str) -> None:
    """Add a photo and a PDF of two pages, and look at one of them."""
    for name, data in (("A photo of the letter.jpg", jpeg()), ("bill.pdf", pdf(2))):
        walker.send(step, {"add": "yes", "file": (io.BytesIO(data), name)})
    walker.notes(step)
    seen = re.findall(r'href="/en(/corrections/[^"]*/proof/2/1)"', walker.get(step).text)
    walker.notes(seen[0])


def asks_to_see(walker: Walker, agency: str) -> str:
    """Go through the steps of asking to see more, and give the last, from which it can be sent."""
    step = walker.send("/access-requests/new", {"agencies": [agency]})
    walker.notes(step.replace("/about", "/agencies"))
    reply = {"form": "here", "language": "en", "urgent": "no", "why": "", "hand_on": "yes"}
    for given in ({"scope": "all", "topic": ""}, {"names": "", "births": ""}, reply):
        walker.notes(step)
        step = walker.send(step, given)
    return step


def reads_answers(walker: Walker) -> None:
    """Open what can be done about each request: take it back, or add a statement."""
    for path in [place.path for place in walker.places.values() if place.endpoint == "corrections.show"]:
        links = re.findall(
            r'href="/en(/corrections/[^"]*?(?:statement|withdraw)[^"]*)"', walker.get(path).text
        )
        for link in links[:1]:
            walker.notes(link.replace("&amp;", "&"))


def reads_own_words(person: Walker, staff: Walker) -> None:
    """Open, at the desk, the page that takes away the words which a person put beside a value."""
    for place in [one for one in person.places.values() if one.endpoint == "corrections.show"]:
        case = staff.get(place.path.replace("/corrections/", "/casework/"))
        for link in re.findall(r'href="/en(/casework/\w{13}/statement/\d+)"', case.text):
            staff.notes(link)


def shares(walker: Walker) -> str:
    """Go through the steps of sharing, and give the last, from which it can be shared."""
    record = re.search(r'name="records" value="(\w+)"', walker.get("/bundles/new").text)
    assert record
    step = walker.send("/bundles/new", {"records": [record[1]]})
    line = re.search(r'name="lines" value="([^"]+)"', walker.get(step).text)
    assert line
    walker.notes(step)
    walker.notes(step.replace("/lines", "/records"))
    step = walker.send(step, {"lines": [line[1]]})
    walker.notes(step)
    step = step.replace("/preview", "/who")
    walker.notes(step)
    step = walker.send(step, {"recipient": "Ana at the clinic", "purpose": "A warm home", "days": "7"})
    walker.notes(step)
    return walker.send(step, {"passcode": "482915"})


def opens_requests_to_see(walker: Walker) -> None:
    """Open each act upon requests to see: a page of an act answers also where its case is not so far."""
    rows = re.findall(r'href="/en(/casework/[a-z2-7]{13})"', walker.get("/casework").text)
    leads = [walker.bare(answer.location) for row in rows if (answer := walker.get(row)).location]
    for case in leads:
        page = walker.notes(case) or walker.get(case).text
        for link in re.findall(rf'href="/en({case}/[a-z0-9/-]+)"', page):
            walker.notes(link)
    case = next(lead for lead in leads if "/access/" in lead)
    for act in ("known", "lift", "more-time", "release", "charge", "settle"):
        walker.notes(f"{case}/{act}")


def works_on_fixes(walker: Walker, *acts: str) -> None:
    """Open each request to fix of the list with all that leads on from it, and these acts upon the first of them."""
    rows = re.findall(r'href="/en(/casework/[a-z2-7]{13})"', walker.get("/casework?kind=fix&rows=100").text)
    cases = [row for row in dict.fromkeys(rows) if walker.endpoint(row) and not walker.get(row).location]
    for case in cases:
        page = walker.notes(case) or walker.get(case).text
        for link in re.findall(rf'href="/en({case}/[a-z0-9/-]+)"', page):
            walker.notes(link)
    for act in acts:
        walker.notes(f"{cases[0]}/{act}")


def looks_later(walker: Walker) -> None:
    """Ask to show looks later; agree to what a colleague asked for."""
    today = date.today()
    given = {"client_ref": "HA-88213", "ground": "s24", "reason": "Family Violence Act 2018, section 20."}
    for name, day in (("from_on", today), ("until_on", today + timedelta(days=30))):
        given |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    walker.notes("/casework/looks/later/new")
    walker.notes(walker.send("/casework/looks/later/new", given))
    page = walker.get("/casework/looks/later").get_data(as_text=True)
    found = re.search(r'href="/en(/casework/looks/later/[a-z2-7]{13})"', page)
    assert found
    walker.notes(found[1])
    walker.notes(f"{found[1]}/renew")
    asked = re.search(
        r'/casework/[a-z2-7]{13}(?="[^>]*>\s*Someone asks about a look)', walker.get("/casework").text
    )
    if asked:
        walker.notes(asked[0].replace("/casework/", "/casework/looks/"))


def opened_by(walker: Walker, site: Site) -> str:
    """Open the demonstration's share, and give its address."""
    share = next(one for one in site.facts["shares"] if one.get("code"))
    given = {"code": share["code"], "passcode": share["passcode"], "why": "A warm home"}
    return walker.send("/open", given)


def writes_back(reader: Walker, opened: str, person: Walker) -> None:
    """Write a note on an opened share, and read it as its person: with the page that answers, and once hidden."""
    for page in ("/note", "/notice"):
        reader.notes(opened + page)
    reader.send(f"{opened}/note", {"text": "A warmer unit is free from March."})
    reader.notes(opened)
    notes = f"{opened.replace('/open/', '/bundles/')}/notes"
    page = person.notes(notes) or person.get(notes).text
    answer = re.search(r'href="/en(/bundles/[a-z2-7]{13}/notes/[a-z2-7]{13})"', page)
    assert answer
    person.notes(answer[1])
    person.post(notes, {}, at=f"{answer[1]}/hide")
    person.notes(f"{notes}?hidden=yes")
