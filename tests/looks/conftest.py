"""The whole demonstration, walked once for each process."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from portal.identity.models import SignInSession
from portal.language import service as language
from tests.looks.crawl import crawl


@pytest.fixture(scope="session")
def walk(demo_site):
    """Every page of the demonstration, with the pseudo language allowed."""
    language.enable_pseudo()
    yield crawl(demo_site)
    language.disable_pseudo()


@pytest.fixture
def walked(walk, demo_site):
    """The same, with everybody as if they had signed in just now: a slow machine must end no visit."""
    now = datetime.now(UTC)
    work = demo_site.core.work()
    visit = SignInSession.__table__
    fresh = {"made_at": now, "seen_at": now, "factor_at": now}
    there = ("full", "handing", "agreeing")
    work.do(lambda inner: inner.session.execute(update(visit).where(visit.c.stage.in_(there)).values(fresh)))
    later = (
        update(visit).where(visit.c.beside_until.is_not(None)).values(beside_until=now + timedelta(days=1))
    )
    work.do(lambda inner: inner.session.execute(later))
    work.session.close()
    return walk
