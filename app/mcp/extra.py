"""The extra `mcp`: the official SDK of the protocol. It is found without being imported."""

from importlib.util import find_spec

GET_MCP = (
    "run `make mcp` in a checkout, or `pip install 'WHEEL[mcp]'` with the file name of "
    "Winnow's wheel"
)
"""How to install the extra."""

_PACKAGES = ("mcp", "mcp_types")  # the first alone is version 1, which we do not speak


def is_installed() -> bool:
    """Tell whether the SDK is there, in the version that we use."""
    return all(_is_package(name) for name in _PACKAGES)


def _is_package(name: str) -> bool:
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):  # half imported, or half removed
        return False
    return spec is not None and spec.origin is not None
