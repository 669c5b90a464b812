"""How well Whisper base hears the cast, voice by voice: the table of scenarios/audio/README.md.

python benchmarks/voices.py [fr] [en]
"""

import sys

from faster_whisper import WhisperModel

from meetings.rehearsal.accuracy import Said, measure
from meetings.rehearsal.scenario import STORIES, load
from transcribe.fetch import fetch


def main() -> None:
    model = WhisperModel(str(fetch("base")), device="cpu", compute_type="int8", cpu_threads=2)
    for lang in sys.argv[1:] or STORIES:
        lines = load(STORIES[lang]).lines
        script = [Said(line.member, line.item, line.text) for line in lines]
        heard = [
            Said(line.member, line.item, " ".join(part.text for part in model.transcribe(str(line.audio), lang)[0]))
            for line in lines
        ]
        for key in dict.fromkeys(line.member for line in lines):
            said, understood = ([one for one in every if one.speaker == key] for every in (script, heard))
            print(f"{lang} {key:9} {100 * measure(said, understood, lang).wer:5.1f} %")
        print(f"{lang} together  {100 * measure(script, heard, lang).wer:5.1f} %")


if __name__ == "__main__":
    main()
