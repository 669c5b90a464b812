"""What the log says is to be done, minus what is done: words for utterances, minutes for meetings adjourned."""
