"""Handing over: what was decided to be shown, without the passages that were taken out."""

from typing import Any

from portal.access_requests import rules
from portal.access_requests.queries.places import item_place
from portal.access_requests.rules.charges import is_settled
from portal.access_requests.service import letters
from portal.access_requests.service.charging import charge_of
from portal.access_requests.service.moving import end_case, find_case, move, put_file
from portal.access_requests.service.searching import items_of
from portal.base.problems import Conflict
from portal.base.work import Work
from portal.delegations import service as delegations


def release(work: Work, ref: int, how: dict[str, Any]) -> None:
    """Hand over what was decided to be shown: it can be read on the person's page from now on (letter L14).

    `how` holds identity, safe and support: true once staff are sure who it is, that handing over is safe, and that
    somebody to read it with was offered. Of a passage that was taken out nothing is kept for the person's page.
    Raises Invalid, Conflict, NotThere. Privacy Act 2020 ss 45, 55 to 57.
    """
    _task, request = find_case(work, ref)
    if request.state not in rules.TO_HAND_OVER:
        raise Conflict()
    delegations.refuse_while_held(work, request.person_id, request.agency_id, request.ref)
    facts: dict[str, Any] = {name: bool(how.get(name)) for name in ("identity", "safe", "support")}
    move(work, request, rules.State.RELEASED, fee_settled=is_settled(charge_of(work, request)), **facts)
    request.released_at = work.now
    contents = []
    for item, words in items_of(work, request):
        if item.outcome not in rules.TOLD:
            continue
        gone = item.outcome != rules.Outcome.RELEASE
        shows = item.outcome != rules.Outcome.REFUSE
        place = item_place(item.person_id, item.request_id, item.no, item.agency_id, "shown")
        shown = {"title": words["title"], "on": words["on"], "reason": words["reason"]}
        shown["parts"] = rules.parts_of(words["text"], item.ground or "") if shows else []
        item.shown = work.keys.seal_json(place, shown)
        if shows:
            contents.append({"title": words["title"], **({"redacted": "yes"} if gone else {})})
    put_file(work, request, handed_over=facts)
    letters.write(work, request, "L14", contents=contents)
    end_case(work, request, answered=True)
