"""The lines around an agenda, as French and English invitations write them: its heading, and what is no item."""

import re


def _any(*words: str) -> str:
    return f"(?:{'|'.join(words)})"


HEADING = re.compile(
    r"(?:[^:;]{1,80}[.!]\s+(?=[^:]{1,60}:\s*\S))?[\W_]*"
    r"(?:l['’]\s?|the |notre |projet d['’]|draft |proposed |provisional )?"
    + _any(
        *(r"ordre du jour", r"o\.?d\.?j\.?", r"agenda", r"(?:au )?programme", r"sujets?(?: à aborder)?"),
        *(r"points? (?:à|a) (?:l['’]ordre du jour|traiter|aborder)", r"order of business", r"topics", r"items"),
    )
    + r"(?: (?:de la|du|of the|for the|prévisionnel|provisoire|proposé|items)\b[^:.;]{0,60})?"
    + r"[\s*_]*(?P<colon>[:：]|$|[-–—](?=\s))[*_]*(?P<rest>.*)",
    re.IGNORECASE,
)
"""`Ordre du jour :`, `Agenda`; group `rest` is what follows on the same line."""

OTHER_SECTION = re.compile(
    r"[\W_]*"
    + _any(
        *(r"participant", r"présente?s\b", r"excusé", r"absent", r"invité", r"membres\b", r"inscription", r"contact"),
        *(r"documents?\b", r"pièces? jointe", r"annexes?\b", r"ressources\b", r"liens?\b", r"notes?\b", r"à préparer"),
        *(r"lieu\b", r"adresse\b", r"accès\b", r"info(?:rmation)?s? pratique", r"quand\b", r"où\b", r"contexte\b"),
        *(r"compte[- ]rendu\b", r"décisions? prise", r"rappels?\b", r"objectifs?\b", r"attendee", r"apologies"),
        *(r"papers?\b", r"materials?\b", r"attachments?\b", r"location\b", r"venue\b", r"how to join", r"where\b"),
        *(r"when\b", r"minutes\b", r"reminders?\b", r"background\b", r"rsvp\b"),
    )
    + r"[^:;]{0,50}:.*",
    re.IGNORECASE,
)
"""A heading of something else: participants, documents, how to get there."""

_CALL = _any(
    *(
        r"join (?:zoom|the) (?:meeting|call)",
        r"join (?:with|by) (?:google|phone|computer|video)",
        r"join on your computer",
    ),
    *(r"zoom meeting", r"microsoft teams", r"réunion (?:teams|zoom)", r"rejoindre (?:la|le) (?:réunion|visio|conf)"),
    *(
        r"participer à (?:la réunion|distance)",
        r"rejoindre à distance",
        r"vous invite à une réunion",
        r"inviting you to",
    ),
    *(r"click here to join", r"cliquez ici pour (?:participer|rejoindre)", r"one tap mobile", r"dial by your location"),
    *(
        r"find your local number",
        r"need help\?",
        r"meeting id\b",
        r"id de (?:la )?réunion",
        r"passcode",
        r"code secret",
    ),
    *(r"code d['’]accès", r"google meet\b", r"webex"),
)
FOOTER = re.compile(rf"(?:--|—)\s*$|[_=~*-]{{8,}}\s*$|-::~|.*{_CALL}", re.IGNORECASE)
"""Where the invitation to a call, or a signature, begins."""

NOISE = re.compile(
    r"[\W_]*(?:[\w'’ ]{0,40}\s*:)?\s*<?(?:https?://|www\.|mailto:|tel:)\S*[\W_]*"
    r"|[\W_]*(?:en savoir plus|read more|more info\w*|learn more)\b.*"
    r"|(?:par )?(?:téléphone|phone|tél\.?|tel\.?|by phone)\s*:.*",
    re.IGNORECASE,
)
"""A line of its own that is no item wherever it stands: a bare link, a telephone number."""

FAREWELL = re.compile(
    r"\W*"
    + _any(
        *(
            r"cordialement",
            r"bien à vous",
            r"bien cordialement",
            r"merci\b",
            r"à bientôt",
            r"le secrétariat",
            r"au plaisir",
        ),
        *(r"bonne (?:journée|soirée|réunion)", r"venez nombreu", r"best\b", r"kind regards", r"regards", r"thanks?\b"),
        *(r"see you", r"looking forward", r"sincerely"),
    ),
    re.IGNORECASE,
)
"""What ends a letter, and with it its list."""

GREETING = re.compile(r"\W*(?:bonjour|chers|chères|hello|dear|hi\b)", re.IGNORECASE)
