"""The running machine: command line, settings, runs, demo."""
