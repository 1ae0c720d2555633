"""What the tables say by themselves: whose row it is comes first, and what may be plain is on a list."""

from sqlalchemy import JSON, Date, LargeBinary, String, Text

import portal.app
import portal.worker  # noqa: F401
from portal.base.db import Base, Sealed

TABLES = Base.metadata.sorted_tables
PERSON_OWNED = [table for table in TABLES if list(table.primary_key.columns)[0].name == "person_id"]
# Tables that name a person without being theirs: ways to find one by a fingerprint, and the agencies' own lists.
NAME_A_PERSON = {
    "agencies_client": "directory from an agency's client number",
    "agencies_counter_code": "directory from a code shown at a counter",
    "agencies_slip": "directory from a code with which one asks where a request is",
    "agencies_task": "an agency's list of what it has to do",
    "bundles_address": "directory from a share's link or code",
    "bundles_pass": "directory from a browser that opened a share",
    "delegations_helped": "directory from a helper's account, which gives no right",
    "delegations_helper_code": "directory from a helper's one-time code",
    "identity_account": "one account has none or one person",
}
CATALOGUE = (
    "agencies_agency", "agencies_purpose", "agencies_reason", "agencies_record_type", "agencies_stamp",
)  # fmt: skip
# Text, JSON, bytes and days that are not sealed, each with what makes that safe.
PLAIN = {
    "fingerprint": "keyed or of a 256-bit secret",
    "client_fingerprint": "keyed",
    "source_fingerprint": "keyed",
    "body_fingerprint": "keyed",
    "request_hash": "of a call whose key is kept as a fingerprint",
    "hash": "of a leaf with its own salt",
    "row_digest": "of a row as stored, sealed",
    "password_hash": "Argon2id",
    "passcode_hash": "Argon2id",
    "code_hash": "Argon2id",
    "wrapped": "under the master key",
    "salt": "random",
    "root": "of the ledger's tree",
    "signature": "of a checkpoint",
    "kind": "a word of ours",
    "state": "a word of ours",
    "stage": "a word of ours",
    "role": "a word of ours",
    "strength": "a word of ours",
    "name": "an event's name, a word of ours",
    "shown": "what an agency published for everybody",
    "by": "a word of ours",
    "what": "a word of ours",
    "how": "a word of ours",
    "wish": "a word of ours",
    "decision": "a word of ours",
    "ground": "a section of the Act",
    "proposed": "a word of ours",
    "changed_by": "a word of ours",
    "reason": "a word of ours",
    "change": "a word of ours",
    "job": "the name of a job",
    "lease": "random",
    "about": "ids only",
    "outcome": "counts, and warnings without values",
    "answer": "counts, and warnings without values; or yes and no",
    "entity": "a table's name",
    "row_key": "ids of a row",
    "result": "an id for an address",
    "key": "a counter's keyed name",
    "label": "what an agency calls its key, or an operator a provider",
    "scope": "a word of ours",
    "bound": "of a 256-bit secret",
    "confirm_key": "keyed",
    "issuer": "a provider's public address",
    "origins": "a provider's public addresses",
    "client_id": "the portal's own name at a provider",
    "provider": "an operator's word for a provider",
    "channel": "a word of ours",
    "purposes": "words of ours",
    "purpose": "of the agency's catalogue",
    "fault": "a word of ours",
    "language": "a language tag",
    "reference": "random, read out on the phone",
    "calendar_version": "of the working days",
    "type_key": "of the agency's catalogue",
    "field": "of the agency's catalogue",
    "recorded_on": "a day, to sort by",
    "check_on": "a day, to ask from",
    "received_on": "a day, to count from",
    "due_on": "a day, to sort by",
    "seen_on": "a day, of a role",
    "made_on": "a day, to count from",
    "transfer_by_on": "a day, to count to",
    "apply_by_on": "a day, to sort by",
    "statement_due_on": "a day, to count to",
    "extended_to_on": "a day, to count to",
    "on": "a day, to clear up by",
}


def columns():
    return [(table, column) for table in TABLES if table.name not in CATALOGUE for column in table.columns]


def test_what_belongs_to_a_person_says_so_first_in_every_key():
    assert len(PERSON_OWNED) > 10
    for table in PERSON_OWNED:
        for index in table.indexes:
            assert not index.unique or list(index.columns)[0].name == "person_id", (
                f"{table.name} {index.name}"
            )
        for constraint in table.constraints:
            names = [column.name for column in getattr(constraint, "columns", ())]
            if type(constraint).__name__ in ("UniqueConstraint", "PrimaryKeyConstraint"):
                assert names[0] == "person_id", f"{table.name} {names}"


def test_a_table_that_names_a_person_is_theirs_or_on_the_list():
    naming = {table.name for table in TABLES if "person_id" in table.columns} - {t.name for t in PERSON_OWNED}
    assert naming == set(NAME_A_PERSON)


def test_no_row_of_a_person_points_at_another_persons():
    for table in PERSON_OWNED:
        for constraint in table.foreign_key_constraints:
            if "person_id" in constraint.referred_table.columns:
                assert "person_id" in constraint.column_keys, f"{table.name} {constraint.name}"


def test_each_column_that_could_hold_words_is_sealed_or_on_the_list():
    bare = (String, Text, JSON, LargeBinary, Date)
    loose = [
        f"{table.name}.{column.name}"
        for table, column in columns()
        if isinstance(column.type, bare)
        and not isinstance(column.type, Sealed)
        and column.name not in PLAIN
        and not (table.name == "base_nonce" and column.name == "id")
    ]
    assert loose == []


def test_nothing_stands_on_the_list_for_nothing():
    assert set(PLAIN) - {column.name for _, column in columns()} == set()


def test_sealed_columns_of_names_are_really_sealed():
    for table, column in columns():
        if column.name == "name" and not table.name.endswith("_event"):
            assert isinstance(column.type, Sealed), table.name
