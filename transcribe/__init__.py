"""Local speech to text: an utterance of Ogg/Opus goes in, guarded text comes out, from worker processes or a cluster.

Start with `transcribe.pool.Pool`; models are described in `transcribe.catalogue` and fetched by `transcribe.fetch`.
"""
