"""The doors of the live page."""

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute

from meetings.web.access import Door, Who
from meetings.web.live import VIEWERS, Broadcast
from meetings.web.pages import page, reader


def routes() -> list[BaseRoute]:
    """The doors of this room."""
    return [Door("/live", live, Who.PUBLIC), Door("/live/events", events, Who.PUBLIC)]


async def live(request: Request) -> Response:
    """The meeting as it goes; `?hall` for a hall's screen."""
    broadcast: Broadcast = request.app.state.broadcast
    content, place = broadcast.content(reader(request)), broadcast.place
    return page(request, "live.html.j2", content=content, place=place, hall="hall" in request.query_params)


async def events(request: Request) -> Response:
    """What changes, as server-sent events, from `?after` or the browser's Last-Event-ID on."""
    broadcast: Broadcast = request.app.state.broadcast
    if broadcast.viewers >= VIEWERS:
        return Response(status_code=503, headers={"Retry-After": "30"})
    seen = request.headers.get("last-event-id") or request.query_params.get("after", "")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    stream = broadcast.stream(reader(request), seen)
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)
