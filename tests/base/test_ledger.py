"""The ledger names what was edited, deleted or slipped in by hand, offline and with the public key alone."""

import hashlib
import time

import pytest
from sqlalchemy import func, select, text

from portal.base import checkpoints
from portal.base.checkpoints import Tree
from portal.base.ledger import Leaf
from portal.identity.service import add_membership
from portal.worker import seal


def fill(store, n=5):
    """Make changes and seal them."""
    for number in range(n):
        store.work().do(add_membership, number + 1, 5, "caseworker")
    settle(store)


def settle(store):
    """Seal until nothing is left: on PostgreSQL a transaction open in another database holds the sealer back."""
    for _ in range(200):
        store.work().do(lambda work: seal(work, store.settings))
        with store.core.sessions() as session:
            if session.scalar(select(func.count()).where(Leaf.position.is_(None))) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the ledger was never sealed to its end")


def faults(store, folder=None):
    """What verifying finds."""
    with store.core.sessions() as session:
        return list(checkpoints.verify(session, store.settings.ledger_public_key, folder))


def tamper(store, statement):
    """Change the database behind the portal's back."""
    with store.core.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_ledger_that_nobody_touched_holds(store):
    fill(store)
    fill_more = store.work()
    fill_more.do(add_membership, 90, 5, "steward")
    assert faults(store, store.settings.checkpoints) == []


@pytest.mark.parametrize(
    ("by_hand", "named"),
    [
        (
            "update identity_membership set role = 'steward' where account_id = 3",
            "identity_membership 3/5 was changed",
        ),
        ("delete from identity_membership where account_id = 2", "identity_membership 2/5 is missing"),
        (
            "insert into identity_membership (account_id, agency_id, role, state, made_at)"
            " select 77, 5, role, state, made_at from identity_membership"
            " where account_id = 1",
            "identity_membership 77/5 has no ledger entry",
        ),
        ("update base_ledger_leaf set row_key = '4/6' where row_key = '4/5'", "was changed"),
        ("delete from base_ledger_leaf where row_key = '4/5'", "is missing"),
        ("update base_ledger_checkpoint set size = 4", "checkpoint 4"),
    ],
)
def test_verifying_names_what_was_done_by_hand(store, by_hand, named):
    fill(store)
    tamper(store, by_hand)
    assert any(named in fault for fault in faults(store)), faults(store)


def test_a_history_that_was_cut_off_does_not_fit_the_checkpoint_kept_elsewhere(store):
    fill(store)
    tamper(store, "delete from base_ledger_checkpoint")
    tamper(store, "delete from base_ledger_leaf where position >= 3")
    tamper(store, "delete from identity_membership where account_id > 3")
    assert faults(store) == []
    assert any("does not fit" in fault for fault in faults(store, store.settings.checkpoints))


def test_sealing_twice_seals_each_entry_once(store):
    fill(store)
    assert store.work().do(lambda work: seal(work, store.settings)) == 0


def reference_root(leaves):
    """The definition of RFC 6962 section 2.1, written as it is printed."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + reference_root(leaves[:split]) + reference_root(leaves[split:])).digest()


def test_the_growing_tree_has_the_root_that_the_standard_defines():
    leaves, tree = [], Tree()
    for number in range(70):
        assert tree.root() == reference_root(leaves)
        leaf = hashlib.sha256(b"\x00" + bytes([number])).digest()
        leaves.append(leaf)
        tree.append(leaf)
