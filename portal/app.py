"""The application factory: the only file that knows every room."""

from flask import Flask, redirect, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.agencies import service as agencies
from portal.config import ROOT, Settings
from portal.delegations import service as delegations
from portal.identity.permissions import Permission
from portal.language.rules import N_
from portal.web import (
    budgets,
    cookies,
    core,
    errors,
    guards,
    headers,
    health,
    negotiation,
    overload,
    page,
    text,
    uploads,
)

MENU = [
    # L10n: Menu: the page with all agencies and what they hold about the person.
    page.MenuItem("records.index", N_("What agencies hold"), Permission.RECORDS_LOOK),
    # L10n: Menu: the person's requests to fix something.
    page.MenuItem("corrections.index", N_("Requests"), Permission.CORRECTIONS_ASK),
    # L10n: Menu of somebody who helps a person and may ask: the requests that they made.
    page.MenuItem("delegations.asked", N_("Requests"), Permission.DELEGATIONS_ASKED),
    # L10n: Menu: what the person shares with others.
    page.MenuItem("bundles.index", N_("Share"), Permission.BUNDLES_SHARE),
    # L10n: Menu: what the person tells about themselves.
    page.MenuItem("story.index", N_("My story"), Permission.STORY_WRITE),
    # L10n: Menu: what may be done with the person's information.
    page.MenuItem("choices.index", N_("Choices"), Permission.CHOICES_MAKE),
    # L10n: Menu: who has looked at the person's information.
    page.MenuItem("access_log.index", N_("Who has looked"), Permission.ACCESS_LOG_SEE),
    # L10n: Menu: messages that something happened.
    page.MenuItem("notices.index", N_("Messages"), Permission.NOTICES_SEE),
    # L10n: Menu for agency staff: the list of what people ask for.
    page.MenuItem("casework.index", N_("Requests"), Permission.CASEWORK_SEE),
    # L10n: Menu for privacy officers and data stewards: messages that could not be sent.
    page.MenuItem("notices.deliveries", N_("Messages to people"), Permission.NOTICES_DELIVERIES),
    # L10n: Menu for workers of providers: their first page.
    page.MenuItem("delegations.clients", N_("Start"), Permission.DELEGATIONS_ASSIST),
    # L10n: Menu for workers of providers: open what a person shared.
    page.MenuItem("bundles.open", N_("Open a share"), Permission.BUNDLES_PROVIDER),
    # L10n: Menu for administrators of an organisation: its people and their roles.
    page.MenuItem("agencies.team", N_("Our people"), Permission.IDENTITY_TEAM),
    # L10n: Menu: the person's own account.
    page.MenuItem("identity.account", N_("Account"), Permission.IDENTITY_ACCOUNT),
]


def create_app(settings: Settings) -> Flask:
    """Build the WSGI application; raises RuntimeError when a route declares no permission."""
    app = Flask("portal", root_path=str(ROOT), static_folder=None)
    app.secret_key = settings.secret_key
    app.config.update(
        MAX_CONTENT_LENGTH=512 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=200,
        TRUSTED_HOSTS=_hosts(settings),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
    )
    app.json.ensure_ascii = False
    overload.set_up(app)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)
    app.extensions["portal"] = core.open_core(settings)
    app.session_interface = cookies.PortalSessions(settings.secure_cookies)
    app.teardown_request(core.close_work)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    # Whatever a template is called: Flask alone escapes by suffix.
    app.jinja_env.autoescape = True
    for part in (negotiation, text, headers, errors, uploads, guards):
        part.set_up(app)
    page.set_up(app, page.Frame(MENU, agencies.organisation_name))
    budgets.set_up(app, delegations.many_reads)
    _open_rooms(app)
    _open_front_door(app)
    guards.refuse_open_routes(app)
    return app


def _open_rooms(app: Flask) -> None:
    from portal.access_log import views as access_log
    from portal.access_requests import views as access_requests
    from portal.agencies import views as agencies_views
    from portal.bundles import api as bundles_api
    from portal.bundles import views as bundles
    from portal.casework import views as casework
    from portal.choices import views as choices
    from portal.corrections import views as corrections
    from portal.delegations import views as delegations_views
    from portal.guide import views as guide
    from portal.identity import views as identity
    from portal.ingest import api as ingest_api
    from portal.insights import views as insights
    from portal.notices import views as notices
    from portal.records import views as records
    from portal.story import views as story

    people = (
        guide,
        insights,
        records,
        corrections,
        access_requests,
        bundles,
        story,
        choices,
        access_log,
        notices,
    )
    for room in (*people, casework, identity, agencies_views, delegations_views):
        app.register_blueprint(room.blueprint, url_prefix="/<tag:l>")
    for languageless in (ingest_api, bundles_api, health, identity.back):
        app.register_blueprint(languageless.blueprint)


def _open_front_door(app: Flask) -> None:
    @app.get("/", endpoint="root")
    @guards.public
    def root():
        """Send a visitor to the start page in the language of cookie, browser, or English."""
        response = redirect(url_for("guide.start", l=negotiation.guess()), 303)
        response.vary.update(["Cookie", "Accept-Language"])
        return response


def _hosts(settings: Settings) -> list[str]:
    host = settings.base_url.split("//", 1)[1].split("/", 1)[0]
    bare = host.rsplit(":", 1)[0] if ":" in host else host
    return [bare, "localhost", "127.0.0.1"] if not settings.secure_cookies else [bare]
