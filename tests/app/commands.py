"""The commands of the command line, those of a group by two words."""

import click


def runnable(group):
    """Return what can be run: {"search": command, "summaries import": command …}."""
    found = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            inner = runnable(command)
            found |= {f"{name} {word}": one for word, one in inner.items()}
        else:
            found[name] = command
    return found
