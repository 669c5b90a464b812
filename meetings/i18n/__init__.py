"""Words, dates and typography in the reader's language.

To add a string: give it a key `room.what_it_says` (the room that uses it, then what it says, lower case), and put
its words into both `locale/fr.po` and `locale/en.po`, in that room's section, in alphabetical order of the keys, so
that additions made side by side merge. Fields stand in braces; counted strings have `msgid_plural` and use `{count}`:

    msgid "floor.waiting"
    msgid_plural "floor.waiting"
    msgstr[0] "{count} personne attend la parole."
    msgstr[1] "{count} personnes attendent la parole."

then `t = translator("fr")`, `t("floor.given", name="Anne")`, `t.n("floor.waiting", 3)`. A domain refusal with code `c`
is worded under `refusal.c`. Type ordinary spaces, straight apostrophes and "quotes": catalogues are given
their typography when they are read. `.po` files are all there is: no build step.
"""

from meetings.i18n.catalogue import LANGUAGES, MissingWordsError, Translator, keys, language, translator

__all__ = ["LANGUAGES", "MissingWordsError", "Translator", "keys", "language", "translator"]
