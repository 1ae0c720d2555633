"""The whole demonstration, walked once for each process."""

import pytest

from portal.language import service as language
from tests.looks.crawl import crawl


@pytest.fixture(scope="session")
def walked(demo_site):
    """Every page of the demonstration, with the pseudo language allowed."""
    language.enable_pseudo()
    yield crawl(demo_site)
    language.disable_pseudo()
