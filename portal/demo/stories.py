"""The lives of the demo people: links, feeds, requests and decisions, shares, each at its own moment."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from portal.agencies import service as agencies
from portal.agencies import tasks
from portal.agencies.rules import same_person
from portal.base import ids
from portal.bundles import service as bundles
from portal.corrections import service as corrections
from portal.corrections.service import proof
from portal.demo import papers
from portal.identity import service as identity
from portal.identity.permissions import Actor
from portal.ingest import service as ingest
from portal.records import service as records

TOPMOST_FEED = timedelta(minutes=1)


def link_and_feed(demo, persona: dict[str, Any]) -> None:
    """Link a person to each agency and let the agencies send their records."""
    actor = demo.actors[persona["account"]]
    for link in persona["links"]:
        agency_id = demo.agency_ids[link["agency"]]
        linked_at = moment(link["linked_on"]) if link["linked_on"] else None
        if linked_at:
            _link(demo, actor, agency_id, link, linked_at)
        feed = [record for record in persona["records"] if record["agency"] == link["agency"]]
        _feed(demo, agency_id, link, feed, linked_at)
        if link["unreachable_since"]:
            since = moment(link["unreachable_since"])
            demo.do(agencies.set_reachable, agency_id, since, now=since)


def _link(demo, actor, agency_id: int, link: dict[str, Any], at) -> None:
    born = date.fromisoformat(link["birth_date"])
    own = identity.person_facts(demo.core.work(), actor.person_id)
    if same_person(link["name"], born, own.full_name, own.birth_date):
        code = demo.do(agencies.issue_link_code, agency_id, link["client_ref"], link["name"], born, now=at)
        demo.do(agencies.link_by_code, link["agency"], link["client_ref"], code, actor=actor, now=at)
        _tell_client(demo, agency_id, at)
        if agencies.catalogue(demo.core.work()).agency(agency_id).wants_proof("letter"):
            # Later they went to the office with their passport: what is most private is shown too.
            demo.do(agencies.link, actor.person_id, agency_id, link["client_ref"], "in-person", now=at)
        return
    # The agency has another spelling or birth date: staff saw the person, and took them as the same.
    held = {"name": link["name"], "birth_date": link["birth_date"]}
    demo.do(agencies.link, actor.person_id, agency_id, link["client_ref"], "in-person", held, now=at)


def _tell_client(demo, agency_id: int, at) -> None:
    """Staff told the client of the new link, so that it is off their list."""
    desk = Actor(kind="account", agency_id=agency_id, role="caseworker")

    def close(work):
        for task in tasks.worklist(work).rows:
            if task.kind == "link_made":
                tasks.close(work, agency_id, task.ref)

    demo.do(close, actor=desk, now=at)


def _feed(demo, agency_id: int, link: dict[str, Any], feed: list[dict[str, Any]], linked_at) -> None:
    who = ingest.Who((link["name"],), date.fromisoformat(link["birth_date"]) if link["birth_date"] else None)
    ref = link["client_ref"]
    if not feed:
        if linked_at:
            demo.do(ingest.take, agency_id, ref, [], who, True, now=linked_at + TOPMOST_FEED)
        return
    sent: list[tuple[Any, dict[str, Any], ingest.Incoming]] = []
    for record in feed:
        steps = [*record["versions"], {**record, "reason": record["change_reason"]}]
        for number, step in enumerate(steps):
            at = moment(step["recorded_on"])
            at = max(at, linked_at + TOPMOST_FEED * (number + 1)) if linked_at else at
            sent.append((at, record, _incoming(record, step, newest=number == len(steps) - 1)))
    # In the order of time, so that what an agency sent last is what it sent last.
    for at, record, incoming in sorted(sent, key=lambda one: (one[0], one[1]["recorded_on"])):
        outcome = demo.do(ingest.take, agency_id, ref, [incoming], who, now=at)
        if outcome.rejected:
            raise RuntimeError(f"{link['agency']} {record['source_id']}: {outcome.warnings}")


def _incoming(record: dict[str, Any], step: dict[str, Any], newest: bool) -> ingest.Incoming:
    return ingest.Incoming(
        type_key=record["type"],
        source_id=record["source_id"],
        body=step["body"],
        recorded_on=date.fromisoformat(step["recorded_on"]),
        why={"source": record["source"], "reason": step["reason"], "allegation": record.get("allegation")},
        changed_by=step["changed_by"],
        withheld=record["withheld"] if newest else [],
        disclosures=record["disclosures"] if newest else [],
        third_party=record["third_party"],
    )


def ask_and_decide(demo, persona: dict[str, Any]) -> None:
    """Make a person's requests, and let staff answer them, in the order in which it happened."""
    steps: list[tuple[str, Any, Any, Any]] = []
    refs: dict[str, int] = {}
    for request in persona["requests"]:
        if request["final_state"] == "draft":
            steps.append((request["started_at"], _start, request, None))
        else:
            steps.append((request["submitted_at"], _send, request, None))
        steps += [(step["at"], _answer, request, step) for step in request["steps"]]
        if request["statement"]:
            steps.append((request["statement"]["attached_at"], _statement, request, request["statement"]))
    for at, act, request, step in sorted(steps, key=lambda one: one[0]):
        act(demo, persona, request, step, moment(at) + demo.shift, refs)


def _start(demo, persona, request, _step, at, refs) -> int:
    actor = demo.actors[persona["account"]]
    record_ref = _record_ref(demo, actor, request)
    first = request["items"][0]["field"]
    ref = ids.own(demo.do(corrections.start, record_ref, first, actor=actor, now=at))
    fields = [item["field"] for item in request["items"]]
    demo.do(corrections.keep, ref, "fields", {"fields": fields}, actor=actor, now=at)
    for item in request["items"]:
        answers = {"field": item["field"], "wish": "replace", "value": str(item["says"])}
        demo.do(corrections.keep, ref, "value", answers, actor=actor, now=at)
    return ref


def _send(demo, persona, request, step, at, refs) -> None:
    actor = demo.actors[persona["account"]]
    draft = _start(demo, persona, request, step, at, refs)
    demo.do(corrections.keep, draft, "reason", {"reason": request["why"]}, actor=actor, now=at)
    for name in request.get("proof", []):
        demo.do(proof.add_file, draft, proof.read_file(name, papers.letter()), actor=actor, now=at)
    reply = {"by": "here", "language": request["language"], "urgent": "no", "why": ""}
    demo.do(corrections.keep, draft, "reply", reply, actor=actor, now=at)
    refs[request["key"]] = ids.own(demo.do(corrections.submit, draft, actor=actor, now=at))


def _answer(demo, persona, request, step, at, refs) -> None:
    actor, ref = demo.actors[step["by"]], refs[request["key"]]
    if step["do"] == "withdraw":
        demo.do(corrections.withdraw, ref, actor=actor, now=at)
    elif step["do"] == "start_review":
        _open_case(demo, actor, ref, at)
        demo.do(corrections.take, ref, actor=actor, now=at)
    else:
        _open_case(demo, actor, ref, at)
        person = demo.actors[persona["account"]]
        view = corrections.show(demo.core.work(person, at), ref)
        made = {one["field"]: one for one in step["decisions"]}
        decisions = [
            corrections.Decision(
                no=item.no,
                decision=made[item.field.key]["decision"],
                value="" if made[item.field.key]["value"] is None else str(made[item.field.key]["value"]),
                ground=made[item.field.key]["ground"] or "",
                reason=made[item.field.key]["reason"] or "",
            )
            for item in view.items
        ]
        demo.do(corrections.decide, ref, view.version, decisions, actor=actor, now=at)
        agree_and_fix(demo, ref, actor, person, at)


def agree_and_fix(demo, ref: int, actor, person, at) -> None:
    """The agency's privacy officer agrees to a no within the hour; next morning what was accepted is in the record."""
    if corrections.show(demo.core.work(person, at), ref).open:
        demo.do(
            corrections.approve, ref, actor=officer_of(demo, actor.agency_id), now=at + timedelta(hours=1)
        )
    if corrections.show(demo.core.work(person, at), ref).waits:
        demo.do(corrections.confirm_applied, ref, actor=actor, now=at + timedelta(hours=18))


def officer_of(demo, agency_id: int):
    """Give the privacy officer of an agency."""
    known = demo.actors.values()
    return next(one for one in known if one.agency_id == agency_id and one.role == "privacy-officer")


def _open_case(demo, actor, ref: int, at) -> None:
    """Staff look at a request before they act, and the look is noted."""
    work = demo.core.work(actor, at)
    corrections.case(work, ref)
    work.finish()
    work.session.close()


def _statement(demo, persona, request, statement, at, refs) -> None:
    actor = demo.actors[persona["account"]]
    words = (refs[request["key"]], statement["field"], statement["text"], statement["language"])
    demo.do(corrections.attach_statement, *words, actor=actor, now=at)


def share(demo, persona: dict[str, Any]) -> list[dict[str, Any]]:
    """Make a person's shares, and give what demo.json says of them."""
    made = []
    actor = demo.actors[persona["account"]]
    for one in persona["shares"]:
        at = moment(one["created_at"]) + demo.shift
        chosen = []
        for line in one["lines"]:
            record_id = records.record_id_of(
                demo.core.work(),
                actor.person_id,
                demo.agency_ids[line["agency"]],
                line["type"],
                line["source_id"],
            )
            chosen.append({"record": record_id, "fields": line["fields"]})

        def verb(work, one=one, chosen=chosen):
            return bundles.make(
                work,
                chosen=chosen,
                recipient=one["recipient_name"],
                purpose=one["label"],
                days=one["days"],
                passcode=one["passcode"],
            )

        ref = ids.own(demo.do(verb, actor=actor, now=at))
        work = demo.core.work(actor)
        made.append(
            {
                "owner": persona["key"],
                "shlink": bundles.link_of(work, ref, demo.settings.base_url),
                "passcode": one["passcode"],
                "code": bundles.code_of(work, ref),
            }
        )
    return made


def _record_ref(demo, actor, request: dict[str, Any]) -> int:
    agency_id = demo.agency_ids[request["agency"]]
    place = (actor.person_id, agency_id, request["type"], request["source_id"])
    return records.record_ref_of(demo.core.work(actor), *place)


def moment(text: str, hour: int = 21) -> datetime:
    """Read a demonstration's moment: an ISO moment, or a day at `hour` UTC (9 in the morning here)."""
    if "T" in text:
        return datetime.fromisoformat(text)
    day = date.fromisoformat(text)
    # 21:00 UTC is the next morning here, so the day before is meant.
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(days=1)
