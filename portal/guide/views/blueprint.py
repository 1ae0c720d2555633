"""The blueprint that this room's screens hang on."""

from flask import Blueprint

blueprint = Blueprint("guide", __name__)
