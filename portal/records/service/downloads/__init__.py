"""Files of what an agency holds, for the person to take with them (Privacy Act 2020 principle 6)."""

from portal.records.service.downloads.asking import ask_again, ask_files, drop_file, expire_downloads
from portal.records.service.downloads.making import (
    NOT_MADE,
    Made,
    draw_file,
    file_name,
    keep_file,
    read_for_file,
)

__all__ = [
    "NOT_MADE",
    "Made",
    "ask_again",
    "ask_files",
    "draw_file",
    "drop_file",
    "expire_downloads",
    "file_name",
    "keep_file",
    "read_for_file",
]
