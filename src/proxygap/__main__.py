"""``python -m proxygap`` is the command line."""

from proxygap.cli import main

main()
