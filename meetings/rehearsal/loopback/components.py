"""Message components and modals as a bot sends them, checked and given their ids (Components, Component Reference)."""

from collections.abc import Callable, Iterator
from types import MappingProxyType

from meetings.rehearsal.loopback.errors import FormErrors
from meetings.rehearsal.loopback.forms import Form
from meetings.rehearsal.loopback.world import Wire

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, SECTION, LABEL = 1, 2, 3, 4, 9, 18
SELECTS = frozenset({3, 5, 6, 7, 8})
LINK, PREMIUM = 5, 6
ROWS = 5
TOTAL = 40  # components of a v2 message, nested ones counted
TEXT = 4000  # characters of all the text displays of a v2 message
V1, V2, MODAL = frozenset({1}), frozenset({1, 9, 10, 12, 13, 14, 17}), frozenset({1, 10, 18})


def walk(components: list[Wire]) -> Iterator[Wire]:
    """Every component, the nested ones too."""
    for one in components:
        yield one
        yield from walk(one.get("components") or [])
        yield from walk([one[key] for key in ("accessory", "component") if isinstance(one.get(key), dict)])


def find(components: list[Wire], custom_id: str) -> Wire | None:
    """The component a press names."""
    return next((one for one in walk(components) if one.get("custom_id") == custom_id), None)


def read_components(form: Form, *, v2: bool = False, modal: bool = False) -> list[Wire]:
    """The `components` of a message (5 action rows; v2: 40 components of any kind) or of a modal (5 rows or labels)."""
    allowed = MODAL if modal else V2 if v2 else V1
    reader = _Reader(form.errors, modal=modal)
    read = [reader.read(item, allowed) for item in form.items("components", TOTAL if v2 else ROWS)]
    if sum(1 for _ in walk(read)) > TOTAL and v2:
        form.complain("components", "BASE_TYPE_BAD_LENGTH", f"Must be between 0 and {TOTAL} in length.")
    if v2 and sum(len(one.get("content") or "") for one in walk(read)) > TEXT:
        words = f"The total size of displayable text of the components must be at most {TEXT}"
        form.complain("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", words)
    reader.number(read)
    return read


class _Reader:
    def __init__(self, errors: FormErrors, *, modal: bool = False) -> None:
        self._errors, self._modal = errors, modal
        self._custom_ids = set[str]()

    def read(self, form: Form, allowed: frozenset[int]) -> Wire:
        kind = form.body.get("type")
        if kind not in allowed or not isinstance(kind, int):
            options = ", ".join(map(str, sorted(allowed)))
            form.complain("type", "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({options}).')
            return {"type": 0}
        told: Wire = {"type": kind}
        given = form.integer("id", least=0, most=(1 << 31) - 1)
        if given:
            told["id"] = given
        return told | READERS[kind](self, form)

    def number(self, components: list[Wire]) -> None:
        """Ids in order for those without one."""
        taken = {one["id"] for one in walk(components) if "id" in one}
        free = (number for number in range(1, 1 << 31) if number not in taken)
        for one in walk(components):
            if "id" not in one:
                one["id"] = next(free)

    def row(self, form: Form) -> Wire:
        items = form.items("components", 5)
        if not items:
            form.complain("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
        kinds = [item.body.get("type") for item in items]
        if len(items) > 1 and any(kind in SELECTS or kind == TEXT_INPUT for kind in kinds):
            form.complain(
                "components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
            )
        return {"components": [self.read(item, frozenset({BUTTON, TEXT_INPUT}) | SELECTS) for item in items]}

    def button(self, form: Form) -> Wire:
        style = form.choice("style", range(1, 7), required=True)
        told: Wire = {"style": style} | _kept(label=form.text("label", 80), emoji=_emoji(form))
        if form.boolean("disabled"):
            told["disabled"] = True
        if style == LINK:
            return told | {"url": form.text("url", 512, least=1, required=True)}
        if style == PREMIUM:
            return told | {"sku_id": str(form.snowflake("sku_id", required=True))}
        if "label" not in told and "emoji" not in told:
            form.complain("label", "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji")
        return told | {"custom_id": self._custom_id(form)}

    def select(self, form: Form) -> Wire:
        least, most = form.integer("min_values", 0, 25), form.integer("max_values", 1, 25) or 1
        told: Wire = {"custom_id": self._custom_id(form), "min_values": 1 if least is None else least}
        told |= {"max_values": most} | _kept(placeholder=form.text("placeholder", 150))
        if told["min_values"] > most:
            form.complain("min_values", "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        if self._modal:
            told["required"] = form.body.get("required") is not False
            if form.boolean("disabled"):
                form.complain("disabled", "COMPONENT_INVALID_IN_MODAL", "A select in a modal cannot be disabled")
        for key in ("disabled", "channel_types", "default_values"):
            if form.body.get(key):
                told[key] = form.body[key]
        return told | ({"options": self._options(form, most)} if form.body["type"] == STRING_SELECT else {})

    def _options(self, form: Form, most: int) -> list[Wire]:
        items = form.items("options", 25)
        if not items:
            form.complain("options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
        options = [_option(item) for item in items]
        values = [option["value"] for option in options]
        for item, value in zip(items, values, strict=True):
            if values.count(value) > 1:
                words = "The specified option value is already used"
                item.complain("value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", words)
        if sum(1 for option in options if option.get("default")) > most:
            form.complain("options", "SELECT_COMPONENT_TOO_MANY_DEFAULTS", f"At most {most} options can be the default")
        return options

    def text_input(self, form: Form) -> Wire:
        return {
            "custom_id": self._custom_id(form),
            "style": form.choice("style", (1, 2), required=True),
            "label": form.text("label", 45),
            "required": form.body.get("required") is not False,
            "min_length": form.integer("min_length", 0, 4000),
            "max_length": form.integer("max_length", 1, 4000),
        } | _kept(value=form.text("value", 4000), placeholder=form.text("placeholder", 100))

    def section(self, form: Form) -> Wire:
        texts = [self.read(item, frozenset({10})) for item in form.items("components", 3)]
        return {"components": texts, "accessory": self.read(form.sub("accessory"), frozenset({BUTTON, 11}))}

    def text(self, form: Form) -> Wire:
        return {"content": form.text("content", 4000, least=1, required=True)}

    def thumbnail(self, form: Form) -> Wire:
        return _media(form)

    def gallery(self, form: Form) -> Wire:
        return {"items": [_media(item) for item in form.items("items", 10)]}

    def file(self, form: Form) -> Wire:
        url = form.sub("file").text("url", 2048, least=1, required=True) or ""
        return {"file": _unfurled(url), "name": url.rpartition("/")[2], "size": 0, "spoiler": form.boolean("spoiler")}

    def separator(self, form: Form) -> Wire:
        return {"divider": form.body.get("divider") is not False, "spacing": form.choice("spacing", (1, 2)) or 1}

    def container(self, form: Form) -> Wire:
        inside = [self.read(item, V2 - {17}) for item in form.items("components", TOTAL)]
        colour = form.integer("accent_color", 0, 0xFFFFFF)
        return {"components": inside, "accent_color": colour, "spoiler": form.boolean("spoiler")}

    def label(self, form: Form) -> Wire:
        inner = self.read(form.sub("component"), SELECTS | {TEXT_INPUT, 19, 21, 22, 23})
        label = form.text("label", 45, least=1, required=True)
        return {"label": label, "component": inner} | _kept(description=form.text("description", 100))

    def as_sent(self, form: Form) -> Wire:
        """Kinds newer than this page: kept as they came, under their custom_id."""
        return form.body | {"custom_id": self._custom_id(form)}

    def _custom_id(self, form: Form) -> str:
        custom_id = form.text("custom_id", 100, least=1, required=True) or ""
        if custom_id in self._custom_ids:
            words = "Component custom id cannot be duplicated"
            form.complain("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", words)
        self._custom_ids.add(custom_id)
        return custom_id


def _kept(**fields: object) -> Wire:
    return {key: value for key, value in fields.items() if value}


def _option(form: Form) -> Wire:
    told: Wire = {
        "label": form.text("label", 100, least=1, required=True),
        "value": form.text("value", 100, least=1, required=True),
    } | _kept(description=form.text("description", 100), emoji=_emoji(form))
    return told | ({"default": True} if form.boolean("default") else {})


def _emoji(form: Form) -> Wire | None:
    if not isinstance(form.body.get("emoji"), dict):
        return None
    inner = form.sub("emoji")
    told = _kept(name=inner.text("name", 100), id=inner.body.get("id") and str(inner.snowflake("id")))
    return told | ({"animated": True} if inner.boolean("animated") else {})


def _unfurled(url: str) -> Wire:
    return {"id": "0", "url": url, "proxy_url": url, "width": None, "height": None, "content_type": None}


def _media(form: Form) -> Wire:
    url = form.sub("media").text("url", 2048, least=1, required=True) or ""
    spoken = form.text("description", 1024)
    return {"media": _unfurled(url), "description": spoken, "spoiler": form.boolean("spoiler")}


READERS: MappingProxyType[int, Callable[[_Reader, Form], Wire]] = MappingProxyType(
    {
        ROW: _Reader.row,
        BUTTON: _Reader.button,
        TEXT_INPUT: _Reader.text_input,
        SECTION: _Reader.section,
        10: _Reader.text,
        11: _Reader.thumbnail,
        12: _Reader.gallery,
        13: _Reader.file,
        14: _Reader.separator,
        17: _Reader.container,
        LABEL: _Reader.label,
        **dict.fromkeys(SELECTS, _Reader.select),
        **dict.fromkeys((19, 21, 22, 23), _Reader.as_sent),
    }
)
