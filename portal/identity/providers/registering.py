"""What an operator gives to register a provider: checked, and completed by the provider's own description."""

import re
from dataclasses import replace

from portal.base.problems import Invalid
from portal.identity.providers.fetch import is_safe
from portal.identity.providers.interface import NotSaid, ProviderFacts
from portal.identity.providers.oidc import OpenIdConnect, origin

KEY = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?\Z")


def checked(facts: ProviderFacts, through: tuple[str, ...] = ()) -> ProviderFacts:
    """Give the facts with the origins that browsers pass on the way to the provider: its own, and `through`.

    Asks the provider for its description. Raises Invalid with a sentence for the operator.
    """
    for wrong, sentence in (
        (not KEY.match(facts.key), "Give a key of 1 to 40 letters a to z, numbers and hyphens."),
        (not 0 < len(facts.label.strip()) <= 80, "Give a label of 1 to 80 characters."),
        (not 0 < len(facts.client_id) <= 200, "Give the client id that the provider gave the portal."),
        (not facts.client_secret, "Give the secret that the provider gave the portal."),
        (not is_safe(facts.issuer), "The issuer starts with https://."),
        (not all(is_safe(one) for one in through), "Each address passed on the way starts with https://."),
    ):
        if wrong:
            raise Invalid(sentence)
    try:
        address = OpenIdConnect(facts).description()["authorization_endpoint"]
    except NotSaid as fault:
        raise Invalid("No description of this issuer could be read: %(why)s.", why=fault.detail) from fault
    origins = {origin(one): None for one in (address, *through)}
    return replace(facts, label=" ".join(facts.label.split()), origins=tuple(origins))
