"""The short reference a person quotes for a request, made and read back."""

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SPOKEN = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\t")


def reference(random_63_bit: int) -> str:
    """Make the reference a person quotes, such as "7HD3-QK8W", from a random number; never 0, O, 1 or I.

    A label, not a secret and not a key: 40 of the bits are used. Raises ValueError outside 0 to 2**63 - 1.
    """
    if not 0 <= random_63_bit < 2**63:
        raise ValueError("A reference is made from a random number of 63 bits.")
    letters = "".join(_LETTERS[random_63_bit >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


def read_reference(typed: str) -> str | None:
    """Tidy a reference as somebody typed it (small letters, spaces, no hyphen); None if it cannot be one."""
    letters = typed.upper().translate(_SPOKEN)
    if len(letters) != 8 or not set(letters) <= set(_LETTERS):
        return None
    return f"{letters[:4]}-{letters[4:]}"
