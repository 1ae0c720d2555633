"""One demonstration for the whole folder, prepared by the command itself; copied by the tests that change it."""

import shutil

import pytest

from tests.cli.commands import portal


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """What `portal demo --no-serve` said, and the folder that it left."""
    instance = tmp_path_factory.mktemp("commands") / "instance"
    done = portal(instance, "demo", "--no-serve", "--port", "9600")
    assert done.status == 0, done.err
    return done, instance


@pytest.fixture
def instance(prepared, tmp_path):
    """A demonstration of one test's own."""
    copy = tmp_path / "instance"
    shutil.copytree(prepared[1], copy)
    return copy
