"""How a person may be reached is theirs to say: checked by a code, told to the address before, kept from feeds."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.base.ledger import Leaf
from portal.base.problems import Invalid, NotThere
from portal.ingest import service as ingest
from portal.notices import rules, service
from portal.notices.models import Contact, Delivery
from portal.notices.service import Wanted
from tests.agencies import factory
from tests.notices.boxes import core_with, reader, work_at

NOW = factory.NOW
NEW = Wanted("yes", "mere.new@example.org")


def at(store, sina, now=NOW):
    """The person's own work at a moment."""
    return store.work(sina.actor, now)


def code_in(post):
    return post.mails[-1][1].get_content().split("Your code is ")[1][: rules.CODE_LENGTH]


def kept(store, sina, channel="email"):
    return service.contacts(at(store, sina))[channel]


def queued(store, sina):
    rows = select(Delivery.channel, Delivery.kind).where(
        Delivery.person_id == sina.actor.person_id, Delivery.state == "waiting"
    )
    return sorted(tuple(row) for row in store.work().session.execute(rows))


def test_a_new_address_is_used_once_its_code_was_typed(store, post, monkeypatch):
    sina, core = reader(store, email=None), core_with(store, post)
    assert at(store, sina).do(service.keep_contact, "email", NEW) == "code"
    assert not kept(store, sina).used and not service.can_be_told(at(store, sina))
    work_at(monkeypatch, core, NOW)
    ((receivers, mail),) = post.mails
    assert receivers == ["mere.new@example.org"] and mail["Subject"] == "You have an update"
    assert at(store, sina).do(service.confirm_contact, "email", code_in(post).lower()) == "done"
    assert kept(store, sina).used and kept(store, sina).address == "mere.new@example.org"
    assert at(store, sina).do(service.confirm_contact, "email", code_in(post)) == "none"


def test_a_wrong_code_costs_a_try_and_five_are_the_end_of_it(store, post, monkeypatch):
    sina = reader(store, email=None)
    at(store, sina).do(service.keep_contact, "email", NEW)
    work_at(monkeypatch, core_with(store, post), NOW)
    tries = [at(store, sina).do(service.confirm_contact, "email", "AAAAAA") for _ in range(6)]
    assert tries == ["wrong"] * 5 + ["over"]
    assert at(store, sina).do(service.confirm_contact, "email", code_in(post)) == "over"
    assert not kept(store, sina).used
    assert at(store, sina).do(service.ask_code, "email") == "code"
    work_at(monkeypatch, core_with(store, post), NOW)
    assert at(store, sina).do(service.confirm_contact, "email", code_in(post)) == "done"


def test_a_code_is_over_after_ten_minutes_and_an_old_one_is_wrong(sqlite_store, post, monkeypatch):
    sina, core = reader(sqlite_store, email=None), core_with(sqlite_store, post)
    at(sqlite_store, sina).do(service.keep_contact, "email", NEW)
    work_at(monkeypatch, core, NOW)
    first = code_in(post)
    late = at(sqlite_store, sina, NOW + timedelta(minutes=10))
    assert late.do(service.confirm_contact, "email", first) == "over"
    late.do(service.ask_code, "email")
    assert late.do(service.confirm_contact, "email", first) == "wrong"


def test_a_code_that_comes_too_late_is_not_sent(sqlite_store, post, monkeypatch):
    sina = reader(sqlite_store, email=None)
    at(sqlite_store, sina).do(service.keep_contact, "email", NEW)
    work_at(monkeypatch, core_with(sqlite_store, post), NOW + timedelta(minutes=11))
    assert post.mails == []


def test_another_persons_code_confirms_nothing(sqlite_store, post, monkeypatch):
    sina, tame = reader(sqlite_store, email=None), reader(sqlite_store, email=None)
    for one in (tame, sina):
        at(sqlite_store, one).do(service.keep_contact, "email", NEW)
        work_at(monkeypatch, core_with(sqlite_store, post), NOW)
    assert at(sqlite_store, tame).do(service.confirm_contact, "email", code_in(post)) == "wrong"


def test_the_address_before_is_told_once_the_new_one_is_used(store, post, monkeypatch):
    sina, core = reader(store), core_with(store, post)
    at(store, sina).do(service.keep_contact, "email", NEW)
    work_at(monkeypatch, core, NOW)
    assert [receivers for receivers, _ in post.mails] == [["mere.new@example.org"]]
    assert kept(store, sina).address == "mere@example.org", "the old one is used until then"
    at(store, sina).do(service.confirm_contact, "email", code_in(post))
    work_at(monkeypatch, core, NOW)
    receivers, mail = post.mails[-1]
    assert receivers == ["mere@example.org"]
    said = mail.get_content()
    assert "Something changed in your account." in said and "/en/guide/contact" in said
    assert "mere.new" not in str(mail) and "mere" not in said
    row = store.work().session.get(Contact, (sina.actor.person_id, "email"))
    document = store.work().keys.open_json(
        service.contact.contact_place("email", row.person_id), row.document
    )
    assert "mere@example.org" not in repr(document), "the old address is not kept once it was told"
    assert "contact_changed" in [one.kind for one in service.newest(at(store, sina))]


def test_two_changes_in_a_row_are_told_to_both_addresses_before(sqlite_store, post, monkeypatch):
    sina, core = reader(sqlite_store), core_with(sqlite_store, post)
    for address in ("one@example.org", "two@example.org"):
        work = at(sqlite_store, sina)
        work.do(service.keep_contact, "email", Wanted("yes", address))
        assert work.do(service.confirm_contact, "email", service.demo_code(work, "email")) == "done"
    work_at(monkeypatch, core, NOW)
    told = [to for (to,), mail in post.mails if "Something changed" in mail.get_content()]
    assert sorted(told) == ["mere@example.org", "one@example.org"]


def test_an_address_that_is_not_safe_is_not_told_and_not_kept(store, post, gateway, monkeypatch):
    sina = reader(store, text="+64211234567")
    at(store, sina).do(service.keep_contact, "email", Wanted("unsafe"))
    assert kept(store, sina).unsafe and kept(store, sina).address == ""
    work_at(monkeypatch, core_with(store, post, gateway), NOW)
    assert post.mails == [] and len(gateway.taken) == 1, "the other safe way is told"


def test_taking_an_address_away_is_told_to_it(sqlite_store, post, monkeypatch):
    sina = reader(sqlite_store)
    at(sqlite_store, sina).do(service.keep_contact, "email", Wanted("no"))
    assert not kept(sqlite_store, sina).used
    work_at(monkeypatch, core_with(sqlite_store, post), NOW)
    assert [receivers for receivers, _ in post.mails] == [["mere@example.org"]]


def test_silencing_a_channel_is_told_by_it_one_last_time(sqlite_store, post, monkeypatch):
    sina = reader(sqlite_store)
    quiet = Wanted("yes", "mere@example.org", purposes=dict.fromkeys(rules.PURPOSES, "never"))
    assert at(sqlite_store, sina).do(service.keep_contact, "email", quiet) is None
    work_at(monkeypatch, core_with(sqlite_store, post), NOW)
    assert len(post.mails) == 1
    at(sqlite_store, sina).do(service.keep_contact, "email", quiet)
    assert queued(sqlite_store, sina) == [], "nothing changed this time"


def test_with_no_safe_channel_everything_is_shown_here_only(store):
    sina = reader(store, text="+64211234567")
    for channel in rules.CHANNELS:
        at(store, sina).do(service.keep_contact, channel, Wanted("unsafe"))
    before = queued(store, sina)
    store.work(now=NOW).do(service.tell, sina.actor.person_id, "request_decided", 10, 1)
    store.work(now=NOW).do(service.tell, sina.actor.person_id, "records_linked", 10, 1)
    assert queued(store, sina) == before
    assert not service.letter_is_safe(store.work(), sina.actor.person_id)


def test_phone_and_post_are_for_staff_to_know_and_need_no_code(sqlite_store):
    sina = reader(sqlite_store, email=None)
    work = at(sqlite_store, sina)
    assert work.do(service.keep_contact, "phone", Wanted("yes", "09 123 4567", note="Ask for me")) is None
    assert work.do(service.keep_contact, "post", Wanted("yes", "12 Sample Street\nOtara")) is None
    assert kept(sqlite_store, sina, "phone").note == "Ask for me"
    assert kept(sqlite_store, sina, "phone").address == "+6491234567"
    assert service.letter_is_safe(work, sina.actor.person_id)
    assert not service.can_be_told(work), "the portal itself neither rings nor writes letters"


@pytest.mark.parametrize(
    ("channel", "typed"),
    [("email", "mere at example"), ("text", "09 123 4567"), ("phone", "12"), ("post", "  "), ("email", "")],
)
def test_what_is_no_address_is_answered_with_one_sentence(sqlite_store, channel, typed):
    sina = reader(sqlite_store, email=None)
    with pytest.raises(Invalid) as fault:
        at(sqlite_store, sina).do(service.keep_contact, channel, Wanted("yes", typed))
    assert fault.value.field == "address"


def test_a_feed_never_changes_how_somebody_is_reached(store):
    work = store.work(now=NOW)
    agency, sina = factory.agency(work), reader(store)
    from portal.agencies import service as agencies

    work.do(agencies.link, sina.actor.person_id, agency.id, "C-1")
    before = work.session.execute(select(Contact.__table__)).all()
    body = {"name": "Mere", "email": "else@example.org", "phone": "021 999 9999"}
    key = next(iter(agency.types))
    work.do(ingest.take, agency.id, "C-1", [ingest.Incoming(key, "x", body)])
    assert work.session.execute(select(Contact.__table__)).all() == before


def test_each_change_of_contact_is_in_the_ledger_and_a_counted_try_is_not(sqlite_store):
    sina = reader(sqlite_store, email=None)
    work = at(sqlite_store, sina)
    work.do(service.keep_contact, "email", NEW)
    leaves = select(Leaf).where(Leaf.entity == "notices_contact")
    assert len(work.session.scalars(leaves).all()) == 1
    work.do(service.confirm_contact, "email", "AAAAAA")
    assert len(work.session.scalars(leaves).all()) == 1


def test_only_a_person_has_contacts_and_only_of_known_channels(sqlite_store):
    with pytest.raises(NotThere):
        factory.staff(sqlite_store, 1).do(service.keep_contact, "email", NEW)
    with pytest.raises(NotThere):
        at(sqlite_store, reader(sqlite_store)).do(service.keep_contact, "pigeon", NEW)
