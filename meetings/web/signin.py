"""Coming in: by a link that the bot sends, or with Discord (OAuth 2, by Authlib); going out; the reader's language."""

import logging
from functools import partial
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from httpx import HTTPError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from meetings.domain.values import MemberId
from meetings.i18n import LANGUAGES
from meetings.web.access import Door, Shut, Who, seat_of
from meetings.web.house import Discord, house
from meetings.web.links import LinkRefusedError, Links
from meetings.web.pages import base, page

logger = logging.getLogger(__name__)

see_other = partial(RedirectResponse, status_code=303)


def routes() -> list[BaseRoute]:
    """The doors of this room."""
    return [
        Door("/enter", signin, Who.PUBLIC),
        Door("/enter/{token}", look, Who.PUBLIC),
        Door("/enter/{token}", enter, Who.PUBLIC, ("POST",)),
        Door("/leave", leave, Who.PUBLIC, ("POST",)),
        Door("/language", speak, Who.PUBLIC, ("POST",)),
        Door("/oauth/discord", discord, Who.PUBLIC),
        Door("/oauth/discord/back", back, Who.PUBLIC),
    ]


async def signin(request: Request) -> Response:
    """How to come in."""
    return page(request, "signin.html.j2", discord=house(request).discord is not None, refused="")


async def look(request: Request) -> Response:
    """The page of a link: looking at it does not use it."""
    links: Links = request.app.state.links
    token = request.path_params["token"]
    try:
        member = links.look(token)
    except LinkRefusedError as refusal:
        return _refused(request, refusal)
    name = house(request).council.log.names().get(member, "")
    return page(request, "enter.html.j2", token=token, name=name)


async def enter(request: Request) -> Response:
    """Use a link."""
    links: Links = request.app.state.links
    try:
        member = links.redeem(request.path_params["token"])
    except LinkRefusedError as refusal:
        return _refused(request, refusal)
    return await _welcome(request, member)


async def leave(request: Request) -> Response:
    """Sign out."""
    request.session.clear()
    return see_other("/")


async def speak(request: Request) -> Response:
    """Choose a language."""
    form = await request.form()
    chosen = str(form.get("lang"))
    answer = see_other(_ours(str(form.get("back", "/"))))
    if chosen in LANGUAGES:
        secure = request.url.scheme == "https"
        answer.set_cookie("lang", chosen, max_age=365 * 24 * 3600, httponly=True, samesite="lax", secure=secure)
    return answer


async def discord(request: Request) -> Response:
    """Ask Discord who it is."""
    client: StarletteOAuth2App | None = request.app.state.discord
    if client is None:
        return Response(status_code=404)
    answer: Response = await client.authorize_redirect(request, f"{base(request)}/oauth/discord/back")
    return answer


async def back(request: Request) -> Response:
    """Discord's answer: an account of the council's is let in."""
    client: StarletteOAuth2App | None = request.app.state.discord
    if client is None:
        return Response(status_code=404)
    try:
        token = await client.authorize_access_token(request)
        answer = await client.get("users/@me", token=token)
        member = MemberId(str(answer.raise_for_status().json()["id"]))
    except (OAuthError, HTTPError, KeyError, ValueError) as error:
        logger.warning("Discord did not confirm an account: %s", error)
        return page(request, "signin.html.j2", status=403, discord=True, refused="discord")
    return await _welcome(request, member)


def client(application: Discord | None) -> StarletteOAuth2App | None:
    """Authlib's client of Discord, for the council's application."""
    if application is None:
        return None
    site = application.site.rstrip("/")
    made: StarletteOAuth2App = OAuth().register(
        "discord",
        client_id=application.client,
        client_secret=application.secret,
        authorize_url=f"{site}/oauth2/authorize",
        access_token_url=f"{site}/api/oauth2/token",
        api_base_url=f"{site}/api/v10/",
        client_kwargs={"scope": "identify"},
    )
    return made


async def _welcome(request: Request, member: MemberId) -> Response:
    here = house(request)
    request.session.clear()  # what was before belonged to somebody else
    if seat_of(here, member) is None:
        raise Shut
    request.session.update(member=member, name=here.council.log.names().get(member, ""))
    return see_other("/")


def _refused(request: Request, refusal: LinkRefusedError) -> Response:
    known = house(request).discord is not None
    return page(request, "signin.html.j2", status=403, discord=known, refused=refusal.code)


def _ours(path: str) -> str:
    """A path of these pages; anything else leads home."""
    parts = urlsplit(path)
    ours = not parts.scheme and not parts.netloc and path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if ours else "/"
