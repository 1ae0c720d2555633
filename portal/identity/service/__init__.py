"""Verbs of identity: make accounts, join, sign in with two steps, carry and end sessions."""

from portal.identity.rules import fingerprint
from portal.identity.service.accounts import (
    add_account,
    add_api_key,
    add_membership,
    add_person,
    choose_language,
    deactivate,
    fresh_recovery_codes,
    person_facts,
    set_email,
)
from portal.identity.service.joining import (
    begin_join,
    confirm_join,
    forget_unfinished,
    invite,
    joining_secret,
)
from portal.identity.service.recovery import (
    approve_back,
    ask_back,
    asked_here,
    asked_one,
    refuse_back,
)
from portal.identity.service.regaining import (
    begin_back,
    finish_back,
    new_app_secret,
    own_asked,
    stop_back,
    tell_owner,
)
from portal.identity.service.safety import switch
from portal.identity.service.sessions import (
    actor_of,
    begin_sign_in,
    end_session,
    expire,
    finish_sign_in,
    key_actor,
    step_up,
    touch,
    wear,
)

__all__ = [
    "actor_of",
    "add_account",
    "add_api_key",
    "add_membership",
    "add_person",
    "approve_back",
    "ask_back",
    "asked_here",
    "asked_one",
    "begin_back",
    "begin_join",
    "begin_sign_in",
    "choose_language",
    "confirm_join",
    "deactivate",
    "end_session",
    "expire",
    "fingerprint",
    "finish_back",
    "finish_sign_in",
    "forget_unfinished",
    "fresh_recovery_codes",
    "invite",
    "joining_secret",
    "key_actor",
    "new_app_secret",
    "own_asked",
    "person_facts",
    "refuse_back",
    "set_email",
    "step_up",
    "stop_back",
    "switch",
    "tell_owner",
    "touch",
    "wear",
]
