"""``python -m desireline``."""

from desireline.app.commands import main

main()
