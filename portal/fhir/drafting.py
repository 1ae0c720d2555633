"""Small parts every mapper needs: notes in words, dates of a record, and bodies without gaps."""

from collections.abc import Iterable
from datetime import date

from portal.fhir.node import Node, fit
from portal.fhir.values import LONG, When

NAMELESS = "no words say what it is"
NO_INFORMATION = "the only thing in it is that nothing is known"
IN_ERROR = "marked by the sender as entered by mistake"


def body(**fields: str | int | date | None) -> dict[str, object]:
    """The fields that have a value, dates as ISO text."""
    made: dict[str, object] = {}
    for key, value in fields.items():
        if value is not None and value != "":
            made[key] = value.isoformat() if isinstance(value, date) else value
    return made


def annotations(owner: Node, key: str = "note") -> list[str]:
    """The texts of a list of Annotation, without who wrote them."""
    if isinstance(owner.data.get(key), str):
        return [t for t in [owner.text(key, LONG)] if t]
    return [t for n in owner.objs(key) if (t := n.text("text", LONG))]


def paragraphs(owner: Node, parts: Iterable[str | None]) -> str | None:
    """Several texts as one long text, each on its own line."""
    return fit("\n".join(p for p in parts if p), LONG, owner.notes)


def sentence(label: str, value: str | None) -> str | None:
    """ "Label: value." for a note; None where there is no value."""
    return f"{label}: {value}." if value else None


def first(*dates: When) -> When:
    """The first full date, else the first partial one, else an empty one."""
    return next((d for d in dates if d.on), None) or next((d for d in dates if d), When())


def point(owner: Node, stem: str) -> When:
    """A date that FHIR allows as dateTime, instant or Period, such as performed[x]."""
    span = owner.obj(f"{stem}Period")
    return first(
        owner.when(f"{stem}DateTime"), owner.when(f"{stem}Instant"), span.when("start"), span.when("end")
    )
