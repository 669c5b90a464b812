"""A message as a client sends it: content, embeds, components, files, held to Discord's limits (Resources, Message)."""

import re
from dataclasses import dataclass

from meetings.rehearsal.loopback.components import read_components
from meetings.rehearsal.loopback.errors import refusal
from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.kinds import MessageFlag
from meetings.rehearsal.loopback.world import Attachment, Wire

CONTENT, EMBEDS, EMBED_TOTAL = 2000, 10, 6000
SETTABLE = (
    MessageFlag.SUPPRESS_EMBEDS
    | MessageFlag.EPHEMERAL
    | MessageFlag.SUPPRESS_NOTIFICATIONS
    | MessageFlag.IS_COMPONENTS_V2
)
MENTION = re.compile(r"<@(?P<role>&)?!?(?P<id>\d+)>")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a body says of a message; None: it does not speak of that field."""

    content: str | None
    embeds: list[Wire] | None
    components: list[Wire] | None
    kept_attachments: list[int] | None
    files: list[Attachment]
    flags: MessageFlag
    allowed_mentions: Wire | None
    tts: bool
    nonce: str | int | None
    enforce_nonce: bool
    reply_to: int | None
    reply_must_exist: bool

    @property
    def empty(self) -> bool:
        """Nothing anybody could see."""
        return not (self.content or self.embeds or self.components or self.files)


def read_message(form: Form, files: dict[str, Attachment], *, v2: bool = False) -> Draft:
    """Read and check a create or edit; raises ApiError 50035. `v2`: the message edited already has components v2."""
    flags = MessageFlag(form.integer("flags") or 0) & SETTABLE
    v2 = v2 or MessageFlag.IS_COMPONENTS_V2 in flags
    content = form.text("content", CONTENT)
    embeds = read_embeds(form)
    if v2 and (content or embeds):
        field = "content" if content else "embeds"
        words = f"The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
        form.complain(field, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", words)
    reference = form.sub("message_reference")
    draft = Draft(
        content=(content or "") if "content" in form else None,
        embeds=embeds if "embeds" in form else None,
        components=read_components(form, v2=v2) if "components" in form else None,
        kept_attachments=_kept(form),
        files=_described(form, files),
        flags=flags,
        allowed_mentions=form.body.get("allowed_mentions"),
        tts=form.boolean("tts"),
        nonce=form.body.get("nonce"),
        enforce_nonce=form.boolean("enforce_nonce"),
        reply_to=reference.snowflake("message_id"),
        reply_must_exist=reference.body.get("fail_if_not_exists") is not False,
    )
    form.check()
    return draft


def required(draft: Draft) -> Draft:
    """Refuse a message nobody could see (50006)."""
    if draft.empty:
        raise refusal(50006)
    return draft


def read_embeds(form: Form) -> list[Wire]:
    """The `embeds`, made complete: at most 10, together at most 6,000 characters (Resources, Message, Embed Limits)."""
    embeds, total = [_embed(item) for item in form.items("embeds", EMBEDS)], 0
    for embed in embeds:
        texts = [embed.get("title"), embed.get("description"), embed.get("footer", {}).get("text")]
        texts += [
            embed.get("author", {}).get("name"),
            *(field[key] for field in embed.get("fields", []) for key in ("name", "value")),
        ]
        total += sum(len(text) for text in texts if text)
    if total > EMBED_TOTAL:
        form.complain("embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_TOTAL}")
    return embeds


def _embed(form: Form) -> Wire:
    moment = form.moment("timestamp")
    told: Wire = {
        "title": form.text("title", 256),
        "description": form.text("description", 4096),
        "url": form.text("url", 2048),
        "color": form.integer("color", 0, 0xFFFFFF),
        "timestamp": moment.isoformat() if moment else None,
        "footer": _part(form, "footer", "text", 2048, "icon_url"),
        "author": _part(form, "author", "name", 256, "icon_url", "url"),
        "image": _part(form, "image", "url", 2048),
        "thumbnail": _part(form, "thumbnail", "url", 2048),
        "fields": [_field(item) for item in form.items("fields", 25)] or None,
    }
    return {"type": "rich"} | {key: value for key, value in told.items() if value is not None}


def _field(form: Form) -> Wire:
    return {
        "name": form.text("name", 256, least=1, required=True),
        "value": form.text("value", 1024, least=1, required=True),
        "inline": form.boolean("inline"),
    }


def _part(form: Form, name: str, text: str, most: int, *links: str) -> Wire | None:
    if not isinstance(form.body.get(name), dict):
        return None
    inner = form.sub(name)
    told: Wire = {text: inner.text(text, most, least=1, required=True)}
    return told | {link: inner.text(link, 2048) for link in links if inner.body.get(link)}


def _kept(form: Form) -> list[int] | None:
    """Ids of the attachments an edit keeps; new files are named by their index instead."""
    if form.body.get("attachments") is None:
        return None
    return [item.snowflake("id") or 0 for item in form.items("attachments", 10)]


def _described(form: Form, files: dict[str, Attachment]) -> list[Attachment]:
    """The uploaded files, with the names and descriptions `attachments` gives them."""
    notes = {str(item.body.get("id")): item for item in form.items("attachments", 10)}
    told = []
    for index, (key, file) in enumerate(files.items()):
        number = re.sub(r"\D", "", key) or str(index)
        note = notes.get(number)
        name = note.text("filename", 1024) if note else None
        spoken = note.text("description", 1024) if note else None
        told.append(Attachment(file.id, name or file.filename, file.content_type, file.data, spoken))
    return told


def mentions(content: str, allowed: Wire | None) -> tuple[list[int], list[int], bool]:
    """Users, roles and everyone that a content names, as far as `allowed_mentions` lets it ping them."""
    found = [(int(m["id"]), bool(m["role"])) for m in MENTION.finditer(content)]
    users = list(dict.fromkeys(ident for ident, is_role in found if not is_role))
    roles = list(dict.fromkeys(ident for ident, is_role in found if is_role))
    everyone = "@everyone" in content or "@here" in content
    if allowed is None:
        return users, roles, everyone
    parse = allowed.get("parse") or []
    named_users = {int(one) for one in allowed.get("users") or []}
    named_roles = {int(one) for one in allowed.get("roles") or []}
    return (
        [one for one in users if "users" in parse or one in named_users],
        [one for one in roles if "roles" in parse or one in named_roles],
        everyone and "everyone" in parse,
    )
