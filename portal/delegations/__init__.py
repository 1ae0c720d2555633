"""Every right of one account to see another person: who, how far, until when."""
