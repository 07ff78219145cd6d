"""Files that hold what is private: readable by whoever made them, and nobody else."""

import os
from pathlib import Path

from bot.cli.terminal import Refused

MINE = 0o600
FOLDER = 0o700


def write_private(path: Path, content: bytes) -> None:
    """Write *content*; the folder is made where it is not there.

    Raises:
        Refused: it cannot be written, or is there already.
    """
    try:
        path.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MINE)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except FileExistsError:
        raise Refused(f"{path} is there already. Choose another folder.") from None
    except OSError as error:
        raise Refused(f"{path} cannot be written ({error.strerror}).") from None
