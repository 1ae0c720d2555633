"""Servers that take messages."""

import pytest

from tests.notices import boxes


@pytest.fixture
def post():
    """A real mail server."""
    with boxes.mail_server() as box:
        yield box


@pytest.fixture
def gateway():
    """A real gateway for text messages."""
    with boxes.text_gateway() as box:
        yield box
