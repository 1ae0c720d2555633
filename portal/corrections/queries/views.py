"""Requests as their readers see them: values, questions, recipients, what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from portal.agencies import queries as agencies
from portal.agencies.rules import AgencyFacts, FieldFacts, TypeFacts, fields_of
from portal.base.clock import nz_date
from portal.base.problems import NotThere
from portal.base.work import Work
from portal.corrections import rules
from portal.corrections.queries.places import item_place, request_place
from portal.law import clocks
from portal.law.letters import LetterLine


@dataclass(frozen=True)
class Statement:
    """A person's own words that stand beside a value. `lang` is a URL word such as "sm"."""

    text: str
    lang: str
    at: datetime


@dataclass(frozen=True)
class ItemView:
    """One value of a request: `held` and `wanted` when it was sent, `value` after the decision.

    `beside` are words that the person sent along, to stand beside the value if it is not fixed. `apply_by_on` is set
    where the record has to be changed, `applied_at` once it was, `applied_by` then (staff, officer or system).
    `moved_to` is the agency that answers about it, where it was passed on; `off` why a statement was taken away.
    `holder` holds the original of a copied value, and `hand_on` (yes, no) says whether the person wants it passed on.
    """

    no: int
    field: FieldFacts
    wish: str
    held: Any
    wanted: Any
    decision: str | None
    value: Any
    ground: str | None
    reason: str
    statement: Statement | None
    beside: str = ""
    apply_by_on: date | None = None
    applied_at: datetime | None = None
    applied_by: str = ""
    moved_to: AgencyFacts | None = None
    off: str = ""
    beside_lang: str = ""
    holder: AgencyFacts | None = None
    hand_on: str = ""

    @property
    def may_state(self) -> bool:
        """Whether the person may put a statement beside it: it was not, or not all, fixed (s 63)."""
        return self.decision in (rules.Decision.DECLINE, rules.Decision.PARTLY)

    @property
    def waits(self) -> bool:
        """Whether they will fix it, and the record does not say it yet."""
        return self.apply_by_on is not None and self.applied_at is None


@dataclass(frozen=True)
class QuestionView:
    """A question of staff. `state` is asked, answered, declined (they would rather not say) or over."""

    no: int
    state: str
    asked: str
    asked_at: datetime
    answer: str
    lang: str
    answered_at: datetime | None
    why: str = ""


@dataclass(frozen=True)
class RecipientView:
    """Somebody who had got an old value. `state` is waiting, told or not_told; `how` share, here, letter, phone, …

    `kind` is disclosure (the agency gave it to them) or share (the person did); `what` lists what they must know:
    {"label", "now"} or {"label", "gone"} or {"label", "text", "text_lang"}.
    """

    no: int
    kind: str
    state: str
    how: str
    to: str
    on: date | None
    what: list[dict[str, Any]]
    reason: str
    told_at: datetime | None


@dataclass(frozen=True)
class EventFacts:
    """Something that happened to a request; `by` is person, staff, officer or system."""

    name: str
    by: str
    at: datetime


@dataclass(frozen=True)
class RequestView:
    """A request with its values and history. Dates are Pacific/Auckland days, moments aware UTC.

    `record_id` and `record_ref` are 0 where another agency passed it on (`origin` names it, `moved_why` says why) and
    this one holds no such record here. `asked` says that staff wait for an answer of the person's. `taken` is a key of
    law.ways.WAYS where staff wrote it down, `helped` {name, organisation} of a worker beside the person,
    `proof` what the person said of proof (rules.proof.said), `complaints` what
    the privacy officer was sent: {at, text, lang}.
    """

    ref: int
    id: int
    reference: str
    person_id: int
    agency: AgencyFacts
    type: TypeFacts | None
    record_id: int
    record_ref: int
    state: str
    status: str | None
    late: bool
    asked: bool
    received_at: datetime
    received_on: date
    due_on: date
    transfer_by_on: date | None
    extended_to_on: date | None
    overdue_at: datetime | None
    decided_at: datetime | None
    applied_at: datetime | None
    statement_due_on: date | None
    language: str
    reason: str
    proof: str
    reply: dict[str, str]
    origin: str
    moved_why: str
    taken: str
    helped: dict[str, str] | None
    complaints: list[dict[str, str]]
    version: int
    items: list[ItemView]
    events: list[EventFacts] = field(default_factory=list)
    letters: list[LetterLine] = field(default_factory=list)
    questions: list[QuestionView] = field(default_factory=list)
    recipients: list[RecipientView] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether the agency still owes a decision."""
        return self.state in rules.OPEN

    @property
    def waits(self) -> bool:
        """Whether something was accepted that the agency's record does not say yet."""
        return any(item.waits for item in self.items)

    @property
    def ended(self) -> bool:
        """Whether the agency owes neither a decision nor a change."""
        return not self.open and not self.waits

    @property
    def question(self) -> QuestionView | None:
        """The question that waits for the person's answer."""
        return next((one for one in self.questions if one.state == "asked"), None)

    @property
    def acts(self) -> str:
        """Whose turn it is: person, agency or nobody."""
        return rules.who_acts(self.state, late=self.late, asked=self.asked, waiting=self.waits)

    def told(self, kind: str) -> Mapping[str, Any]:
        """Give what the newest letter of a kind says, where the tracker says it itself; else nothing."""
        return next((one.facts for one in reversed(self.letters) if one.kind == kind), {})

    def skips(self) -> tuple[clocks.Skip, ...]:
        """List the holidays that were passed over on the way to the due date."""
        return clocks.skips(self.received_on, self.due_on)

    def happened_at(self, name: str) -> datetime | None:
        """Give when an event of this name happened last."""
        return max((event.at for event in self.events if event.name == name), default=None)

    def item(self, key: str) -> ItemView:
        """Give the item of a field. Raises NotThere."""
        for item in self.items:
            if item.field.key == key:
                return item
        raise NotThere()


_PLAIN = (
    "ref", "id", "reference", "person_id", "record_id", "state", "received_at", "received_on", "due_on",
    "transfer_by_on", "extended_to_on", "overdue_at", "decided_at", "applied_at", "statement_due_on", "language",
    "version",
)  # fmt: skip


def view_of(work: Work, row: Any, items: Iterable[Any], **more: Any) -> RequestView:
    """Give a request from its rows, with its words opened."""
    words = work.keys.open_json(request_place(row.person_id, row.id, row.agency_id), row.words)
    catalogue = agencies.catalogue(work)
    # Of a request that was passed on without a record here, the names are those of the agency it came from.
    kind = catalogue.type(words.get("type_of", row.agency_id), words["type"])
    late = rules.is_late(row.state, nz_date(work.now), row.due_on)
    shown = [_item(work, one, kind) for one in items]
    tag = rules.status(
        row.state,
        [one.decision for one in shown if one.decision],
        late=late,
        asked=row.asked_at is not None,
        waiting=any(one.waits for one in shown),
    )
    return RequestView(
        agency=catalogue.agency(row.agency_id),
        type=kind,
        record_ref=words["record_ref"],
        status=tag,
        late=late,
        asked=row.asked_at is not None,
        reason=words["reason"],
        proof=words.get("proof", ""),
        reply={"hand_on": "yes", **words["reply"]},
        origin=words.get("origin", ""),
        moved_why=words.get("why", ""),
        taken=words.get("taken", ""),
        helped=words.get("helped"),
        complaints=words.get("complaints", []),
        items=shown,
        **{name: getattr(row, name) for name in _PLAIN},
        **more,
    )


def field_of(kind: TypeFacts | None, key: str) -> FieldFacts:
    """Give a field; one that the agency took out of its catalogue meanwhile is still shown, under its key."""
    return kind.fields[key] if kind and key in kind.fields else fields_of({"properties": {key: {}}})[key]


def _item(work: Work, row: Any, kind: TypeFacts | None) -> ItemView:
    words = work.keys.open_json(item_place(row.person_id, row.request_id, row.no, row.agency_id), row.words)
    said, applied = words.get("statement"), words.get("applied") or {}
    return ItemView(
        no=row.no,
        field=field_of(kind, row.field),
        wish=row.wish,
        held=words["held"],
        wanted=words["wanted"],
        decision=row.decision,
        value=words.get("value"),
        ground=row.ground,
        reason=words.get("reason", ""),
        statement=Statement(said["text"], said["lang"], datetime.fromisoformat(said["at"])) if said else None,
        beside=words.get("beside", ""),
        beside_lang=words.get("beside_lang", ""),
        apply_by_on=row.apply_by_on,
        applied_at=row.applied_at,
        applied_by=applied.get("by", ""),
        moved_to=agencies.catalogue(work).agency(row.moved_to) if row.moved_to else None,
        off=words.get("off", ""),
        holder=agencies.catalogue(work).agency(int(words["holder"])) if words.get("holder") else None,
        hand_on=words.get("hand_on", ""),
    )
