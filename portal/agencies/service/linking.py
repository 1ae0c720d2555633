"""Links between people and agencies' clients: made, made stronger, frozen when two claim one client, and ended."""

from datetime import date

from sqlalchemy import select, update

from portal.agencies import queries, rules, tasks
from portal.agencies.models import Client, Link
from portal.agencies.queries import plain_ref
from portal.base import ids
from portal.base.clock import nz_date
from portal.base.problems import Invalid
from portal.base.work import Work
from portal.identity import service as identity
from portal.language.rules import N_
from portal.law.working_days import add_working_days
from portal.notices import service as notices

# L10n: Error on the page that links an agency.
ALREADY = N_("You are already linked to this agency.")
# L10n: Error on the page that links an agency; the person said before that a file there is not theirs.
STILL_CHECKED = N_("Their staff are still checking the file that you said is not yours. Try again later.")


def client_fingerprint(work: Work, agency_id: int, client_ref: str) -> bytes:
    """Give the fingerprint under which an agency's own client number is found; it is compared as written."""
    return work.keys.digest("client", f"{agency_id}\x1f{plain_ref(client_ref)}")


def link(
    work: Work,
    person_id: int,
    agency_id: int,
    client_ref: str,
    strength: str = "letter",
    held: dict[str, str] | None = None,
) -> str:
    """Say that a person is this client of an agency, and give the link's state: active or frozen.

    `strength` is letter, in-person or verified; a link never gets weaker. `held` is the name and birth date
    (ISO) that the agency has, where staff saw the person and took them as the same although they differ; feeds
    are checked against them too. A second person who claims the same client freezes both links until staff have
    looked (principle 8: accuracy before use). Records that wait for this client follow in `ingest.release`.
    Raises Invalid when the person is already linked to another client of the agency.
    """
    present = work.session.get(Link, (person_id, agency_id))
    if present is not None:
        return _link_again(work, present, client_ref, strength)
    key = client_fingerprint(work, agency_id, client_ref)
    owner = work.session.get(Client, (agency_id, key))
    state = "active" if owner is None else "frozen"
    _add_link(work, person_id, agency_id, client_ref, strength, state, held)
    if owner is None:
        work.session.add(Client(agency_id=agency_id, fingerprint=key, person_id=person_id))
        after_linking(work, person_id, agency_id)
    else:
        # Who was linked before is told by their own ways: it may be the other who is wrong (security.md E13).
        notices.tell(work, owner.person_id, "link_doubted", agency_id)
        _freeze(work, owner.person_id, agency_id)
        hold(work, agency_id, "claimed_twice", client_ref)
    return state


def person_of_client(work: Work, agency_id: int, client_ref: str) -> int | None:
    """Give the person who is this client; None while nobody is linked, or while the link is frozen."""
    return queries.person_of_client(work, agency_id, client_fingerprint(work, agency_id, client_ref))


def is_this_person(work: Work, person_id: int, agency_id: int, name: str, birth_date: date | None) -> bool:
    """Say whether a feed's name and birth date may be this linked person's (principle 8: accuracy before use).

    Compared with the person's own, and with those that staff took as the same at linking; a missing birth
    date does not contradict.
    """
    own = identity.person_facts(work, person_id)
    known = [(own.full_name, own.birth_date), *queries.held_facts(work, person_id, agency_id)]
    return any(rules.same_person(name, birth_date or born, known_name, born) for known_name, born in known)


def accept_as(work: Work, person_id: int, agency_id: int, name: str, birth_date: date) -> None:
    """Keep the name and birth date under which an agency has a linked person, as staff say: feeds may carry them."""
    mine = work.session.get_one(Link, (person_id, agency_id))
    place = queries.held_place(mine.pairwise_id, person_id, agency_id)
    mine.held = work.keys.seal_json(place, {"name": name, "birth_date": birth_date.isoformat()})


def note_fed(work: Work, person_id: int, agency_id: int) -> None:
    """Note that an agency has just sent something for this person, be it "nothing held"."""
    work.session.execute(
        update(Link).where(Link.person_id == person_id, Link.agency_id == agency_id).values(fed_at=work.now)
    )


def others_who_claim(work: Work, agency_id: int, client_ref: str, person_id: int) -> list[Link]:
    """Give the links of other people to the same client that are in doubt or live."""
    key = client_fingerprint(work, agency_id, client_ref)
    owner = work.session.get(Client, (agency_id, key))
    wanted = Link.client_fingerprint == key
    if owner is not None:
        wanted |= Link.person_id == owner.person_id
    found = select(Link).where(
        Link.agency_id == agency_id, wanted, Link.person_id != person_id, Link.state != "ended"
    )
    return list(work.session.scalars(found))


def end_link(work: Work, gone: Link) -> None:
    """End a link at staff's word. Nothing of it is shown from now on; a job sets its records aside.

    Nothing that the agency itself holds is touched. Privacy Act 2020 principles 5 and 8.
    """
    gone.state = "ended"
    work.later("records.set_aside", {"person_id": str(gone.person_id), "agency_id": str(gone.agency_id)})
    if gone.hidden_at is None:
        notices.tell(work, gone.person_id, "link_ended", gone.agency_id)


def forget_link(work: Work, person_id: int, agency_id: int) -> bool:
    """Take away an ended link, once its records are set aside; say whether there was one.

    A hidden one stays as a mark that its messages and looks are not to be named, until the person shows it again.
    """
    gone = work.session.get(Link, (person_id, agency_id))
    if gone is None or gone.state != "ended":
        return False
    if gone.hidden_at is None:
        work.session.delete(gone)
    return True


def after_linking(work: Work, person_id: int, agency_id: int) -> None:
    """Let waiting records follow, and tell the person where somebody else made the link."""
    work.later("ingest.release", {"person_id": str(person_id), "agency_id": str(agency_id)})
    if work.actor.person_id != person_id:
        notices.tell(work, person_id, "records_linked", agency_id)


def tell_of_link(work: Work, person_id: int, agency_id: int, client_ref: str) -> None:
    """Tell of a new link by two other ways: the person's own channels, and the agency's, which staff must use.

    Whoever took the letter or the phone does not hold all of them (security.md T07).
    """
    notices.tell(work, person_id, "link_made", agency_id)
    ask_to_tell(work, agency_id, client_ref)


def ask_to_tell(work: Work, agency_id: int, client_ref: str) -> None:
    """Ask an agency's staff to tell the client of a link by the ways that they have; not whoever made it."""
    due_on = add_working_days(nz_date(work.now), rules.TELL_WITHIN)
    summary = {"reason": "made", "client_ref": plain_ref(client_ref)}
    if work.actor.account_id and work.actor.person_id is None:
        # Staff who made the link. Of a person who made their own, an agency learns no number of ours.
        summary["by"] = str(work.actor.account_id)
    tasks.add(work, agency_id, ids.random63(), "link_made", due_on, 0, summary)


def hold(work: Work, agency_id: int, reason: str, client_ref: str, **more: str) -> int:
    """Ask an agency's staff to look, and give the row: their own number and the reason, nothing of who tried."""
    kind = "link_disowned" if reason == "disowned" else "link_held"
    due_on = add_working_days(nz_date(work.now), rules.TELL_WITHIN)
    summary = {"reason": reason, "client_ref": plain_ref(client_ref), **more}
    ref = ids.random63()
    tasks.add(work, agency_id, ref, kind, due_on, 0, summary)
    return ref


def _link_again(work: Work, present: Link, client_ref: str, strength: str) -> str:
    person_id, agency_id = present.person_id, present.agency_id
    if present.state == "ended":
        raise Invalid(STILL_CHECKED)
    if queries.client_ref_of(work, person_id, agency_id) != plain_ref(client_ref):
        raise Invalid(STILL_CHECKED if present.state == "disowned" else ALREADY)
    if rules.STRENGTHS.index(strength) > rules.STRENGTHS.index(present.strength):
        present.strength = strength
    if present.client_fingerprint is None:
        present.client_fingerprint = client_fingerprint(work, agency_id, client_ref)
    if present.state == "disowned":
        present.state = "frozen" if others_who_claim(work, agency_id, client_ref, person_id) else "active"
        if present.state == "active":
            after_linking(work, person_id, agency_id)
    return present.state


def _add_link(
    work: Work,
    person_id: int,
    agency_id: int,
    client_ref: str,
    strength: str,
    state: str,
    held: dict[str, str] | None,
) -> None:
    pairwise_id = ids.random63()
    client, other = (
        place(pairwise_id, person_id, agency_id) for place in (queries.client_place, queries.held_place)
    )
    work.session.add(
        Link(
            person_id=person_id,
            agency_id=agency_id,
            pairwise_id=pairwise_id,
            client_ref=work.keys.seal(client, plain_ref(client_ref)),
            client_fingerprint=client_fingerprint(work, agency_id, client_ref),
            held=work.keys.seal_json(other, held) if held else None,
            strength=strength,
            state=state,
            linked_at=work.now,
        )
    )


def _freeze(work: Work, person_id: int, agency_id: int) -> None:
    other = work.session.get(Link, (person_id, agency_id))
    if other is not None and other.state == "active":
        other.state = "frozen"


__all__ = [
    "accept_as",
    "after_linking",
    "client_fingerprint",
    "end_link",
    "forget_link",
    "hold",
    "is_this_person",
    "link",
    "note_fed",
    "others_who_claim",
    "person_of_client",
    "tell_of_link",
]
