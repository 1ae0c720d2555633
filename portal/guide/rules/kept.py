"""What the portal itself keeps about people, why, and how long: the rows of the privacy page."""

from dataclasses import dataclass

from portal.language.rules import N_


@dataclass(frozen=True)
class Kept:
    """One kind of thing kept. The three texts are msgids."""

    what: str
    why: str
    long: str


KEPT = (
    Kept(
        # L10n: Privacy page, a kind of thing kept: the account.
        N_("Your name, sign-in name, password and sign-in codes"),
        # L10n: Privacy page, why the account is kept.
        N_("So that only you can sign in. The password is kept in a form nobody can read back."),
        # L10n: Privacy page, how long the account is kept.
        N_("As long as you have an account."),
    ),
    Kept(
        # L10n: Privacy page, a kind of thing kept: the agencies' copies.
        N_("Copies of your records from each agency you linked"),
        # L10n: Privacy page, why copies are kept.
        N_("So that you can see them, even when an agency cannot be reached."),
        # L10n: Privacy page, how long copies are kept.
        N_("As long as the link stands. The agency keeps its own record by its own rules."),
    ),
    Kept(
        # L10n: Privacy page, a kind of thing kept: records that wait for the person to link.
        N_("Records an agency sent before you linked it"),
        # L10n: Privacy page, why waiting records are kept.
        N_("So that they are there when you link. Until then nobody can read them here."),
        # L10n: Privacy page, how long waiting records are kept.
        N_("At most 90 days."),
    ),
    Kept(
        # L10n: Privacy page, a kind of thing kept: requests to fix, and the person's own words.
        N_("Your requests to fix, your own words, and the answers"),
        # L10n: Privacy page, why requests are kept.
        N_("The agency needs them to answer. Your words stay beside the record they are about."),
        # L10n: Privacy page, how long requests are kept. No time has been set yet.
        N_("No end is set yet. The people who run this site must set one before real use."),
    ),
    Kept(
        # L10n: Privacy page, a kind of thing kept: shares.
        N_("What you shared, with whom, and who opened it"),
        # L10n: Privacy page, why shares are kept.
        N_("So that you can see it and stop it."),
        # L10n: Privacy page, how long shares are kept.
        N_("Others can open it until the end date you chose, or until you stop it. The list stays for you."),
    ),
    Kept(
        # L10n: Privacy page, a kind of thing kept: who looked.
        N_("Who looked at your pages, and when"),
        # L10n: Privacy page, why looks are kept.
        N_("So that you can check it. It is locked so that a change would show."),
        # L10n: Privacy page, how long looks are kept. No time has been set yet.
        N_("No end is set yet. The people who run this site must set one before real use."),
    ),
    Kept(
        # L10n: Privacy page, a kind of thing kept: the session.
        N_("That you are signed in now"),
        # L10n: Privacy page, why the session is kept.
        N_("So that you do not have to sign in on each page."),
        # L10n: Privacy page, how long the session is kept.
        N_("Until you sign out, 20 minutes after your last tap, or 8 hours at most."),
    ),
)
