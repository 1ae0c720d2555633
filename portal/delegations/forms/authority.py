"""Forms of authority: what staff write of who may act for a client, of an order, of an end; and an objection."""

from wtforms.fields import BooleanField
from wtforms.fields.choices import SelectChoice

from portal.delegations.rules import authority as rules
from portal.web.fields import DateField, LineField, PortalForm, RadioField, TextField, TicksField
from portal.web.text import lazy


def _client() -> LineField:
    return LineField(
        # L10n: Staff page that records who may act for a client: label of the agency's own number of a client.
        lazy("Client number"),
        most=60,
        # L10n: Staff page that records who may act for a client: error beside an empty field.
        needed=lazy("Write the client number."),
    )


def _born() -> DateField:
    # L10n: Staff page that records who may act for a client: label of the client's birth date, and its error.
    return DateField(lazy("The client’s birth date"), needed=lazy("Write the client’s birth date."))


def _saw() -> TextField:
    return TextField(
        # L10n: Staff page that records who may act for a client: label.
        lazy("What did you see, and how do you know that it is real?"),
        most=rules.LONGEST_TEXT,
        needed=lazy(rules.NOT_SEEN),
    )


class AuthorityForm(PortalForm):
    """Who may act for a client, by what, how far and until when."""

    client_ref = _client()
    born = _born()
    kind = RadioField(
        # L10n: Staff page that records who may act for a client: question above the kinds of authority.
        lazy("What kind of authority?"),
        choices=[SelectChoice(key, lazy(label)) for key, label in rules.KINDS.items()],
    )
    name = LineField(
        # L10n: Staff page that records who may act for a client: label of the name of who acts.
        lazy("Who acts for them: full name, as on the paper"),
        most=200,
        # L10n: Staff page that records who may act for a client: error beside a name.
        needed=lazy("Write their full name."),
    )
    # L10n: Staff page that records who may act for a client: label of the birth date of who acts, and its error.
    holder_born = DateField(lazy("Their birth date"), needed=lazy("Write their birth date, as on the paper."))
    form = LineField(
        # L10n: Staff page that records who may act for a client: label.
        lazy("Which paper"),
        # L10n: Staff page that records who may act for a client: hint below the label of the paper's name.
        description=lazy("Such as a signed letter, a power of attorney, or a birth certificate."),
        most=200,
        # L10n: Staff page that records who may act for a client: error beside the name of a paper.
        needed=lazy("Write which paper it is."),
    )
    saw = _saw()
    types = TicksField(
        # L10n: Staff page that records who may act for a client: question above kinds of records.
        lazy("What may they see?"),
        validate_choice=False,
    )
    own_yes = BooleanField(
        # L10n: Staff page that records a parent's authority: a box to tick.
        lazy("I asked the child alone, and the child said yes.")
    )
    # L10n: Staff page that records who may act for a client: label of a date, and its error.
    from_on = DateField(lazy("First day"), needed=lazy(rules.NO_DAY))
    # L10n: Staff page that records who may act for a client: label of a date.
    until_on = DateField(lazy("Last day"))


class CheckForm(PortalForm):
    """What staff saw when they checked an authority again, and until when it stands."""

    saw = _saw()
    own_yes = BooleanField(lazy("I asked the child alone, and the child said yes."))
    until_on = DateField(lazy("Last day"))


class WordsForm(PortalForm):
    """Why an authority ends, or how staff know that an order does."""

    # L10n: Staff page that ends who may act for a client, or an order: label, and its error.
    words = TextField(lazy("Why does it end?"), most=rules.LONGEST_TEXT, needed=lazy("Write why it ends."))


class OrderForm(PortalForm):
    """An order: about which client, against whom, and what it keeps from them."""

    client_ref = _client()
    born = _born()
    name = LineField(
        # L10n: Staff page that writes down a court's order: label of the name of the person it is against.
        lazy("Who may not see: full name, as on the order"),
        most=200,
        needed=lazy("Write their full name."),
    )
    holder_born = DateField(
        # L10n: Staff page that writes down a court's order: label of the birth date of whom it is against.
        lazy("Their birth date, if you know it")
    )
    saw = _saw()
    everything = BooleanField(
        # L10n: Staff page that writes down a court's order: a box to tick.
        lazy("They may see nothing of this client")
    )
    types = TicksField(
        # L10n: Staff page that writes down a court's order: question above kinds of records.
        lazy("Or only this is kept from them"),
        validate_choice=False,
    )


class ObjectForm(PortalForm):
    """A person's words: somebody should not act for them."""

    words = TextField(
        # L10n: Page about somebody who may act for the reader: label of a text field.
        lazy("What is wrong? You can leave this empty."),
        most=rules.LONGEST_TEXT,
    )
