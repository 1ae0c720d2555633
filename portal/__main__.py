"""Lets `python -m portal` do what the `portal` command does."""

from portal.cli import main

if __name__ == "__main__":
    main(prog_name="portal")
