"""How agencies send records: files and the API; checks, quarantine and receipts."""
