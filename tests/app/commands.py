"""The commands of the command line, those of a group by two words."""

import click


def listed(group):
    """Yield the name of each command of a group, and the command."""
    context = click.Context(group)
    for name in group.list_commands(context):
        yield name, group.get_command(context, name)


def runnable(group):
    """Return what can be run: {"search": command, "summaries import": command …}."""
    found = {}
    for name, command in listed(group):
        if isinstance(command, click.Group):
            inner = runnable(command)
            found |= {f"{name} {word}": one for word, one in inner.items()}
        else:
            found[name] = command
    return found
