"""A person is told on the screen, and by a mail that says nothing to whoever else reads it."""

import contextlib
import socket
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from portal.base.outbox import OutboxRow
from portal.identity import service as identity
from portal.notices import service
from portal.notices.rules import WORDS
from tests.agencies import factory


class Post:
    """What arrived at a real mail server."""

    def __init__(self):
        self.mails, self.refuse = [], False

    async def handle_DATA(self, _server, _session, envelope):
        if self.refuse:
            return "451 Try later"
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


def free_port():
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def post():
    handler = Post()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    handler.port = server.port
    yield handler
    server.stop()


def reader(store, language="en", email="mere@example.org"):
    """A person with an account that is told by mail."""
    person_id = factory.person(store).actor.person_id
    work = store.work(now=factory.NOW)
    account = work.do(
        lambda w: identity.add_account(
            w, f"p{person_id}", factory.PASSWORD, "Mere", person_id=person_id, language=language
        )
    )
    if email:
        work.do(identity.set_email, account, email)
    return person_id


def with_mail(store, post):
    return replace(
        store.settings, smtp_host="127.0.0.1", smtp_port=post.port, mail_from="portal@example.govt.nz"
    )


def test_what_happened_is_on_the_screen_and_a_mail_is_queued(store):
    sina = factory.person(store)
    store.work(now=factory.NOW).do(service.tell, sina.actor.person_id, "request_received", 10, 99)
    (notice,) = service.newest(sina)
    assert (notice.kind, notice.agency_id, notice.about, notice.read_at) == ("request_received", 10, 99, None)
    (job,) = sina.session.scalars(select(OutboxRow))
    assert (job.job, job.about) == ("notices.mail", {"person_id": str(sina.actor.person_id)})


def test_messages_are_counted_until_they_are_marked_as_read(store):
    sina, tame = factory.person(store), factory.person(store, "Tame Tūroa")
    for who in (sina, sina, tame):
        store.work(now=factory.NOW).do(service.tell, who.actor.person_id, "share_opened", 10, 1)
    assert service.unread(sina) == 2
    sina.do(service.mark_read)
    assert service.unread(sina) == 0
    assert service.unread(tame) == 1
    assert {notice.read_at for notice in service.newest(sina)} == {factory.NOW}


@pytest.mark.parametrize("kind", sorted(WORDS))
def test_a_mail_names_no_agency_and_no_topic(sqlite_store, post, kind):
    work = sqlite_store.work(now=factory.NOW)
    agency = factory.agency(work)
    person_id = reader(sqlite_store)
    work.do(service.tell, person_id, kind, agency.id, 99)
    service.send_mail(work, with_mail(sqlite_store, post), {"person_id": str(person_id)})
    ((receivers, mail),) = post.mails
    assert receivers == ["mere@example.org"]
    assert mail["Subject"] == "You have an update"
    body = mail.get_content()
    assert f"{sqlite_store.settings.base_url}/en/ " in body
    everything = (str(mail) + body).lower()
    told = [
        agency.name,
        agency.slug,
        agency.topic,
        "request",
        "share",
        "record",
        "correct",
        "mere@",
        str(person_id),
    ]
    assert [word for word in told if word.lower() in everything.replace("to: mere@", "")] == []


@pytest.mark.parametrize("language", ["mi", "sm", "to", "fj"])
def test_a_mail_is_in_the_readers_language_with_every_mark_intact(sqlite_store, post, language):
    from portal.language.service import translator

    person_id = reader(sqlite_store, language)
    work = sqlite_store.work(now=factory.NOW)
    service.send_mail(work, with_mail(sqlite_store, post), {"person_id": str(person_id)})
    ((_, mail),) = post.mails
    assert mail["Subject"] == translator(language).attr("You have an update")
    assert f"/{language}/" in mail.get_content()


def test_macrons_and_glottals_reach_the_mailbox(sqlite_store, post):
    person_id = reader(sqlite_store)
    settings = replace(with_mail(sqlite_store, post), base_url="https://tāmaki-ʻāina.example")
    service.send_mail(sqlite_store.work(now=factory.NOW), settings, {"person_id": str(person_id)})
    assert "https://tāmaki-ʻāina.example/en/" in post.mails[0][1].get_content()


def test_nothing_is_sent_without_an_address_or_a_server(sqlite_store, post):
    work = sqlite_store.work(now=factory.NOW)
    without_address, without_account = reader(sqlite_store, email=None), factory.person(sqlite_store)
    for person_id in (without_address, without_account.actor.person_id):
        service.send_mail(work, with_mail(sqlite_store, post), {"person_id": str(person_id)})
    service.send_mail(work, sqlite_store.settings, {"person_id": str(reader(sqlite_store))})
    assert post.mails == []


def test_a_mail_that_was_not_taken_is_tried_again_and_the_fault_names_nobody(sqlite_store, post):
    person_id, work = reader(sqlite_store), sqlite_store.work(now=factory.NOW)
    post.refuse = True
    with pytest.raises(service.MailRefused) as fault:
        service.send_mail(work, with_mail(sqlite_store, post), {"person_id": str(person_id)})
    assert "mere@" not in str(fault.value) and fault.value.__suppress_context__
    post.refuse = False
    service.send_mail(work, with_mail(sqlite_store, post), {"person_id": str(person_id)})
    assert len(post.mails) == 1


def test_a_server_that_is_away_is_the_same_kind_of_fault(sqlite_store):
    person_id = reader(sqlite_store)
    away = replace(sqlite_store.settings, smtp_host="127.0.0.1", smtp_port=free_port())
    with pytest.raises(service.MailRefused):
        service.send_mail(sqlite_store.work(now=factory.NOW), away, {"person_id": str(person_id)})
