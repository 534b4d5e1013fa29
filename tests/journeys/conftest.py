from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from desireline.journeys.analyses import medians

# The first example compiles kernels, so that no example has a deadline.
settings.register_profile("compiled", deadline=None)
settings.load_profile("compiled")


@pytest.fixture(params=["all values kept", "histograms"], scope="module")
def way_to_medians(request: pytest.FixtureRequest) -> Iterator[str]:
    """Little data needs no histogram: run the tests that use medians both ways."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "histograms":
            patch.setattr(medians, "FEW_VALUES", 1)
            patch.setattr(medians, "FEW_VALUES_IN_ALL", 0)
            patch.setattr(medians, "MOST_NEAR", 0)
        yield request.param
