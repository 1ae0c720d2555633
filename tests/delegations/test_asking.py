"""A helper who may ask: within what was ticked, under both names, and never with sight of the answer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.access_log import queries as access_log
from portal.access_requests import queries as to_see
from portal.access_requests import service as access
from portal.base import ids
from portal.base.problems import Invalid, NotThere
from portal.corrections import queries as to_fix
from portal.corrections import service as corrections
from portal.delegations import queries, service
from portal.delegations.models import HelperRequest
from portal.identity.permissions import Permission, allowed, refusal
from portal.notices import service as notices
from portal.records import queries as records
from tests.delegations import asking as made
from tests.delegations.factory import NOW

DAY = timedelta(days=1)
ASKS = (Permission.CORRECTIONS_HELPED, Permission.ACCESS_REQUESTS_HELPED, Permission.DELEGATIONS_ASKED)
NEVER = (
    Permission.CORRECTIONS_ASK,
    Permission.CORRECTIONS_ALONE,
    Permission.ACCESS_REQUESTS_ASK,
    Permission.ACCESS_REQUESTS_ALONE,
    Permission.BUNDLES_SHARE,
    Permission.CHOICES_MAKE,
    Permission.DELEGATIONS_CARE,
    Permission.DELEGATIONS_GIVE,
    Permission.NOTICES_CONTACT,
    Permission.NOTICES_SEE,
    Permission.RECORDS_ALONE,
)


@pytest.fixture
def asking(store):
    return made.asking(store)


@pytest.fixture
def town(asking):
    return asking.town


def told(town, now=NOW):
    return [one.kind for one in notices.newest(town.as_mere(now))]


def test_who_may_look_only_may_not_ask_and_who_may_ask_may_do_nothing_else(asking, town):
    looks = town.actor(asking.helper(asks=False))
    assert not any(allowed(looks, one) for one in (*ASKS, *NEVER))
    assert refusal(looks, ASKS[0]) == "Only the person, and a helper who may ask, can do this."
    asks = town.actor(asking.helper())
    assert all(allowed(asks, one) for one in ASKS) and not any(allowed(asks, one) for one in NEVER)


def test_a_fix_says_who_made_it_to_the_person_and_to_staff(asking, town):
    ref = asking.fix(asking.helper())
    ask = to_fix.show(town.as_mere(), ref)
    assert ask.helped == {"name": "Ria Ngata", "called": "moko Ria", "since": "2026-09-14"}
    assert corrections.case(asking.staff(), ref).request.helped == ask.helped
    assert [item.wanted for item in ask.items] == ["14 Sample Street"]
    assert ask.reply["by"] == "own"


def test_the_person_is_told_at_once_and_takes_it_back_from_their_own_pages(asking, town):
    token = asking.helper()
    ref, seen = asking.fix(token), asking.see(lambda: asking.as_one(token))
    assert told(town).count("helper_fix") == 1 and told(town).count("helper_see") == 1
    town.as_mere().do(corrections.withdraw, ref)
    town.as_mere().do(access.withdraw, seen[0].ref)
    assert to_fix.show(town.as_mere(), ref).state == "withdrawn"
    assert to_see.show(town.as_mere(), seen[0].ref).state == "withdrawn"


def test_it_stands_among_who_has_looked_by_both_names(asking, town):
    ref = asking.fix(asking.helper())
    look = access_log.looks(town.as_mere(), town.mere.person_id, 5, None)[0]
    assert (look.who, look.role, look.what) == ("Ria Ngata (moko Ria)", "helper", "request")
    assert look.about == ref


def test_a_helper_lists_their_own_requests_alone_and_nothing_of_what_became_of_them(asking, town):
    asking.mere_fixes()
    token = asking.helper()
    ref = asking.fix(token)
    shown = queries.made_by_helper(asking.as_one(token))
    assert [(one.kind, one.agency_id, one.open) for one in shown] == [("correction", town.homes, True)]
    asking.yes(ref)
    after = queries.made_by_helper(asking.as_one(asking.again(made.LATER), made.LATER))
    assert [(one.reference, one.open) for one in after] == [(shown[0].reference, False)]
    other = asking.helper((town.clinic, "home"))
    assert queries.made_by_helper(asking.as_one(other)) == []


@pytest.mark.parametrize(
    "verb",
    [
        corrections.show,
        corrections.withdraw,
        corrections.answer_question,
        corrections.attach_statement,
        access.withdraw,
        access.answer_charge,
        to_see.show,
        to_see.sent_with,
    ],
)
def test_no_verb_upon_a_request_is_a_helpers_their_own_or_not(asking, town, verb):
    token = asking.helper()
    refs = [asking.fix(token), asking.mere_fixes(), asking.see(lambda: asking.as_one(token))[0].ref]
    more = {corrections.answer_question: ("x",), corrections.attach_statement: ("address", "x", "en")}
    more[access.answer_charge] = ("yes", "")
    for ref in refs:
        with pytest.raises(NotThere):
            verb(asking.as_one(token), ref, *more.get(verb, ()))
    for many in (to_see.requests_of, to_fix.requests_of):
        with pytest.raises(NotThere):
            many(asking.as_one(token))


def test_drafts_are_each_their_own(asking, town):
    token, record = asking.helper(), asking.record(town.homes)
    hers = asking.begins_fix(lambda: asking.as_one(token), record)
    own = asking.begins_fix(town.as_mere, record)
    assert hers != own
    for ref, work in ((hers, town.as_mere()), (own, asking.as_one(token))):
        with pytest.raises(NotThere):
            corrections.draft(work, ref)
        with pytest.raises(NotThere):
            work.do(corrections.submit, ref)
    theirs = ids.decode(asking.as_one(token).do(access.start, [town.homes]))
    assert to_see.drafts_of(town.as_mere()) == []
    with pytest.raises(NotThere):
        to_see.draft(town.as_mere(), theirs)
    assert {one.ref for one in queries.begun_by_helper(asking.as_one(token))} == {hers, theirs}


def test_nothing_is_asked_about_what_was_not_ticked(asking, town):
    token = asking.helper((town.homes, "home"))
    for agency_id, kind in ((town.homes, "visit"), (town.clinic, "home")):
        with pytest.raises(NotThere):
            asking.as_one(token).do(corrections.start, asking.record(agency_id, kind))
    with pytest.raises(Invalid, match="Choose at least one agency"):
        asking.as_one(token).do(access.start, [town.clinic])
    assert to_see.askable(asking.as_one(token)).ids() == {town.homes}


def test_a_group_that_is_taken_away_takes_its_drafts_along(asking, town):
    token = asking.helper((town.homes, "home"), (town.clinic, "home"))
    ref = asking.begins_fix(lambda: asking.as_one(token), asking.record(town.homes))
    batch = ids.decode(asking.as_one(token).do(access.start, [town.homes]))
    kept = asking.begins_fix(lambda: asking.as_one(token), asking.record(town.clinic))
    town.as_mere().do(service.change_helper, town.helper().ref, town.draft((town.clinic, "home"), asks=True))
    assert corrections.draft(asking.as_one(token), kept).agency.id == town.clinic
    with pytest.raises(NotThere):
        corrections.draft(asking.as_one(token), ref)
    with pytest.raises(NotThere):
        asking.as_one(token).do(corrections.submit, ref)
    with pytest.raises(Invalid):
        asking.as_one(token).do(access.submit, batch)
    assert not {"helper_fix", "helper_see"} & set(told(town))


def test_only_what_is_shown_to_a_helper_can_be_asked_about(asking, town):
    token = asking.helper()
    ref = ids.decode(asking.as_one(token).do(corrections.start, asking.record(town.homes), "note"))
    draft = corrections.draft(asking.as_one(token), ref)
    assert {one.field.key for one in draft.choices} == {
        line.field.key for line in records.show(asking.as_one(token), draft.record.ref).lines
    }
    # What is not written down there is the person's own to add.
    assert draft.values == [] and all(one.line for one in draft.choices)


def test_asking_can_be_lowered_and_raised_and_counts_from_then(asking, town):
    token, ref = asking.helper(), town.helper().ref
    town.as_mere().do(service.change_helper, ref, town.draft())
    assert not allowed(town.actor(token), Permission.CORRECTIONS_HELPED)
    town.as_mere(NOW + DAY).do(service.change_helper, ref, town.draft(asks=True))
    assert town.helper(NOW + DAY).asks_at == NOW + DAY
    town.as_mere(NOW + 2 * DAY).do(service.change_helper, ref, town.draft(asks=True, months=6))
    assert town.helper(NOW + 2 * DAY).asks_at == NOW + DAY


def test_after_the_end_nothing_of_it_is_left_to_the_helper(asking, town):
    token = asking.helper()
    ref = asking.begins_fix(lambda: asking.as_one(token), asking.record(town.homes))
    town.as_mere().do(service.stop_helper, town.helper().ref)
    assert not any(allowed(town.actor(token), one) for one in ASKS)
    for verb in (corrections.submit, corrections.drop, access.submit, access.drop):
        with pytest.raises(NotThere):
            asking.as_one(token).do(verb, ref)
    for query in (queries.made_by_helper, queries.begun_by_helper):
        with pytest.raises(NotThere):
            query(asking.as_one(token))


def test_sending_twice_makes_one_request_and_how_it_is_answered_is_not_the_helpers_to_say(asking, town):
    token = asking.helper()
    ref = asking.fix(token)
    asking.as_one(token).do(corrections.submit, ref)
    batch = asking.see(lambda: asking.as_one(token))[0].batch
    asking.as_one(token).do(access.submit, batch)
    rows = town.store.work().session.scalars(select(HelperRequest)).all()
    assert len(rows) == 2
    draft = ids.decode(asking.as_one(token).do(access.start, [town.homes]))
    asking.as_one(token).do(access.keep, draft, "reply", made.REPLY | {"form": "paper"})
    assert to_see.draft(asking.as_one(token), draft).answers["form"] == "here"


def test_nobody_answers_a_request_of_somebody_they_help(asking, town):
    from portal.identity.permissions import Actor

    ria = Actor("account", town.ria.id, town.ria.person_id, town.homes, "caseworker")
    ref = asking.mere_fixes()
    assert corrections.case(asking.staff(ria), ref)
    asking.helper()
    for verb in (corrections.case, corrections.papers):
        with pytest.raises(NotThere):
            verb(asking.staff(ria), ref)
    with pytest.raises(NotThere):
        asking.yes(ref, actor=ria)
    town.as_mere().do(service.stop_helper, town.helper().ref)
    with pytest.raises(NotThere):
        corrections.case(asking.staff(ria), ref)
