"""Every statement upon what belongs to a person or an agency names whose it is (security.md, G3)."""

import re

import pytest

from portal.base.db import Base

OWNERS = ("person_id", "agency_id")
# Statements that name nobody, each with the reason why they may.
MAY_NAME_NOBODY: dict[str, str] = {
    "bundles_address.fingerprint = ": "a code or link that was typed leads to the one share it is for",
    "WHERE insights_note.shown_id IS NOT NULL": "notes that agencies published, for everybody",
    "GROUP BY agencies_outcome.agency_id": "open figures of every agency: counts that name nobody",
    "bundles_pass.fingerprint = ": "a browser's pass leads to the one share that it opened",
    "WHERE identity_session.fingerprint = ": "a session leads to its account, and to the one person it may help",
    "WHERE delegations_helped.account_id = ": "a helper's own list leads to those who let them help",
}
# The catalogue of agencies: the same for everybody, nobody's own.
CATALOGUE = {"agencies_purpose", "agencies_reason", "agencies_record_type"}


def owned_tables():
    """Tables whose key begins with whose it is."""
    tables = Base.metadata.sorted_tables
    found = {table.name for table in tables if list(table.primary_key.columns)[0].name in OWNERS}
    return found - CATALOGUE


def unbound(statement, owned):
    """Owned tables that a statement touches without naming whose rows it wants."""
    if statement.upper().startswith(("INSERT", "BEGIN", "PRAGMA", "COMMIT")):
        return []
    value = r"(?:=|IN) (?:\?|\(|:|%\(|\w+\.(?:person_id|agency_id))"
    loose = []
    for table in owned:
        for found in re.finditer(rf"\b{table}\b(?!\.)(?: AS (\w+))?", statement):
            name = found[1] or table
            named = re.search(rf"\b{name}\.(?:{'|'.join(OWNERS)}) {value}", statement)
            joined = re.search(rf"= {name}\.(?:{'|'.join(OWNERS)})\b", statement)
            if not named and not joined:
                loose.append(table)
    fixed = re.search(rf"\.(?:{'|'.join(OWNERS)}) (?:=|IN) (?:\?|\(|:|%\()", statement)
    return loose or ([] if fixed else [table for table in owned if re.search(rf"\b{table}\b", statement)])


def test_every_statement_of_the_walk_names_whose_rows_it_wants(walked):
    owned = owned_tables()
    upon = [one for one in walked.statements if any(re.search(rf"\b{t}\b", one) for t in owned)]
    assert len(owned) > 15 and len(upon) > 30
    bad = [one for one in upon if unbound(one, owned) and not any(part in one for part in MAY_NAME_NOBODY)]
    assert bad == []


BAD = [
    "SELECT records_record.id FROM records_record WHERE records_record.ref = ?",
    "UPDATE records_record SET state=? WHERE records_record.id = ?",
    "DELETE FROM records_part WHERE records_part.id = ?",
    "SELECT a.id FROM records_record AS a JOIN records_part AS b ON a.person_id = b.person_id WHERE a.ref = ?",
    "SELECT x.id FROM records_record AS x, records_part WHERE records_part.person_id = ? AND x.ref = ?",
]
GOOD = [
    "SELECT records_record.id FROM records_record WHERE records_record.person_id = ? AND records_record.ref = ?",
    "SELECT a.id FROM records_record AS a JOIN records_part AS b ON a.person_id = b.person_id WHERE a.person_id = ?",
    "UPDATE records_record SET state=%(s)s WHERE records_record.person_id = %(p)s::BIGINT",
    "SELECT base_nonce.result FROM base_nonce WHERE base_nonce.id = ?",
]


@pytest.mark.parametrize("statement", BAD)
def test_a_statement_that_names_nobody_is_found(statement):
    assert unbound(statement, {"records_record", "records_part"})


@pytest.mark.parametrize("statement", GOOD)
def test_a_statement_that_names_somebody_passes(statement):
    assert not unbound(statement, {"records_record", "records_part"})
