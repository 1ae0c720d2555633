"""The kinds of notice, their words and purposes; addresses; safe hours; when to try again."""

import base64
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.language.rules import N_

NZ = ZoneInfo("Pacific/Auckland")
WORDS: dict[str, str] = {
    # L10n: List of messages: an agency has received the person's request.
    "request_received": N_("%(agency)s has your request to fix something."),
    # L10n: List of messages: an agency has answered the person's request.
    "request_decided": N_("%(agency)s has answered your request."),
    # L10n: List of messages: an agency has not answered the person's request to fix something in time.
    "request_late": N_("%(agency)s is late with its answer. In law that is a no. See what you can do."),
    # L10n: List of messages: there is a letter of an agency about the person's request.
    "request_letter": N_("%(agency)s wrote to you about your request."),
    # L10n: List of messages: an agency asks the person something about their request.
    "request_question": N_("%(agency)s has a question about your request. You can say no."),
    # L10n: List of messages: what an agency had agreed to fix is fixed now.
    "request_fixed": N_("%(agency)s has fixed something that you asked for."),
    # L10n: List of messages: a worker of an agency has seen the person's request; there is no answer yet.
    "request_seen": N_("Someone at %(agency)s has seen your request. They still have to answer it."),
    # L10n: List of messages: a worker of an agency has seen the person's request; there is no answer yet.
    "access_seen": N_("Someone at %(agency)s has seen your request. They still have to answer it."),
    # L10n: List of messages: an agency has received the person's request to see something.
    "access_received": N_("%(agency)s has your request to see what they hold."),
    # L10n: List of messages: an agency has not answered the person's request to see something in time.
    "access_late": N_("%(agency)s is late with its answer. In law that is a no. See what you can do."),
    # L10n: List of messages: there is a letter of an agency about the person's request.
    "access_letter": N_("%(agency)s wrote to you about your request."),
    # L10n: List of messages: an agency has answered the person's request.
    "access_answered": N_("%(agency)s has answered your request."),
    # L10n: List of messages: an agency has handed over what the person asked to see.
    "access_released": N_("What you asked %(agency)s for is ready to see."),
    # L10n: List of messages: the person's own words now stand beside what an agency holds.
    "statement_attached": N_("Your words now stand beside what %(agency)s holds."),
    # L10n: List of messages: somebody opened what the person shared.
    "share_opened": N_("Someone opened what you shared."),
    # L10n: List of messages: a share was stopped with the code of the person's part of its card.
    "share_stopped": N_("What you shared was stopped with your paper."),
    # L10n: List of messages: somebody who opened what the person shared wrote to them. It must not say what.
    "share_note": N_("Someone you share with wrote to you."),
    # L10n: List of messages: a value, or the person's words beside it, changed after somebody read it in a share.
    "share_changed": N_("Something you shared has changed since they read it. You can tell them."),
    # L10n: List of messages: what an agency holds can now be seen.
    "records_linked": N_("You can now see what %(agency)s holds about you."),
    # L10n: List of messages: the person's account was linked to their file at an agency.
    "link_made": N_("Your account was linked to %(agency)s. If it was not you, open it and say so."),
    # L10n: List of messages: a worker saw the person, so that more of what the agency holds is shown.
    "link_proved": N_("%(agency)s saw you in person. You can now see more of what they hold."),
    # L10n: List of messages: the agency's staff found that their file is not this person's.
    "link_ended": N_("%(agency)s ended its link to your account. Ring them if that is wrong."),
    # L10n: List of messages: the person, or somebody with their phone, hid an agency.
    "agency_hidden": N_("%(agency)s was hidden from your pages. If it was not you, show it again."),
    # L10n: List of messages: the person, or somebody with their phone, said that an agency's file is not theirs.
    "not_me_said": N_(
        "Someone said here that what %(agency)s shows is not about you. If it was not you, show it again."
    ),
    # L10n: List of messages: somebody else claims the person's file, so staff check; meanwhile nothing is shown.
    "link_doubted": N_(
        "Someone else says they are you at %(agency)s. They check it, and show nothing until then. Ring them."
    ),
    # L10n: List of messages: an agency checked records whose name or birth date differs, and now shows them.
    "records_added": N_(
        "%(agency)s added records after a check. If they are not about you, open them and say so."
    ),
    # L10n: List of messages: an agency sent again a value that was fixed; nothing was overwritten.
    "value_came_back": N_("%(agency)s sent an old value again. We kept the fixed one, and told their staff."),
    # L10n: List of messages: a way to sign in was added or taken away.
    "sign_in_changed": N_("How you sign in was changed. If it was not you, ask for help."),
    # L10n: List of messages: an old card, or a printed code that was used up, was tried by somebody.
    "paper_tried": N_("Someone tried an old card or code of yours. If it was not you, print new ones."),
    # L10n: List of messages: the person's paper card was used while they were signed in somewhere else.
    "card_twice": N_("Your card was used in two places at once. If it was not you, print a new one."),
    # L10n: List of messages: few of the printed codes for signing in are unused.
    "codes_few": N_("You have few printed codes left. Print new ones soon."),
    # L10n: List of messages: many wrong codes were tried by somebody who knows the password, or holds the open phone.
    "wrong_codes": N_(
        "Many wrong codes were tried on your account. If it was not you, change your password."
    ),
    # L10n: List of messages: a passkey answered that must be a copy of the person's; it was not let in.
    "passkey_copied": N_("Someone may have copied your passkey. We did not let them in. Ask for help."),
    # L10n: List of messages: an address, number or choice in "How we may reach you" changed.
    "contact_changed": N_("How we may reach you was changed. If it was not you, ask for help."),
    # L10n: List of messages: the person changed here how an agency can reach them. No address stands in it.
    "detail_changed": N_(
        "You changed how %(agency)s can reach you. If it was not you, ask for help and change it back."
    ),
    # L10n: List of messages: a worker asked to give this account new ways to sign in. The line leads to a page.
    "access_asked_back": N_(
        "Someone says in person that they are you and cannot sign in. Stop it if it is not you."
    ),
    # L10n: List of messages: new ways to sign in were made with a code from workers.
    "access_given_back": N_("Your account has new ways to sign in. If it was not you, ask for help now."),
    # L10n: List of messages: a worker opened the person's file without a request (in an emergency).
    "urgent_look": N_("Someone at %(agency)s opened your file because it was urgent. See who has looked."),
    # L10n: List of messages: a second person found that the person's file should not have been opened.
    "urgent_wrong": N_("%(agency)s checked who opened your file. It should not have been opened."),
    # L10n: List of messages: the person (or somebody with their sign-in) chose how something is used.
    "choice_made": N_("Your choice about what %(agency)s may do is saved."),
    # L10n: List of messages: an agency answered the person's question about who looked.
    "look_answered": N_("%(agency)s answered your question about who looked."),
    # L10n: List of messages: very many pages of the person's information were opened with their account.
    "many_read": N_("Very many of your pages were opened in an hour. If it was not you, ask for help."),
    # L10n: List of messages: a worker sits beside the person, who said yes to help. The line leads to a page.
    "assist_begun": N_("Someone from %(agency)s helps you on their device. If it is not you, stop it."),
    # L10n: List of messages: the person's sign-in was used beside two workers at once; the second was not let in.
    "assist_twice": N_("Someone tried to be helped as you in two places at once. We stopped the second."),
    # L10n: List of messages: help on a worker's device ended while the person was writing. The line leads to a page.
    "assist_kept": N_("The time for help was over while you were writing. We kept it for an hour."),
    # L10n: List of messages: somebody used the one-time code by which they can see something, to help the person.
    "helper_began": N_("Someone you asked can now help you here. If it was not you, stop it."),
    # L10n: List of messages: an agency recorded that somebody may act for the person, such as a parent or attorney.
    "authority_made": N_("%(agency)s says someone may act for you there. See who, and say if it is wrong."),
    # L10n: List of messages: somebody who may act for the person used their one-time code.
    "authority_began": N_("Someone who may act for you can now see what was agreed. See who it is."),
    # L10n: List of messages: a one-time code to act for the person was tried by somebody else than whom it is for.
    "authority_tried": N_("Someone else tried a code to act for you. %(agency)s looks into it."),
    # L10n: List of messages: an agency had recorded by mistake that the person died; all was stopped then.
    "death_undone": N_("%(agency)s wrote by mistake that you had died. Your shares and helpers ended."),
    # L10n: List of messages: somebody who helps the person asked an agency to fix something, for the person.
    "helper_fix": N_("Your helper asked %(agency)s to fix something for you. You can take it back."),
    # L10n: List of messages: somebody who helps the person asked an agency what it holds, for the person.
    "helper_see": N_("Your helper asked %(agency)s for you what they hold. You can take it back."),
    # L10n: List of messages: in two weeks somebody may not help the person any more. The line leads to a page.
    "helper_ends": N_("Someone’s help here ends in two weeks or less. Let them go on, or let it end."),
    # L10n: List of messages: files that the person asked for, to take along. It must not say of what.
    "download_ready": N_("We finished the files you asked for. They stay here for 24 hours."),
}
# L10n: List of messages: a message of a kind that this page does not know.
UNKNOWN = N_("Something changed in what %(agency)s holds.")

# What a kind of notice is about, for "what may be sent". A kind that is not named is about safety: such are sent at
# once, the others together.
PURPOSE: dict[str, str] = {
    **dict.fromkeys(("request_received", "request_decided", "request_late", "request_letter"), "requests"),
    **dict.fromkeys(("request_question", "request_fixed", "request_seen", "statement_attached"), "requests"),
    **dict.fromkeys(("access_seen", "access_received", "access_late", "access_letter"), "requests"),
    **dict.fromkeys(("access_answered", "access_released"), "requests"),
    "share_opened": "shares",
    "share_note": "shares",
    # What goes out says that there is news about a request: it was the answer to one that changed it.
    "share_changed": "requests",
    "value_came_back": "requests",
    "look_answered": "requests",
    "choice_made": "requests",
    "assist_kept": "requests",
    "download_ready": "requests",
}
PURPOSES = ("requests", "shares", "safety")
HOW_MUCH = ("allowed", "neutral", "never")
# Channels by which the portal itself sends; the other two are for staff to know.
SENDING = ("email", "text")
CHANNELS = (*SENDING, "phone", "post")

# L10n: Subject of every mail. It must not say what the update is about.
SUBJECT = N_("You have an update")
# L10n: Text of a mail or text message. %(address)s is the address of the start page. It must not name an agency.
NEUTRAL = N_(
    "You have an update. To read it, go to %(address)s and sign in. No one will ask for your password."
)
SAID: dict[str, str] = {
    # L10n: Text of a mail or text message to those who allow it to say this much. It must not name an agency.
    "requests": N_("There is news about your request. To read it, go to %(address)s and sign in."),
    # L10n: Text of a mail or text message to those who allow it to say this much. It must not name an agency.
    "shares": N_("Someone opened what you shared. To read more, go to %(address)s and sign in."),
    # L10n: Text of a mail or text message. %(address)s is the start page. It must not name an agency.
    "safety": N_("Something changed in your account. If it was not you, go to %(address)s and sign in."),
}
# L10n: Text of a mail or text message to the address that was used before. %(address)s is the page with phone numbers.
TO_OLD = N_("Something changed in your account. If it was not you, ask for help: %(address)s")
# L10n: Text of a mail or text message with a code of six letters. It must not say what it is for.
CODE = N_("Your code is %(code)s. Use it within 10 minutes. No one will ask you for it.")

CODE_LENGTH, CODE_TRIES = 6, 5
CODE_LASTS = timedelta(minutes=10)
TOGETHER = timedelta(minutes=10)
BACKOFF = (timedelta(seconds=30), *(timedelta(minutes=number) for number in (2, 10, 60, 360)))
# What went wrong, in words of ours.
FAULTS: dict[str, str] = {
    # L10n: Staff page of messages that were not sent: why.
    "away": N_("The message service did not answer"),
    # L10n: Staff page of messages that were not sent: why.
    "busy": N_("The message service asked us to try later"),
    # L10n: Staff page of messages that were not sent: why.
    "not-let-in": N_("The message service did not let us in"),
    # L10n: Staff page of messages that were not sent: why.
    "refused": N_("The address or number does not take messages"),
}
# Faults that no further try will mend.
FINAL = frozenset({"refused"})

_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[^\s@,;:<>()\[\]\"\\]{1,190}\.[^\s@,;:<>()\[\]\"\\.]{2,}"
)
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_STANDARD_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@dataclass(frozen=True)
class Wanted:
    """What a person chose for one channel. `use` is yes, unsafe (others can read it) or no; hours are New Zealand's."""

    use: str
    address: str = ""
    note: str = ""
    purposes: dict[str, str] = field(default_factory=dict)
    safe_from: int | None = None
    safe_until: int | None = None


def purpose_of(kind: str) -> str:
    """Give what a kind of notice is about; one that is not named counts as safety, never held back for others."""
    return PURPOSE.get(kind, "safety")


def mail_address(typed: str) -> str | None:
    """Give one plain mail address, or None: no list, no name beside it, no line end (header injection)."""
    typed = typed.strip()
    fine = len(typed) <= 254 and _MAIL.fullmatch(typed) and ".." not in typed and typed.isprintable()
    return typed if fine else None


def phone_number(typed: str, *, mobile: bool = False) -> str | None:
    """Give a number as +64211234567, or None. Without a country code it is a New Zealand one.

    With `mobile` a New Zealand number must be one that takes text messages.
    """
    digits = re.sub(r"[\s().\-‐-―]", "", typed)
    digits = re.sub(r"\A00", "+", digits)
    if re.fullmatch(r"0[1-9][0-9]{6,9}", digits):
        digits = f"+64{digits[1:]}"
    if not re.fullmatch(r"\+[1-9][0-9]{7,14}", digits):
        return None
    if digits.startswith("+64"):
        wanted = r"\+642[0-9]{7,9}" if mobile else r"\+64(?:2[0-9]{7,9}|[34679][0-9]{7}|[58]0[0-9]{5,8})"
        return digits if re.fullmatch(wanted, digits) else None
    return digits


def masked(channel: str, address: str) -> str:
    """Give an address so that its owner knows it and nobody else learns it: "s•••@example.org", "•••• 567"."""
    if not address:
        return ""
    if channel == "email":
        name, _, domain = address.rpartition("@")
        return f"{name[:1]}•••@{domain}"
    return f"•••• {address[-3:]}" if channel in ("text", "phone") else "••••"


def typed_code(secret: bytes) -> str:
    """Give the code of six letters that a secret of ours stands for, in letters that can be read aloud."""
    letters = base64.b32encode(secret).decode()[:CODE_LENGTH]
    return letters.translate(str.maketrans(_STANDARD_LETTERS, _CODE_LETTERS))


def next_safe(moment: datetime, safe_from: int | None, safe_until: int | None) -> datetime:
    """Give the first moment from `moment` on (aware UTC) within the safe hours of the day in New Zealand.

    The hours may pass midnight (22 to 6). Without hours, or with none between them, any moment is safe.
    """
    if safe_from is None or safe_until is None or safe_from == safe_until:
        return moment
    here = moment.astimezone(NZ)
    if safe_from < safe_until:
        within = safe_from <= here.hour < safe_until
    else:
        within = here.hour >= safe_from or here.hour < safe_until
    if within:
        return moment
    start = here.replace(hour=safe_from, minute=0, second=0, microsecond=0)
    if start <= here:
        start = (start.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=NZ)
    return start.astimezone(UTC)


def try_again_after(tries: int) -> timedelta | None:
    """Give how long to wait after so many tries that failed; None when it is to be parked."""
    return BACKOFF[tries - 1] if tries <= len(BACKOFF) else None
