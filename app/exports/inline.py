r"""A formula as it may stand within a line: `align` becomes `aligned`, and so on."""

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
    """Return TeX whose environments are such as a line can hold (amsmath's)."""
    return _ENVIRONMENT.sub(_replace_environment, tex)


def _replace_environment(found: re.Match[str]) -> str:
    name = _WITHIN.get(found[2])
    return rf"\{found[1]}{{{name}}}" if name else ""
