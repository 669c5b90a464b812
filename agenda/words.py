"""This library's own messages, in French and in English: one sentence for each code, its fields filled in."""

from typing import Literal, cast

from agenda.errors import CalendarError, ErrorCode, Place, Problem, ProblemCode
from agenda.marks import Kind

Language = Literal["fr", "en"]

ERRORS: dict[ErrorCode, tuple[str, str]] = {
    "absent": ("Il n'y a pas de fichier {path}.", "There is no file {path}."),
    "unreadable": (
        "Le fichier {path} ne peut pas être lu : {reason}.",
        "The file {path} cannot be read: {reason}.",
    ),
    "empty": (
        "Le calendrier est vide : il ne contient rien à lire.",
        "The calendar is empty: there is nothing in it to read.",
    ),
    "too-large": (
        "Le fichier dépasse {megabytes} Mo : aucun calendrier de réunions n'est si long.",
        "The file is larger than {megabytes} MB: no calendar of meetings is that long.",
    ),
    "not-calendar": (
        "Ce n'est pas un calendrier (ICS) mais {kind}.",
        "This is not a calendar (ICS) but {kind}.",
    ),
    "cut": (
        "Le calendrier s'interrompt avant la fin de son premier événement : téléchargez-le de nouveau.",
        "The calendar breaks off before its first event is whole: download it again.",
    ),
    "no-future-event": (
        "Le calendrier n'annonce aucune réunion à venir.",
        "The calendar announces no meeting to come.",
    ),
    "bad-address": (
        "L'adresse du calendrier n'est pas une adresse : écrivez https://… ou webcal://….",
        "The calendar's address is no address: write https://… or webcal://….",
    ),
    "insecure": (
        "{host} est demandé sans chiffrement (http) : écrivez https, ou autorisez les adresses privées.",
        "{host} is asked for without encryption (http): write https, or allow private addresses.",
    ),
    "private-address": (
        "{host} mène à une adresse privée, sur cette machine ou son réseau : autorisez-la si c'est voulu.",
        "{host} leads to a private address, on this machine or its network: allow it if that is meant.",
    ),
    "unreachable": (
        "{host} est injoignable ({reason}) : vérifiez l'adresse, ou réessayez plus tard.",
        "{host} cannot be reached ({reason}): check the address, or try again later.",
    ),
    "bad-certificate": (
        "Le certificat de {host} n'est pas valable : rien n'a été lu.",
        "The certificate of {host} is not valid: nothing was read.",
    ),
    "slow": (
        "{host} n'a pas répondu en {seconds} s : réessayez plus tard.",
        "{host} did not answer within {seconds} s: try again later.",
    ),
    "interrupted": (
        "La réponse de {host} s'est interrompue ou est abîmée : réessayez plus tard.",
        "The answer of {host} broke off or is damaged: try again later.",
    ),
    "denied": (
        "{host} refuse l'accès ({status}) : vérifiez le nom et le mot de passe, ou le lien de partage.",
        "{host} denies access ({status}): check the name and password, or the shared link.",
    ),
    "not-found": (
        "{host} n'a pas de calendrier à cette adresse ({status}) : copiez de nouveau le lien de partage.",
        "{host} has no calendar at this address ({status}): copy the shared link again.",
    ),
    "server-failed": (
        "{host} a répondu par une erreur ({status}) : réessayez plus tard.",
        "{host} answered with an error ({status}): try again later.",
    ),
    "too-many-redirects": (
        "{host} renvoie sans fin d'une adresse à l'autre : copiez de nouveau le lien de partage.",
        "{host} sends from one address to another without end: copy the shared link again.",
    ),
    "not-caldav": (
        "{host} ne répond pas comme un calendrier CalDAV : donnez l'adresse du calendrier lui-même.",
        "{host} does not answer as a CalDAV calendar: give the address of the calendar itself.",
    ),
}

_KINDS = {
    "html": ("une page web (HTML)", "a web page (HTML)"),
    "json": ("un fichier JSON", "a JSON file"),
    "xml": ("un fichier XML", "an XML file"),
    "pdf": ("un document PDF", "a PDF document"),
    "zip": ("une archive ZIP", "a ZIP archive"),
    "other": ("un autre fichier", "some other file"),
}

KINDS: dict[Kind, tuple[str, str]] = {
    "information": ("information", "information"),
    "debate": ("débat", "discussion"),
    "vote": ("vote", "vote"),
    "appointment": ("désignation", "appointment"),
}

PROBLEMS: dict[ProblemCode, tuple[str, str]] = {
    "not-read": (
        "{why} Ce calendrier n'a donc pas été lu.",
        "{why} So this calendar was not read.",
    ),
    "cut": (
        "Le fichier s'interrompt avant sa fin ; événements entiers lus : {events}.",
        "The file breaks off before its end; whole events read: {events}.",
    ),
    "no-envelope": (
        "Les événements ne sont pas dans un calendrier (VCALENDAR) ; ils ont été lus quand même.",
        "The events stand outside any calendar (VCALENDAR); they were read all the same.",
    ),
    "no-event": ("Le calendrier ne contient aucun événement.", "The calendar has no event in it."),
    "no-future-event": (
        "Le calendrier n'annonce aucune réunion à venir.",
        "The calendar announces no meeting to come.",
    ),
    "not-utf8": (
        "Le fichier n'est pas en UTF-8 ; il a été lu en Windows-1252 : vérifiez les accents.",
        "The file is not UTF-8; it was read as Windows-1252: check the accents.",
    ),
    "utf16": ("Le fichier est en UTF-16 ; il a été converti.", "The file is UTF-16; it was converted."),
    "window-cut": (
        "La période demandée a été ramenée à {years} ans.",
        "The period asked for was cut to {years} years.",
    ),
    "too-many-events": (
        "Seuls les {limit} premiers événements ont été lus.",
        "Only the first {limit} events were read.",
    ),
    "too-many-occurrences": (
        "Seules {limit} dates de réunions répétées ont été gardées ; demandez une période plus courte.",
        "Only {limit} dates of repeated meetings were kept; ask for a shorter period.",
    ),
    "too-much-work": (
        "La répétition de cet événement demande trop de calcul ; seule sa première date est gardée.",
        "Working out how this event repeats takes too long; only its first date is kept.",
    ),
    "more-problems": ("Et {count} autres remarques.", "And {count} more remarks."),
    "event-cut": (
        "Cet événement n'est pas entier ; il est laissé de côté.",
        "This event is not whole; it is left out.",
    ),
    "event-unreadable": (
        "Cet événement est illisible ; il est laissé de côté.",
        "This event cannot be read; it is left out.",
    ),
    "no-start": (
        "Cet événement n'a pas de date de début ; il est laissé de côté.",
        "This event has no start; it is left out.",
    ),
    "no-uid": (
        "Cet événement n'a pas d'identifiant (UID) ; il en a reçu un.",
        "This event has no identifier (UID); it was given one.",
    ),
    "bad-line": (
        "Cette ligne n'est pas une propriété ; elle a été jointe à la description qui la précède, s'il y en a une.",
        "This line is no property; it was joined to the description before it, if there is one.",
    ),
    "bad-value": (
        "La valeur de {name} est incorrecte ; elle a été ignorée.",
        "The value of {name} is wrong; it was ignored.",
    ),
    "line-cut": (
        "La propriété {name} est trop longue ; elle a été coupée.",
        "The property {name} is too long; it was cut.",
    ),
    "ends-before-start": (
        "Cet événement finit avant de commencer ; début et fin ont été échangés.",
        "This event ends before it starts; start and end were swapped.",
    ),
    "floating": (
        "Des heures sont sans fuseau horaire ; elles sont lues dans celui du conseil ({zone}).",
        "Some times have no time zone; they are read in the council's ({zone}).",
    ),
    "zone-guessed": (
        "Le fuseau horaire « {tzid} » a été compris comme {zone}.",
        "The time zone “{tzid}” was taken to mean {zone}.",
    ),
    "zone-unknown": (
        "Le fuseau horaire « {tzid} » est inconnu ; {zone} a été pris à sa place : vérifiez l'heure.",
        "The time zone “{tzid}” is unknown; {zone} was taken instead: check the time.",
    ),
    "zone-refused": (
        "La définition du fuseau horaire « {tzid} » est inutilisable.",
        "The definition of the time zone “{tzid}” cannot be used.",
    ),
    "rule-sub-daily": (
        "Cet événement se répéterait plusieurs fois par jour ; seule sa première date est gardée.",
        "This event would repeat many times a day; only its first date is kept.",
    ),
    "rule-never": (
        "La répétition de cet événement ne tombe sur aucun jour ; seule sa première date est gardée.",
        "The repetition of this event falls on no day at all; only its first date is kept.",
    ),
    "rule-bad": (
        "La règle de répétition de cet événement est incorrecte ; seule sa première date est gardée.",
        "The repetition rule of this event is wrong; only its first date is kept.",
    ),
    "rule-too-long": (
        "Cet événement répété dure ou se déplace de plus d'un an ; sa répétition est ignorée.",
        "This repeated event lasts or moves by more than a year; its repetition is ignored.",
    ),
    "series-unreadable": (
        "La répétition de cet événement n'a pas pu être calculée ; il est laissé de côté.",
        "How this event repeats could not be worked out; it is left out.",
    ),
    "no-agenda": (
        "Aucun ordre du jour n'a été trouvé pour « {title} » ; la réunion elle-même est le seul point.",
        "No agenda was found for “{title}”; the meeting itself is the only item.",
    ),
    "document-read": (
        "L'ordre du jour de « {title} » vient du document {name}.",
        "The agenda of “{title}” comes from the document {name}.",
    ),
    "document-unread": (
        "Le document {name} n'a pas pu être lu : mettez l'ordre du jour dans la description.",
        "The document {name} could not be read: put the agenda into the description.",
    ),
    "plan-too-long": (
        "L'ordre du jour demande {planned} min, la réunion n'en dure que {length}.",
        "The agenda takes {planned} min, the meeting lasts only {length}.",
    ),
    "item-outside": (
        "Le point {number} ({title}) est prévu hors de la réunion.",
        "Item {number} ({title}) is set outside the meeting.",
    ),
    "item-out-of-order": (
        "Le point {number} ({title}) commence avant la fin du précédent.",
        "Item {number} ({title}) begins before the one before it ends.",
    ),
}


def error(error: CalendarError, language: Language = "fr") -> str:
    """One clear sentence for an error."""
    fields = dict(error.fields)
    if error.code == "not-calendar":
        fields["kind"] = _pick(_KINDS.get(str(fields.get("kind")), _KINDS["other"]), language)
    return _pick(ERRORS[error.code], language).format(**fields)


def problem(problem: Problem, language: Language = "fr") -> str:
    """One clear sentence for a problem, without its place; a calendar that was not read says why in another one."""
    fields = dict(problem.fields)
    if problem.code == "not-read":
        code = cast("ErrorCode", fields.pop("code"))
        fields = {"why": error(CalendarError(code, **fields), language)}
    return _pick(PROBLEMS[problem.code], language).format(**fields)


def kind(kind: Kind, language: Language = "fr") -> str:
    """What an item is for."""
    return _pick(KINDS[kind], language)


def place(place: Place, language: Language = "fr") -> str:
    """Where a problem is: file, event and line, as far as they are known."""
    words = {"fr": ("événement", "ligne", "calendrier"), "en": ("event", "line", "calendar")}[language]
    parts = [
        place.file or "",
        f"{words[0]} {place.uid}" if place.uid else "",
        f"{words[1]} {place.line}" if place.line else "",
    ]
    return ", ".join(part for part in parts if part) or words[2]


def _pick(both: tuple[str, str], language: Language) -> str:
    return both[0] if language == "fr" else both[1]
