"""What the demo people put beside records: a note, a change of their own; and a record that nobody may confirm."""

from datetime import datetime, timedelta

from portal.base.clock import utc_now
from portal.identity.permissions import Actor
from portal.ingest import service as ingest
from portal.records import service as records

NOTE = "O loʻo nonofo nei ma aʻu laʻu fanau e toʻatolu ma Nana Mele."
SHOWN = "My birth date here is wrong. The right one is on my passport."


def write_beside(demo) -> None:
    """Give Sina two notes and a change in progress, and keep one record silent."""
    sina, at = demo.actors["sina"], utc_now() - timedelta(days=1)
    person = _ref(demo, sina, "example-income-support", "person", "P-300771200")
    demo.do(records.write_note, person, "children", NOTE, "sm", False, actor=sina, now=at)
    demo.do(records.write_note, person, "date_of_birth", SHOWN, "en", True, actor=sina, now=at)
    centre = _ref(demo, sina, "example-medical-centre", "enrolment", "MC-4471")
    view = records.queries.show(demo.core.work(sina), centre)
    demo.do(records.edit_value, centre, "gender", "Woman", view.version_no, actor=sina, now=at)
    _say_nothing(demo, sina, at)


def _say_nothing(demo, sina: Actor, at: datetime) -> None:
    """Her own pages, and everything else she can open, are the same with and without this one."""
    agency_id = demo.agency_ids["example-income-support"]
    body = {
        "on": "2026-05-02",
        "by": "Case manager",
        "how": "call",
        "note": "Nobody who looks at Sina's pages sees that this is here.",
        "checked_with_you": False,
    }
    why = {"source": {"from": "other", "who": "a caller", "on": "2026-05-02", "sentence": "Someone rang."}}
    silent = {"ground": "53-c", "decided_by": "Group privacy officer", "decided_on": "2026-05-03"}
    incoming = ingest.Incoming("file_note", "N-2026-0502", body, why=why, silent=silent)
    outcome = demo.do(ingest.take, agency_id, "300771200", [incoming], now=at)
    if outcome.rejected:
        raise RuntimeError(f"the silent record: {outcome.warnings}")


def _ref(demo, actor: Actor, slug: str, kind: str, source_id: str) -> int:
    agency_id, person_id = demo.agency_ids[slug], actor.person_id or 0
    return records.record_ref_of(demo.core.work(actor), person_id, agency_id, kind, source_id)
