r"""Inline forms of display formulas: `align` becomes `aligned`, and so on."""

import re

_WITHIN = {
    "align": "aligned",
    "alignat": "alignedat",
    "eqnarray": "aligned",
    "flalign": "aligned",
    "gather": "gathered",
    "multline": "gathered",
}
_ALONE = ("displaymath", "equation", "math")
_ENVIRONMENT = re.compile(rf"\\(begin|end)\{{({'|'.join((*_WITHIN, *_ALONE))})\*?\}}")


def make_inline(tex: str) -> str:
    """Replace display environments by amsmath's inline ones, or drop them."""
    return _ENVIRONMENT.sub(_replace_environment, tex)


def _replace_environment(found: re.Match[str]) -> str:
    name = _WITHIN.get(found[2])
    return rf"\{found[1]}{{{name}}}" if name else ""
