"""`python -m meetings` is the command `hemicycle`."""

from meetings.cli import main

main()
