"""The documents that events without an agenda have attached or link to, fetched and read."""

import asyncio
from collections.abc import Iterable

from agenda.documents import Document, Documents, text_of, wanted
from agenda.errors import CalendarError
from agenda.items import lacks_agenda
from agenda.occurrence import Occurrence
from agenda.office import UnreadableError
from agenda.source import source
from agenda.texts import MAX_ATTACHED
from agenda.web import Web

MAX_DOCUMENTS = 20
"""Read for one calendar, the first ones by start."""


async def gather(occurrences: Iterable[Occurrence], web: Web | None) -> Documents:
    """The texts of these events' documents, for `agenda.items.plan`; linked ones only where there is a `web`.

    An event whose description holds an agenda needs none.
    """
    lacking = [
        one for one in occurrences if (one.attachments or "://" in one.description + one.html) and lacks_agenda(one)
    ]
    found = {one.key: one for occurrence in lacking for one in wanted(occurrence) if one.data or web}
    some = list(found.values())[:MAX_DOCUMENTS]
    texts = await asyncio.gather(*(_text(one, web) for one in some))
    return dict(zip((one.key for one in some), texts, strict=True))


async def _text(document: Document, web: Web | None) -> str | None:
    try:
        data = document.data
        if not data and web is not None:
            data = (await web.ask(source(document.url), limit=MAX_ATTACHED)).body
        return await asyncio.to_thread(text_of, data)
    except (CalendarError, UnreadableError):
        return None
