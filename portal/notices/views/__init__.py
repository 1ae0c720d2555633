"""Screens of messages: the list, how a person may be reached, and what could not be sent."""

from portal.notices.views import contact, deliveries, messages
from portal.notices.views.blueprint import blueprint

__all__ = ["blueprint", "contact", "deliveries", "messages"]
