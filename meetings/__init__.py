"""Hemicycle: a council, its meetings, and everything that is drawn from their log."""
