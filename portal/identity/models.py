"""Tables of accounts, their factors, their sessions, and their memberships in organisations."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.base.db import Base, Moment, Sealed


class Account(Base):
    """One sign-in. Has none or one person, and any number of memberships. Names are sealed under its own key."""

    __tablename__ = "identity_account"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    name: Mapped[bytes] = mapped_column(Sealed)
    # None for who signs in by another provider only.
    password_hash: Mapped[str | None] = mapped_column(Text)
    # None for who has a passkey, or another provider's second step, instead of an app.
    totp_secret: Mapped[bytes | None] = mapped_column(Sealed)
    totp_last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    language: Mapped[str] = mapped_column(String(8), default="en")
    # Neutral titles and notices, and a shorter rest, for who shares a phone.
    discreet: Mapped[bool] = mapped_column(Boolean, default=False)
    # The second factor is asked for again before sensitive topics.
    ask_again: Mapped[bool] = mapped_column(Boolean, default=False)
    # No further agency can be linked until the person unlocks it.
    link_locked: Mapped[bool] = mapped_column(Boolean, default=False)
    state: Mapped[str] = mapped_column(String(12), default="active")
    made_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Person(Base):
    """A service user: the facts that the portal itself checks feeds against, sealed under the person's key."""

    __tablename__ = "identity_person"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    full_name: Mapped[bytes] = mapped_column(Sealed)
    birth_date: Mapped[bytes] = mapped_column(Sealed)
    made_on: Mapped[date] = mapped_column(Date)


class SignInName(Base):
    """The directory from a sign-in name's keyed fingerprint to its account."""

    __tablename__ = "identity_sign_in_name"
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger)


class RecoveryCode(Base):
    """One of eight printed codes that stand in for the app, each once."""

    __tablename__ = "identity_recovery_code"
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    # When it was tried again after its use, until its owner was told.
    tried_at: Mapped[datetime | None] = mapped_column(Moment)


class PaperCard(Base):
    """The directory from a paper card's code (keyed fingerprint) to its account: it stands for the name, no more."""

    __tablename__ = "identity_card"
    __table_args__ = (Index("ix_identity_card_account_id", "account_id"),)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(Moment)
    # Since when a newer card stands in its place, and when it was tried after that, until its owner was told.
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    tried_at: Mapped[datetime | None] = mapped_column(Moment)


class Passkey(Base):
    """A passkey (WebAuthn credential), found by the keyed fingerprint of its credential id."""

    __tablename__ = "identity_passkey"
    __table_args__ = (Index("ix_identity_passkey_account_id", "account_id"),)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger)
    # The id in addresses.
    id: Mapped[int] = mapped_column(BigInteger)
    # Credential id, public key (COSE) and what the owner calls it, as JSON; moved rows do not open.
    document: Mapped[bytes] = mapped_column(Sealed)
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    made_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class Flow(Base):
    """What is kept between two steps of a sign-in by passkey or by another provider; used once, and short-lived."""

    __tablename__ = "identity_flow"
    # Of the challenge or the state.
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    # passkey-new, passkey-in, provider
    kind: Mapped[str] = mapped_column(String(12))
    # Of the cookie's token: another browser cannot finish it.
    bound: Mapped[bytes] = mapped_column(LargeBinary(32))
    account_id: Mapped[int] = mapped_column(BigInteger, default=0)
    document: Mapped[bytes] = mapped_column(Sealed)
    made_at: Mapped[datetime] = mapped_column(Moment)


class Provider(Base):
    """Another party that says who somebody is: government sign-in, or an organisation's own (OpenID Connect)."""

    __tablename__ = "identity_provider"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    # None for people; else the organisation whose staff sign in here.
    agency_id: Mapped[int | None] = mapped_column(BigInteger)
    label: Mapped[str] = mapped_column(String(80))
    issuer: Mapped[str] = mapped_column(Text)
    client_id: Mapped[str] = mapped_column(String(200))
    client_secret: Mapped[bytes] = mapped_column(Sealed)
    # The provider has checked who the person is: links may be of the strength "verified".
    verified: Mapped[bool] = mapped_column(Boolean, default=False)
    # The provider asks for two factors itself, so that ours is not asked for.
    both_steps: Mapped[bool] = mapped_column(Boolean, default=False)
    # Where a browser passes through on its way there, separated by spaces: our forms may lead to these and no others.
    origins: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(12), default="active")


class External(Base):
    """The directory from a provider's pairwise subject (keyed fingerprint) to an account."""

    __tablename__ = "identity_external"
    __table_args__ = (Index("ix_identity_external_account_id", "account_id"),)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger)
    provider: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    # When the provider, having checked, last said the name and birth date that the person gave here.
    verified_at: Mapped[datetime | None] = mapped_column(Moment)


class SignInSession(Base):
    """A session on the server. The cookie's value is hashed here; ending it is deleting the row."""

    __tablename__ = "identity_session"
    __table_args__ = (Index("ix_identity_session_account_id", "account_id"),)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigInteger)
    # "password": the second step is still to come. "full": signed in. "handing": a worker put their session aside
    # for a client; "agreeing": the client signed in beside them, and has not agreed to be helped yet.
    stage: Mapped[str] = mapped_column(String(8))
    made_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    factor_at: Mapped[datetime | None] = mapped_column(Moment)
    # The organisation whose hat is worn; None when acting as oneself.
    agency_id: Mapped[int | None] = mapped_column(BigInteger)
    # The worker who sits beside the person at one device, their organisation, until when, and the person's own row of
    # it (delegations_assist). No end and no row before the person agreed.
    beside_account_id: Mapped[int | None] = mapped_column(BigInteger)
    beside_agency_id: Mapped[int | None] = mapped_column(BigInteger)
    beside_until: Mapped[datetime | None] = mapped_column(Moment)
    beside_ref: Mapped[int | None] = mapped_column(BigInteger)
    # The person for whom somebody acts, and the grant of kind helper that lets them; None when acting for oneself.
    for_person_id: Mapped[int | None] = mapped_column(BigInteger)
    for_grant_id: Mapped[int | None] = mapped_column(BigInteger)
    shared_device: Mapped[bool] = mapped_column(Boolean, default=False)
    # The id in addresses, and the kind of browser and device, for the list of devices.
    id: Mapped[int] = mapped_column(BigInteger)
    device: Mapped[bytes | None] = mapped_column(Sealed)


class KeptForm(Base):
    """What somebody sent from a page whose session was over: it waits for the same account to sign in again."""

    __tablename__ = "identity_kept_form"
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # Keyed, of the page's path.
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    answers: Mapped[bytes] = mapped_column(Sealed)
    made_at: Mapped[datetime] = mapped_column(Moment)


class Recovery(Base):
    """Access given back in person: one worker asks, a second one approves, a one-time code is handed over."""

    __tablename__ = "identity_recovery"
    __ledgered__ = True
    __ledger_later__ = frozenset({"ready_at"})
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # 0 where nobody has the name that was given: nobody is told so.
    account_id: Mapped[int] = mapped_column(BigInteger)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    # Sign-in name as typed, and what the workers saw.
    document: Mapped[bytes] = mapped_column(Sealed)
    # asked, approved, used, refused
    state: Mapped[str] = mapped_column(String(12))
    asked_by: Mapped[int] = mapped_column(BigInteger)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    # From when on its code works: an hour after its owner was told. None until the worker process has told them.
    ready_at: Mapped[datetime | None] = mapped_column(Moment)
    approved_by: Mapped[int | None] = mapped_column(BigInteger)
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Membership(Base):
    """An account's role in an organisation."""

    __tablename__ = "identity_membership"
    __ledgered__ = True
    __ledger_skip__ = frozenset({"seen_on"})
    __ledger_later__ = frozenset({"vouched_at"})
    account_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(String(20))
    # active, ended
    state: Mapped[str] = mapped_column(String(12), default="active")
    made_at: Mapped[datetime] = mapped_column(Moment)
    # When the portal's operator let them in or agreed to it; None where the organisation did so by itself.
    vouched_at: Mapped[datetime | None] = mapped_column(Moment)
    # The day in Pacific/Auckland on which somebody last signed in with this hat.
    seen_on: Mapped[date | None] = mapped_column(Date)


class RoleChange(Base):
    """A colleague's role is to change; a second administrator decides."""

    __tablename__ = "identity_role_change"
    __ledgered__ = True
    agency_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(BigInteger)
    # Empty: the colleague is to leave the organisation.
    role: Mapped[str] = mapped_column(String(20))
    # asked, done, refused
    state: Mapped[str] = mapped_column(String(12))
    asked_by: Mapped[int] = mapped_column(BigInteger)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(Integer, default=1)
    __mapper_args__ = {"version_id_col": version}


class Invitation(Base):
    """A one-time invitation to create an account, for staff of an organisation or for a person.

    It is worth nothing until somebody else than who asked for it agreed. 0 stands for the portal's operator.
    """

    __tablename__ = "identity_invitation"
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    agency_id: Mapped[int | None] = mapped_column(BigInteger)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[bytes] = mapped_column(Sealed)
    id: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    # None for one of an older release, which anybody of the administrators may agree to.
    asked_by: Mapped[int | None] = mapped_column(BigInteger)
    approved_by: Mapped[int | None] = mapped_column(BigInteger)


class Seen(Base):
    """A person whom a worker saw before handing them a letter code: by what, never a number or a copy."""

    __tablename__ = "identity_seen"
    __ledgered__ = True
    # Of the invitation, and so of the account that is made with it.
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    asked_by: Mapped[int] = mapped_column(BigInteger)
    document: Mapped[bytes] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(Moment)


class ApiKey(Base):
    """A key with which an agency's system sends records, or takes its copy home; only its hash is here."""

    __tablename__ = "identity_api_key"
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    agency_id: Mapped[int] = mapped_column(BigInteger)
    label: Mapped[str] = mapped_column(String(60))
    # send (it can read nothing) or read (it can send nothing): one key that leaks does not do both.
    scope: Mapped[str] = mapped_column(String(8), default="send")
    made_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
