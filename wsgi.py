"""The WSGI application, for any server."""

from portal.app import create_app
from portal.config import from_environment

application = create_app(from_environment())
