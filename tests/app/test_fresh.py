"""What could do harm in the hands of whoever finds a phone open waits for a second factor of the last five minutes."""

from portal.identity.permissions import Permission
from tests.app.visitors import methods, rules

# Acts of these kinds: sharing, whom messages reach, how one signs in, who may see what (security.md P06).
FRESH = {
    "agencies.hidden": "shows which agencies the person hid",
    "agencies.show_again": "brings a hidden agency back",
    "agencies.team_change": "changes a colleague's role",
    "agencies.team_colleague": "asks to change a colleague's role",
    "agencies.team_invitation": "agrees that a colleague joins",
    "agencies.team_invite": "lets a colleague in",
    "agencies.unlock": "lets agencies be linked again",
    "bundles.check": "shares",
    "bundles.resume": "lets what was paused be opened again",
    "delegations.care": "ends what keeps the person safe, and shows of whom",
    "delegations.longer": "lets somebody go on seeing something",
    "casework.urgent": "opens a file without a request",
    "identity.app": "changes the app",
    "identity.codes": "makes recovery codes",
    "identity.passkey": "takes a factor away",
    "identity.passkeys": "adds a factor",
    "identity.password": "changes the password",
    "notices.channel": "changes how the person is reached",
    "notices.code": "confirms an address",
    "records.download": "makes files of all that an agency holds",
    "records.download_file": "gives such a file",
}
# Changes something of the account, and needs no code, because all it can do is protect, or because it is the code.
FREE = {
    "identity.asked_back": "stops somebody who says in person that they are the owner",
    "identity.end_device": "ends a session",
    "identity.end_others": "ends sessions",
    "identity.hat": "acts for an organisation that one belongs to",
    "identity.safety": "turns protection on; the verb itself asks for a code before turning it off",
    "identity.sign_out": "ends the session",
    "identity.step_up": "is where the code is given",
}
ACCOUNT = {Permission.IDENTITY_ACCOUNT, Permission.IDENTITY_SAFETY, Permission.NOTICES_CONTACT}


def fresh(app):
    return {
        rule.endpoint for rule in rules(app) if getattr(app.view_functions[rule.endpoint], "fresh", False)
    }


def test_each_act_that_could_do_harm_asks_for_a_code(sqlite_app):
    assert set(FRESH) - fresh(sqlite_app) == set()


def test_whatever_changes_an_account_asks_for_a_code_or_can_only_protect(sqlite_app):
    views = sqlite_app.view_functions
    changing = {
        rule.endpoint
        for rule in rules(sqlite_app)
        if "POST" in methods(rule) and views[rule.endpoint].permission in ACCOUNT
    }
    assert changing - fresh(sqlite_app) - set(FREE) == set()
    assert set(FREE) <= {rule.endpoint for rule in rules(sqlite_app)}, "nothing stands here for nothing"
