"""The command line: `main` finds the command; every other module here is one command, or what several share."""
