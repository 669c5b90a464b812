"""Templates filled in the reader's language, and what every page knows."""

import hashlib
import mimetypes
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from meetings.i18n import LANGUAGES, Translator, translator
from meetings.web.access import Visitor, Who
from meetings.web.house import house

_HERE = files(__package__)


def _read(name: str) -> str:
    return (_HERE / "templates" / name).read_text("utf-8")


@cache
def templates() -> Environment:
    """The templates; whatever is put into them is text, never markup."""
    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=select_autoescape(("html.j2", "xml.j2")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"asset": asset_url, "languages": LANGUAGES, "who": Who}
    return environment


def base(request: Request) -> str:
    """The address under which the pages are reached, for links that leave them; no slash at its end."""
    return (house(request).url or str(request.base_url)).rstrip("/")


def reader(request: Request) -> Translator:
    """The reader's language: their choice, or their browser's, or the council's first."""
    chosen = request.cookies.get("lang")
    return translator(chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", "")))


def preferred(accepted: str) -> str:
    """The first language we speak in an Accept-Language header (RFC 9110, 12.5.4); French where there is none."""
    wanted = []
    for part in accepted.split(","):
        tag, _, weight = part.partition(";q=")
        try:
            wanted.append((-float(weight or 1), tag.strip().lower().split("-")[0]))
        except ValueError:
            continue
    spoken = [tag for weight, tag in sorted(wanted, key=lambda one: one[0]) if weight < 0 and tag in LANGUAGES]
    return next(iter(spoken), LANGUAGES[0])


def page(request: Request, template: str, *, status: int = 200, **context: object) -> Response:
    """A page, or a part of one, in the reader's language."""
    t = reader(request)
    one: Visitor = request.state.visitor
    common = {"t": t, "lang": t.lang, "visitor": one, "here": request.url.path, "title": house(request).title}
    filled = templates().get_template(template).render(common | context)
    return HTMLResponse(filled, status, {"Vary": "Accept-Language, Cookie", "Content-Language": t.lang})


@cache
def _asset(name: str) -> tuple[bytes, str]:
    content = (_HERE / "static" / name).read_bytes()
    return content, hashlib.sha256(content).hexdigest()[:12]


def asset_url(name: str) -> str:
    """Where a file of ours is, under an address that changes with what it holds."""
    return f"/static/{name}?v={_asset(name)[1]}"


async def asset(request: Request) -> Response:
    """A style sheet, a script or a picture of ours."""
    name = request.path_params["name"]
    if name not in {entry.name for entry in (_HERE / "static").iterdir()}:
        return Response(status_code=404)
    content, digest = _asset(name)
    kept = "public, max-age=31536000, immutable" if request.query_params.get("v") == digest else "no-cache"
    return Response(content, media_type=mimetypes.guess_type(name)[0], headers={"Cache-Control": kept})
