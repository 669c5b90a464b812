"""The program that `agenda.pdf` starts: a PDF on its input, the text of its first pages on its output.

It imports nothing of this library, and so starts at once.
"""

import logging
import sys
from io import BytesIO

from pypdf import PdfReader

MAX_PAGES = 20
MAX_MEMORY = 1_000_000_000
"""Bytes; where the system can hold a process to them."""


def main() -> None:
    """Write the text; an exception where the document cannot be read."""
    logging.disable()
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    reader = PdfReader(BytesIO(sys.stdin.buffer.read()))
    texts = [page.extract_text() for page in reader.pages[:MAX_PAGES]]
    sys.stdout.buffer.write("\n".join(texts).encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
