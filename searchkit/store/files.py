"""What the operating systems do differently with files."""

from __future__ import annotations

import os
from pathlib import Path


def link_file(source: Path, target: Path) -> None:
    """The same file under a second name; files of a generation never change, so that is a copy."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a file system without hard links
        import shutil  # slow to import, needed for writing only

        shutil.copyfile(source, target, follow_symlinks=False)


def sync(path: Path) -> None:
    """Wait until a file or folder has reached the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot sync folders, and need not: NTFS journals their entries
    # Windows syncs only what is open for writing.
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
