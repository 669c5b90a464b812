"""What a vocabulary finds and what it invents: clips with rare terms, and others without, heard with the terms and not.

python benchmarks/vocabulary.py FOLDER [--model base]
"""

import argparse
from pathlib import Path

from meeting import Clip, clips

from transcribe.engine import Job, Transcript
from transcribe.fetch import fetch
from transcribe.score import normalize, word_error_rate
from transcribe.whisper import Whisper

TERMS = {
    "fr": ("Comedian", "dièse", "étoile", "boîte vocale", "code d'accès", "mode discret"),
    "en": ("Comedian", "pound key", "blacklist", "log in", "parking", "weasels"),
}
LONGEST = 12.0  # seconds
OTHERS = 6  # one in so many of the clips without a term


def has(text: str, language: str, term: str) -> bool:
    return normalize(term, language) in normalize(text, language)


def chosen(folder: Path) -> list[Clip]:
    short = [clip for clip in clips(folder) if clip.seconds < LONGEST]
    with_terms = [one for one in short if any(has(one.reference, one.language, term) for term in TERMS[one.language])]
    return with_terms + [clip for clip in short if clip not in with_terms][::OTHERS]


def measure(engine: Whisper, some: list[Clip], prompted: bool) -> None:
    jobs = [
        Job(one.path.name, one.path.read_bytes(), one.language, terms=TERMS[one.language] if prompted else ())
        for one in some
    ]
    texts = [one.text if isinstance(one, Transcript) else "" for one in engine.transcribe(jobs)]
    spoken = found = invented = 0
    for clip, text in zip(some, texts, strict=True):
        for term in TERMS[clip.language]:
            said, heard = has(clip.reference, clip.language, term), has(text, clip.language, term)
            spoken, found, invented = spoken + said, found + (said and heard), invented + (heard and not said)
    rates = []
    for language in TERMS:
        pairs = [(clip.reference, text) for clip, text in zip(some, texts, strict=True) if clip.language == language]
        rates.append(f"WER {language} {100 * word_error_rate(pairs, language):.1f} %")
    name = "with terms" if prompted else "without"
    print(f"{name:12} {found} of {spoken} found, {invented} invented, {', '.join(rates)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="base")
    asked = parser.parse_args()
    engine, some = Whisper(fetch(asked.model)), chosen(asked.folder)
    for prompted in (False, True):
        measure(engine, some, prompted)


if __name__ == "__main__":
    main()
