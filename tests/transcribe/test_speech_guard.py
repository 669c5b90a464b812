import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcribe.guard import Cause, Heard, Verdict, judge, loops, suspect


def heard(text, *, logprob=-0.3, no_speech=0.02, seconds=4.0, speech=3.5, prompt="", cut=False):
    return Heard(text, "fr", logprob, no_speech, seconds, speech, prompt, cut)


SOUND = "Je propose de reporter le vote à la prochaine séance."


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        (heard("Sous-titres réalisés par la communauté.", speech=0.0), Cause.SILENCE),
        (heard("Merci d'avoir regardé.", logprob=-1.3, no_speech=0.8), Cause.NOISE),
        (heard("le budget est adopté " * 12, seconds=20.0, speech=19.0), Cause.LOOP),
        (heard(SOUND * 2, seconds=0.5, speech=0.3), Cause.RATE),
        (heard("Thank you very much.", logprob=-0.71, no_speech=0.47), Cause.NOISE),
        (heard("Bonjour à tous " + "et à tous " * 5, logprob=-0.56, no_speech=0.54), Cause.LOOP),
        (heard("Sous-titrage Société Radio-Canada", logprob=-0.6), Cause.KNOWN),
        (heard("voici la séance", logprob=-0.9, prompt="Bonjour. Voici la séance."), Cause.ECHO),
    ],
)
def test_an_invention_is_refused_by_its_cause(said, cause):
    assert judge(said) == Verdict(refused=True, cause=cause)


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        (heard(SOUND, logprob=-0.9), Cause.UNSURE),
        (heard(SOUND, logprob=-0.6, no_speech=0.5), Cause.UNSURE),
        (heard("Non, non, non, non, non."), Cause.LOOP),
        (heard("Thank you for watching."), Cause.KNOWN),
        (heard("Sous-titres réalisés par la communauté d'Amara.org"), Cause.KNOWN),
        (heard(SOUND, cut=True), Cause.LOOP),
    ],
)
def test_what_may_have_been_said_is_marked_and_kept(said, cause):
    assert judge(said) == Verdict(doubtful=True, cause=cause)


@pytest.mark.parametrize(
    "said",
    [
        heard(SOUND),
        heard("Oui.", seconds=0.6, speech=0.2),
        heard("Contre, contre, contre."),
        heard("Le sous-titrage de nos séances coûte trop cher, et Radio-Bleue n'en veut pas."),
        heard("Abonnez-moi cette rue au réseau d'eau, et merci d'avoir écouté."),
        heard("Record.", logprob=-0.59, no_speech=0.1, prompt="Here is the full record of the meeting."),
        heard("Oui.", prompt="Oui."),  # the prompt may be what the same member said before
        heard(SOUND, logprob=-0.1, no_speech=0.8),  # behind a prompt the no-speech number alone means little
        heard("", logprob=0.0, no_speech=0.2),
    ],
)
def test_sound_speech_passes_unmarked(said):
    assert judge(said) == Verdict()


def test_a_circle_of_several_words_is_a_loop():
    assert loops(heard("on vote, et puis " * 5))
    assert loops(heard("Je n'ai pas besoin d'un peu de ma vie. " * 3))
    assert not loops(heard("on vote, et puis on lève la main, et puis on vote encore."))


def test_a_phrase_twice_is_heard_again_but_may_stand():
    twice = heard("Appuyez sur huit pour finir, appuyez sur huit pour finir.")
    assert suspect(twice)
    assert judge(twice) == Verdict()
    assert not suspect(heard(SOUND))


@given(
    st.text(max_size=300),
    st.floats(-3, 0),
    st.floats(0, 1),
    st.floats(0, 60),
    st.text(max_size=40),
)
def test_every_verdict_says_why_and_is_one_of_the_two(text, logprob, no_speech, speech, prompt):
    verdict = judge(heard(text, logprob=logprob, no_speech=no_speech, speech=speech, prompt=prompt))
    assert not (verdict.refused and verdict.doubtful)
    assert (verdict.cause is not None) == (verdict.refused or verdict.doubtful)
