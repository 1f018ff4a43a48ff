"""Copies the files that pages use from node_modules/ to static/vendor/.

It copies only the files named here: a package's other files are never served.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "static" / "vendor"

_MATHJAX = (
    *("startup", "core", "input/tex-base", "output/chtml", "output/svg"),
    *("ui/safe",),
    *(
        f"input/tex/extensions/{name}"
        for name in (
            "ams amscd boldsymbol braket cancel cases centernot color configmacros "
            "empheq enclose extpfeil gensymb mathtools mhchem newcommand noundefined "
            "physics textcomp textmacros units upgreek"
        ).split()
    ),
)
_NEWCM = "@mathjax/mathjax-newcm-font"
_CHEMISTRY = "@mathjax/mathjax-mhchem-font-extension"
_SERIF = "@fontsource-variable/source-serif-4"
FILES = {
    "swagger-ui/swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
    "swagger-ui/swagger-ui-bundle.js": "swagger-ui-dist/swagger-ui-bundle.js",
    "swagger-ui/LICENSE": "swagger-ui-dist/LICENSE",
    "marked/marked.js": "marked/lib/marked.esm.js",
    "marked/marked.d.ts": "marked/lib/marked.d.ts",
    "marked/LICENSE": "marked/LICENSE",
    "dompurify/purify.js": "dompurify/dist/purify.es.mjs",
    "dompurify/purify.d.ts": "dompurify/dist/purify.es.d.mts",
    "dompurify/LICENSE": "dompurify/LICENSE",
    "mathjax/LICENSE": "mathjax/LICENSE",
    **{f"mathjax/{name}.js": f"mathjax/{name}.js" for name in _MATHJAX},
    "fonts/LICENSE": f"{_SERIF}/LICENSE",
    **{
        f"fonts/source-serif-4-{subset}.woff2": (
            f"{_SERIF}/files/source-serif-4-{subset}.woff2"
        )
        for subset in (
            "latin-wght-normal",
            "latin-ext-wght-normal",
            "vietnamese-wght-normal",
            "greek-wght-normal",
            "cyrillic-wght-normal",
            "latin-wght-italic",
            "latin-ext-wght-italic",
        )
    },
}
"""Each file below static/vendor, and its source below node_modules."""


FOLDERS = {
    **{
        f"mathjax-fonts/mathjax-newcm-font/{name}": f"{_NEWCM}/{name}"
        for name in ("chtml.js", "svg.js", "chtml", "svg")
    },
    **{
        f"mathjax-fonts/mathjax-mhchem-font-extension/{name}": f"{_CHEMISTRY}/{name}"
        for name in ("chtml.js", "svg.js", "chtml")
    },
}
"""Files and folders copied whole: a browser fetches parts of a font on demand."""


def main() -> None:
    """Rebuild static/vendor."""
    draft = VENDOR.with_name("vendor.new")
    shutil.rmtree(draft, ignore_errors=True)
    for target, source in FILES.items():
        file = ROOT / "node_modules" / source
        if not file.is_file():
            sys.exit(f"{file} is missing; run `make clean` and try again")
        (draft / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, draft / target)
    for target, source in FOLDERS.items():
        found = ROOT / "node_modules" / source
        (draft / target).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if found.is_dir() else shutil.copyfile)(found, draft / target)
    shutil.rmtree(VENDOR, ignore_errors=True)
    draft.rename(VENDOR)


if __name__ == "__main__":
    main()
