from __future__ import annotations

from hypothesis import settings

# The first example compiles kernels, so that no example has a deadline.
settings.register_profile("compiled", deadline=None)
settings.load_profile("compiled")
