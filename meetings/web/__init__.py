"""The pages: live for everybody, the archive and its figures, review for the secretary.

app = create(House(...))            # every route says who may see it
await serve(app, bind(host, port))   # until cancelled
"""

from meetings.web.alone import furnish, watch
from meetings.web.app import create
from meetings.web.house import Discord, House
from meetings.web.links import LinkRefusedError, Links
from meetings.web.serve import bind, serve

__all__ = ["Discord", "House", "LinkRefusedError", "Links", "bind", "create", "furnish", "serve", "watch"]
