"""A demonstration whose making was broken off is made anew; no other store is ever thrown away."""

import pytest

from portal.config import from_environment
from portal.demo import loader


@pytest.fixture
def settings(tmp_path):
    """An instance folder with something that looks like a store in it."""
    made = from_environment(demo=True, environ={"PORTAL_INSTANCE": str(tmp_path / "instance")})
    (made.instance / "portal.db").write_bytes(b"kept")
    return made


@pytest.mark.parametrize("sign", [loader.MAKING, "demo.json"])
def test_a_demonstration_can_be_thrown_away(settings, sign):
    (settings.instance / sign).touch()
    loader.throw_away(settings)
    assert list(settings.instance.iterdir()) == []


def test_a_store_that_is_no_demonstration_stays(settings):
    assert not loader.is_half_made(settings)
    loader.throw_away(settings)
    assert (settings.instance / "portal.db").read_bytes() == b"kept"
