"""Other parties that say who somebody is: one interface, and its one implementation in the box, OpenID Connect.

Another one (SAML; docs/decisions/0010) has the same two steps, and nothing else of the portal knows which it is.
"""

from portal.identity.providers.interface import Begun, NotSaid, ProviderFacts, Said, Way

__all__ = ["Begun", "NotSaid", "ProviderFacts", "Said", "Way", "way"]


def way(facts: ProviderFacts) -> Way:
    """Give the way that a provider speaks; loaded only when somebody uses it."""
    from portal.identity.providers.oidc import OpenIdConnect

    return OpenIdConnect(facts)
