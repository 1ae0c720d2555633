"""Who has looked at a person's information, when and why."""
