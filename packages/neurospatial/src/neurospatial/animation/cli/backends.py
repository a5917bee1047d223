"""`neurospatial backends`: what fields can be shown with, here."""

from argparse import ArgumentParser, Namespace

SUMMARY = "List the backends: available, or why not and how to install them."


def add_arguments(parser: ArgumentParser) -> None:
    """Take no options."""


def run(arguments: Namespace) -> None:
    """Print a line for each backend."""
    from neurospatial.backends import backend_statuses

    statuses = backend_statuses()
    width = max(len(status.name) for status in statuses)
    for status in statuses:
        print(f"{status.name:<{width}}  {status.reason or 'available'}")
