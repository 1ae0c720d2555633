"""What each agency holds about a person, why, where it came from, and who got it."""
