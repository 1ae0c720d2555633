"""Envelope encryption: a master key wraps one data key per owner and agency; each value is bound to its place.

AES-256-GCM; the associated data names table, column, row, owner, agency and key number, so that a value
moved to another row does not open. Privacy Act 2020 principle 5 (storage and security).
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import BigInteger, Integer, LargeBinary, Select, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.base.db import Base
from portal.base.problems import Tampered
from portal.base.statements import fixed

FORMAT = b"\x01"
SYSTEM_OWNER = 0


class DataKey(Base):
    """A data key, wrapped by the master key named in its first bytes. Deleting it erases all it sealed."""

    __tablename__ = "base_data_key"
    __table_args__ = {"sqlite_with_rowid": False}
    owner_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key_no: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Place:
    """Where a sealed value stands: bound into it as associated data."""

    table: str
    column: str
    row: int
    owner_id: int
    agency_id: int = 0

    def bytes(self, key_no: int) -> bytes:
        """Give the associated data for one key number."""
        return "\x1f".join(
            (self.table, self.column, str(self.row), str(self.owner_id), str(self.agency_id), str(key_no))
        ).encode()


class Master:
    """The master keys: `id:base64` lines, the first is current, older ones still open (rotation)."""

    def __init__(self, text: str):
        self._keys: dict[str, bytes] = {}
        for line in text.split():
            name, _, value = line.partition(":")
            key = base64.b64decode(value, validate=True)
            if not name or len(name) > 8 or len(key) != 32:
                raise ValueError("each master key is a short id, a colon, and 32 bytes in base64")
            self._keys[name] = key
        if not self._keys:
            raise ValueError("there is no master key")
        self.current = next(iter(self._keys))

    @staticmethod
    def fresh_line() -> str:
        """Make a new `id:base64` line."""
        return f"{secrets.token_hex(4)}:{base64.b64encode(secrets.token_bytes(32)).decode()}"

    def wrap(self, key: bytes, place: bytes) -> bytes:
        """Wrap a data key under the current master key."""
        name = self.current.encode().ljust(8)
        nonce = secrets.token_bytes(12)
        return name + nonce + AESGCM(self._keys[self.current]).encrypt(nonce, key, name + place)

    def unwrap(self, wrapped: bytes, place: bytes) -> bytes:
        """Open a wrapped data key; raises Tampered if it was moved, changed, or its master key is missing."""
        name, nonce, body = wrapped[:8], wrapped[8:20], wrapped[20:]
        key = self._keys.get(name.decode(errors="replace").strip())
        if key is None:
            raise Tampered("the master key that wrapped this data key is not here")
        try:
            return AESGCM(key).decrypt(nonce, body, name + place)
        except InvalidTag as fault:
            raise Tampered("a data key does not open in its place") from fault

    def is_current(self, wrapped: bytes) -> bool:
        """Say whether a wrapped key is under the current master key (rotation asks)."""
        return wrapped[:8].decode(errors="replace").strip() == self.current


Keys = dict[int, dict[tuple[int, int], bytes]]
"""Data keys by owner, and then by agency and number."""


class Keyring:
    """The data keys of one unit of work: one read per owner, made on first use."""

    def __init__(self, session: Session, master: Master):
        self._session, self._master = session, master
        self._keys: Keys = {}
        # A key was made, or taken away, in the present transaction.
        self._changed = False

    def forget(self) -> None:
        """Drop what was read: called when a transaction is rolled back."""
        self._keys.clear()
        self._changed = False

    def as_read(self) -> Keys:
        """Give the keys that were read, for `read_again`; none where the present transaction changed them."""
        return {} if self._changed else {owner: dict(keys) for owner, keys in self._keys.items()}

    def read_again(self, keys: Keys) -> None:
        """Take up what `as_read` gave in the transaction before, instead of reading it once more."""
        self._keys |= {owner: dict(mine) for owner, mine in keys.items()}

    def seal(self, place: Place, text: str) -> bytes:
        """Encrypt text for a place, under the newest data key of its owner and agency."""
        return self.seal_bytes(place, text.encode())

    def seal_bytes(self, place: Place, data: bytes) -> bytes:
        """Encrypt bytes for a place, under the newest data key of its owner and agency."""
        key_no, key = self._newest(place.owner_id, place.agency_id)
        nonce = secrets.token_bytes(12)
        body = AESGCM(key).encrypt(nonce, data, place.bytes(key_no))
        return FORMAT + key_no.to_bytes(2, "big") + nonce + body

    def open(self, place: Place, sealed: bytes) -> str:
        """Decrypt text from its place; raises Tampered if the value was moved or changed."""
        return self.open_bytes(place, sealed).decode()

    def open_bytes(self, place: Place, sealed: bytes) -> bytes:
        """Decrypt bytes from their place; raises Tampered if the value was moved or changed."""
        key_no = int.from_bytes(sealed[1:3], "big")
        key = self._of(place.owner_id).get((place.agency_id, key_no))
        if sealed[:1] != FORMAT or key is None:
            raise Tampered(f"{place.table}.{place.column} has no data key")
        try:
            return AESGCM(key).decrypt(sealed[3:15], sealed[15:], place.bytes(key_no))
        except InvalidTag as fault:
            raise Tampered(f"{place.table}.{place.column} does not open in its place") from fault

    def seal_json(self, place: Place, value: Any) -> bytes:
        """Encrypt a JSON value for a place."""
        return self.seal(place, json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def open_json(self, place: Place, sealed: bytes) -> Any:
        """Decrypt a JSON value from its place."""
        return json.loads(self.open(place, sealed))

    def digest(self, purpose: str, text: str) -> bytes:
        """Give the keyed fingerprint under which a directory finds a sign-in name, client number or code."""
        _, key = self._newest(SYSTEM_OWNER, 0)
        return hmac.new(key, f"{purpose}\x1f{text}".encode(), hashlib.sha256).digest()

    def load(self, *owner_ids: int) -> None:
        """Read the data keys of several owners in one statement, for a page that needs them all."""
        missing = [owner_id for owner_id in owner_ids if owner_id not in self._keys]
        if not missing:
            return
        # A row that is only half filled, because a value of it is being sealed, must not be flushed by this.
        with self._session.no_autoflush:
            rows = self._session.execute(*_keys_of(missing)).all()
        self._keys |= {owner_id: {} for owner_id in missing}
        for row in rows:
            place = _key_place(row.owner_id, row.agency_id, row.key_no)
            self._keys[row.owner_id][row.agency_id, row.key_no] = self._master.unwrap(row.wrapped, place)

    def holds(self, owner_id: int) -> bool:
        """Say whether an owner has data keys; raises Tampered if the master key does not open them."""
        return bool(self._of(owner_id))

    def erase(self, owner_id: int, agency_id: int) -> None:
        """Delete the data keys of an owner at an agency: what they sealed can never be read again."""
        for row in self._session.scalars(
            select(DataKey).where(DataKey.owner_id == owner_id, DataKey.agency_id == agency_id)
        ):
            self._session.delete(row)
        self._changed = True
        self._keys.pop(owner_id, None)

    def _of(self, owner_id: int) -> dict[tuple[int, int], bytes]:
        self.load(owner_id)
        return self._keys[owner_id]

    def _newest(self, owner_id: int, agency_id: int) -> tuple[int, bytes]:
        mine = self._of(owner_id)
        numbers = [number for agency, number in mine if agency == agency_id]
        if numbers:
            return max(numbers), mine[agency_id, max(numbers)]
        self._changed = True
        key = secrets.token_bytes(32)
        wrapped = self._master.wrap(key, _key_place(owner_id, agency_id, 1))
        with self._session.no_autoflush:
            self._session.execute(
                insert(DataKey).values(owner_id=owner_id, agency_id=agency_id, key_no=1, wrapped=wrapped)
            )
        mine[agency_id, 1] = key
        return 1, key


@fixed
def _keys_of(owner_ids: Any) -> Select:
    return select(DataKey.__table__).where(DataKey.owner_id.in_(owner_ids))


def _key_place(owner_id: int, agency_id: int, key_no: int) -> bytes:
    return f"data-key\x1f{owner_id}\x1f{agency_id}\x1f{key_no}".encode()


def rewrap_all(session: Session, master: Master) -> int:
    """Put every data key under the current master key, and give how many changed (`portal keys rotate`)."""
    changed = 0
    for row in session.scalars(select(DataKey)):
        if not master.is_current(row.wrapped):
            place = _key_place(row.owner_id, row.agency_id, row.key_no)
            row.wrapped = master.wrap(master.unwrap(row.wrapped, place), place)
            changed += 1
    return changed
