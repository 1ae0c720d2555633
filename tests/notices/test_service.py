"""A person is told on the screen, and by messages that say nothing to whoever else reads them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.agencies import service as agencies
from portal.agencies.models import Link
from portal.base.outbox import OutboxRow
from portal.identity.models import Account
from portal.language.service import translator
from portal.notices import rules, service
from portal.notices.models import Delivery
from tests.agencies import factory
from tests.notices.boxes import core_with, reader, tell, work_at

NOW = factory.NOW
SOON, LATER = NOW + timedelta(seconds=1), NOW + timedelta(hours=1)


def waiting(sina):
    """What waits to be sent to a person: (channel, kind, when)."""
    rows = sina.session.execute(
        select(Delivery.channel, Delivery.kind, OutboxRow.due_at)
        .join(OutboxRow, OutboxRow.id == Delivery.id)
        .where(Delivery.person_id == sina.actor.person_id, Delivery.state == "waiting")
        .order_by(OutboxRow.due_at, Delivery.channel)
    )
    return [tuple(row) for row in rows]


def test_what_happened_is_on_the_screen_and_a_message_is_queued_for_each_safe_way(store):
    sina = reader(store, text="+64211234567")
    tell(store, sina, "request_received", 10, 99)
    (notice,) = service.newest(sina)
    assert (notice.kind, notice.agency_id, notice.about, notice.read_at) == ("request_received", 10, 99, None)
    assert waiting(sina) == [("email", "request_received", NOW), ("text", "request_received", NOW)]
    jobs = sina.session.scalars(select(OutboxRow)).all()
    assert {job.job for job in jobs} == {"notices.send"}
    assert [job.about for job in jobs] == [{"person_id": str(sina.actor.person_id)}] * 2


def test_who_asked_to_be_answered_here_only_gets_no_message(store):
    sina = reader(store)
    work = store.work(now=NOW)
    work.do(lambda w: service.tell(w, sina.actor.person_id, "request_decided", 10, 99, mail=False))
    assert len(service.newest(sina)) == 1 and waiting(sina) == []


def test_messages_are_counted_until_they_are_marked_as_read(store):
    sina, tame = factory.person(store), factory.person(store, "Tame Tūroa")
    for who in (sina, sina, tame):
        tell(store, who, "share_opened", 10, 1)
    assert service.unread(sina) == 2
    sina.do(service.mark_read)
    assert service.unread(sina) == 0
    assert service.unread(tame) == 1
    assert {notice.read_at for notice in service.newest(sina)} == {NOW}


def test_each_kind_has_words_and_a_purpose():
    assert set(rules.PURPOSE) <= set(rules.WORDS)
    assert {rules.purpose_of(kind) for kind in rules.WORDS} == set(rules.PURPOSES) == set(rules.SAID)


def test_nothing_is_shown_or_sent_about_an_agency_that_the_person_hid(store):
    sina, work = reader(store), store.work(now=NOW)
    hidden, shown = factory.agency(work), factory.agency(work, "example-medical-centre")
    for number, agency in enumerate((hidden, shown)):
        work.do(agencies.link, sina.actor.person_id, agency.id, f"C-{number}")
    work.do(lambda w: setattr(w.session.get(Link, (sina.actor.person_id, hidden.id)), "hidden_at", NOW))
    sina.do(service.mark_read)
    sina.session.execute(Delivery.__table__.delete())
    sina.session.commit()
    tell(store, sina, "request_decided", hidden.id, 1)
    assert waiting(sina) == [] and service.unread(sina) == 0
    tell(store, sina, "request_decided", shown.id, 2)
    assert {one.agency_id for one in service.newest(sina)} == {shown.id}
    assert service.unread(sina) == 1 and len(waiting(sina)) == 1


@pytest.mark.parametrize("how_much", ["neutral", "allowed"])
@pytest.mark.parametrize("kind", sorted(rules.WORDS))
def test_a_message_names_no_agency_and_carries_no_id(
    sqlite_store, post, gateway, monkeypatch, kind, how_much
):
    agency = factory.agency(sqlite_store.work(now=NOW))
    chosen = dict.fromkeys(rules.PURPOSES, how_much)
    sina = reader(sqlite_store, text="+64211234567", purposes=chosen)
    tell(sqlite_store, sina, kind, agency.id, 99)
    work_at(monkeypatch, core_with(sqlite_store, post, gateway), SOON)
    ((receivers, mail),), (text,) = post.mails, gateway.taken.values()
    assert receivers == ["mere@example.org"] and text["to"] == "+64211234567"
    assert mail["Subject"] == "You have an update"
    said = rules.SAID[rules.purpose_of(kind)] if how_much == "allowed" else rules.NEUTRAL
    body = said % {"address": f"{sqlite_store.settings.base_url}/en/"}
    assert mail.get_content().strip() == text["text"] == body
    everything = (str(mail) + body + repr(gateway.calls)).lower()
    told = [agency.name, agency.slug, agency.topic, "housing", str(sina.actor.person_id), "sina"]
    assert [word for word in told if word.lower() in everything] == []


@pytest.mark.parametrize("language", ["mi", "sm", "to", "fj"])
def test_a_mail_is_in_the_readers_language_with_every_mark_intact(sqlite_store, post, monkeypatch, language):
    tell(sqlite_store, reader(sqlite_store, language), "share_opened")
    work_at(monkeypatch, core_with(sqlite_store, post), SOON)
    ((_, mail),) = post.mails
    assert mail["Subject"] == translator(language).attr("You have an update")
    assert f"/{language}/" in mail.get_content()


def test_macrons_and_glottals_reach_the_mailbox(sqlite_store, post, monkeypatch):
    tell(sqlite_store, reader(sqlite_store), "share_opened")
    core = core_with(sqlite_store, post, base_url="https://tāmaki-ʻāina.example")
    work_at(monkeypatch, core, SOON)
    assert "https://tāmaki-ʻāina.example/en/" in post.mails[0][1].get_content()


def test_a_discreet_account_is_told_nothing_but_that_there_is_an_update(sqlite_store, post, monkeypatch):
    sina = reader(sqlite_store, purposes=dict.fromkeys(rules.PURPOSES, "allowed"))
    work = sqlite_store.work(now=NOW)
    account = select(Account).where(Account.person_id == sina.actor.person_id)
    work.do(lambda w: setattr(w.session.scalars(account).one(), "discreet", True))
    tell(sqlite_store, sina, "share_opened")
    work_at(monkeypatch, core_with(sqlite_store, post), SOON)
    assert "You have an update." in post.mails[0][1].get_content()


def test_what_happens_within_ten_minutes_is_one_message_and_safety_never_waits(store):
    sina = reader(store)
    for kind in ("request_received", "request_received", "share_opened", "contact_changed", "records_linked"):
        tell(store, sina, kind)
    kinds = [kind for _, kind, _ in waiting(sina)]
    assert sorted(kinds) == ["contact_changed", "records_linked", "several"]


def test_after_a_message_the_next_one_comes_ten_minutes_later(sqlite_store, post, monkeypatch):
    sina, core = reader(sqlite_store), core_with(sqlite_store, post)
    tell(sqlite_store, sina, "share_opened")
    work_at(monkeypatch, core, SOON)
    tell(sqlite_store, sina, "share_opened", now=NOW + timedelta(minutes=1))
    tell(sqlite_store, sina, "share_opened", now=NOW + timedelta(minutes=2))
    assert [due for *_, due in waiting(sina)] == [SOON + timedelta(minutes=10)]
    work_at(monkeypatch, core, NOW + timedelta(minutes=9))
    assert len(post.mails) == 1
    work_at(monkeypatch, core, NOW + timedelta(minutes=11))
    assert len(post.mails) == 2


@pytest.mark.parametrize(
    ("purposes", "unsafe", "told"),
    [({}, False, 1), ({"shares": "never"}, False, 0), ({"requests": "never"}, False, 1), ({}, True, 0)],
)
def test_what_may_never_be_sent_is_not_and_nothing_goes_to_an_unsafe_address(store, purposes, unsafe, told):
    sina = reader(store, purposes=purposes, unsafe=unsafe)
    tell(store, sina, "share_opened")
    assert len(waiting(sina)) == told


def test_a_choice_made_after_a_message_was_queued_still_counts(sqlite_store, post, monkeypatch):
    sina = reader(sqlite_store)
    tell(sqlite_store, sina, "share_opened")
    sina.do(service.keep_contact, "email", service.Wanted("unsafe"))
    work_at(monkeypatch, core_with(sqlite_store, post), SOON)
    assert post.mails == [] and waiting(sina) == []


# 14 September 2026, 2:00 in the afternoon in New Zealand.
@pytest.mark.parametrize(
    ("hours", "due"),
    [
        ((9, 17), NOW),
        ((15, 17), datetime(2026, 9, 14, 3, tzinfo=UTC)),
        ((9, 14), datetime(2026, 9, 14, 21, tzinfo=UTC)),
        ((22, 6), datetime(2026, 9, 14, 10, tzinfo=UTC)),
        ((12, 6), NOW),
        ((None, None), NOW),
    ],
)
def test_a_message_waits_for_the_next_safe_hour(store, hours, due):
    sina = reader(store, safe_from=hours[0], safe_until=hours[1])
    tell(store, sina, "contact_changed")
    assert [at for *_, at in waiting(sina)] == [due]


def test_a_worker_that_was_away_does_not_send_outside_the_safe_hours(sqlite_store, post, monkeypatch):
    sina = reader(sqlite_store, safe_from=9, safe_until=17)
    tell(sqlite_store, sina, "share_opened")
    at_night = NOW + timedelta(hours=8)
    work_at(monkeypatch, core_with(sqlite_store, post), at_night)
    assert post.mails == []
    assert [at for *_, at in waiting(sina)] == [datetime(2026, 9, 14, 21, tzinfo=UTC)]
    work_at(monkeypatch, core_with(sqlite_store, post), datetime(2026, 9, 14, 21, 1, tzinfo=UTC))
    assert len(post.mails) == 1


def test_safe_hours_hold_on_the_day_when_the_clocks_change():
    # Clocks go from 2 to 3 in the morning of 27 September 2026.
    before = datetime(2026, 9, 26, 6, tzinfo=UTC)
    assert rules.next_safe(before, 9, 17) == datetime(2026, 9, 26, 20, tzinfo=UTC)
    assert rules.next_safe(before - timedelta(days=1), 9, 17) == datetime(2026, 9, 25, 21, tzinfo=UTC)


def test_without_an_account_or_a_server_nothing_is_sent_and_nothing_is_parked(
    sqlite_store, post, monkeypatch
):
    nobody = factory.person(sqlite_store)
    sqlite_store.work(now=NOW).do(service.put_contact, nobody.actor.person_id, "email", "x@example.org")
    tell(sqlite_store, nobody, "share_opened")
    tell(sqlite_store, reader(sqlite_store, text="+64211234567", email=None), "share_opened")
    work_at(monkeypatch, core_with(sqlite_store, post), SOON)
    assert post.mails == []
    assert set(nobody.session.scalars(select(Delivery.state))) == {"dropped"}
