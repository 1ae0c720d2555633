"""Accounts, factors, sessions, roles, and the table of who may do what."""
