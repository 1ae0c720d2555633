"""Sealing the ledger into signed checkpoints, and verifying it offline."""

import base64
import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from sqlalchemy import BigInteger, String, cast, func, select, update
from sqlalchemy.orm import Session

from portal.base.db import Base
from portal.base.ledger import Checkpoint, Leaf, digest_of, leaf_hash, ledgered_columns, row_key

ORIGIN = "portal-ledger/1"


class Tree:
    """A Merkle tree that grows by appending: keeps one root per complete subtree (RFC 6962 section 2)."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash."""
        height = 0
        while self._peaks and self._peaks[-1][0] == height:
            leaf = hashlib.sha256(b"\x01" + self._peaks.pop()[1] + leaf).digest()
            height += 1
        self._peaks.append((height, leaf))
        self.size += 1

    def root(self) -> bytes:
        """Give the root over all leaves so far."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        node = self._peaks[-1][1]
        for _, peak in reversed(self._peaks[:-1]):
            node = hashlib.sha256(b"\x01" + peak + node).digest()
        return node


def statement(size: int, root: bytes) -> bytes:
    """Give the bytes that a checkpoint's signature is over."""
    return f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n".encode()


def seal(session: Session, signing_key: bytes, now: datetime, folder: Path | None = None) -> int:
    """Give positions to all settled leaves, sign the new root, and say how many leaves were sealed.

    `signing_key` is an Ed25519 private key in PEM. With `folder`, the checkpoint is written there too, so that
    it can be shipped off this machine. Only the worker seals, inside a write transaction.
    """
    settled = select(Leaf.seq, Leaf.hash).where(Leaf.position.is_(None)).order_by(Leaf.seq)
    if session.get_bind().dialect.name == "postgresql":
        # Numbers are taken before commits: a row below every open transaction can no longer get a predecessor.
        horizon = cast(cast(func.pg_snapshot_xmin(func.pg_current_snapshot()), String), BigInteger)
        settled = settled.where(Leaf.txid < horizon)
    fresh = session.execute(settled).all()
    if not fresh:
        return 0
    tree = Tree()
    for sealed_hash in session.scalars(
        select(Leaf.hash).where(Leaf.position.is_not(None)).order_by(Leaf.position)
    ):
        tree.append(sealed_hash)
    for row in fresh:
        session.execute(update(Leaf).where(Leaf.seq == row.seq).values(position=tree.size))
        tree.append(row.hash)
    key = load_pem_private_key(signing_key, password=None)
    assert isinstance(key, Ed25519PrivateKey)
    body = statement(tree.size, tree.root())
    signature = key.sign(body)
    session.add(Checkpoint(size=tree.size, root=tree.root(), at=now, signature=signature))
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        note = body + b"\n" + base64.b64encode(signature) + b"\n"
        (folder / f"{tree.size:012d}.txt").write_bytes(note)
    return len(fresh)


def verify(session: Session, public_key: bytes, folder: Path | None = None) -> Iterator[str]:
    """Recompute the ledger and yield a sentence for each fault found, the earliest first.

    Checks each leaf's hash, each signed checkpoint (those in `folder` too), and that each ledgered row of the
    database is as its newest leaf says: none edited, none missing, none slipped in.
    """
    yield from _bad_leaves(session)
    yield from _bad_checkpoints(session, public_key, folder)
    yield from _bad_rows(session)


def _bad_leaves(session: Session) -> Iterator[str]:
    for leaf in session.scalars(select(Leaf).order_by(Leaf.seq)).yield_per(1000):
        made = leaf_hash(leaf.salt, leaf.at, leaf.entity, leaf.row_key, leaf.change, leaf.row_digest)
        if made != leaf.hash:
            yield f"ledger entry {leaf.seq} ({leaf.entity} {leaf.row_key}) was changed"


def _bad_checkpoints(session: Session, public_key: bytes, folder: Path | None) -> Iterator[str]:
    key = load_pem_public_key(public_key)
    assert isinstance(key, Ed25519PublicKey)
    claims = {
        (point.size, point.root, point.signature)
        for point in session.scalars(select(Checkpoint).order_by(Checkpoint.size))
    }
    for path in sorted(folder.glob("*.txt")) if folder else ():
        try:
            _, count, top, _, signed = path.read_text().split("\n")[:5]
            claims.add((int(count), base64.b64decode(top), base64.b64decode(signed)))
        except ValueError:
            yield f"checkpoint file {path.name} cannot be read"
    hashes = select(Leaf.hash, Leaf.position).where(Leaf.position.is_not(None)).order_by(Leaf.position)
    tree = Tree()
    roots: dict[int, bytes] = {}
    wanted = {size for size, _, _ in claims}
    for row in session.execute(hashes).yield_per(1000):
        if row.position != tree.size:
            yield f"ledger position {tree.size} is missing"
            return
        tree.append(row.hash)
        if tree.size in wanted:
            roots[tree.size] = tree.root()
    for size, root, signature in sorted(claims):
        try:
            key.verify(signature, statement(size, root))
        except InvalidSignature:
            yield f"checkpoint {size} does not carry this ledger's signature"
            continue
        if roots.get(size) != root:
            yield f"checkpoint {size} does not fit the entries up to it"


def _bad_rows(session: Session) -> Iterator[str]:
    newest = {}
    columns = select(Leaf.entity, Leaf.row_key, Leaf.change, Leaf.row_digest).order_by(Leaf.seq)
    for row in session.execute(columns).yield_per(1000):
        newest[row.entity, row.row_key] = (row.change, row.row_digest)
    for mapper in Base.registry.mappers:
        if not getattr(mapper.class_, "__ledgered__", False):
            continue
        name = str(mapper.local_table)
        for values in session.execute(select(*ledgered_columns(mapper))).mappings().yield_per(1000):
            key = row_key(mapper, dict(values))
            change, digest = newest.pop((name, key), ("", b""))
            if not change:
                yield f"{name} {key} has no ledger entry"
            elif change == "delete" or digest != digest_of(mapper, dict(values)):
                yield f"{name} {key} was changed after it was entered"
    for (name, key), (change, _) in newest.items():
        if change != "delete":
            yield f"{name} {key} is missing"
