"""No word of the domain: database, clock, ids, encryption, the unit of work, ledger and outbox."""
