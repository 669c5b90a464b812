"""Fields that came to the document after the first were signed."""

from pydantic import Field

LATER = Field(exclude_if=lambda value: not value)
"""Of one that says nothing: documents signed before keep the bytes that were signed."""
