"""What runs analyses: threads on this machine, or a Spark cluster."""

from typing import TYPE_CHECKING

from desireline.base.lazy import lazy_names

if TYPE_CHECKING:
    from desireline.journeys.engines.choosing import engine_for, using
    from desireline.journeys.engines.local import LocalEngine, SpanSource
    from desireline.journeys.engines.spark import SparkEngine
else:
    __getattr__ = lazy_names(
        __name__,
        {
            "LocalEngine": "local",
            "SpanSource": "local",
            "SparkEngine": "spark",
            "engine_for": "choosing",
            "using": "choosing",
        },
    )

__all__ = [
    "LocalEngine",
    "SpanSource",
    "SparkEngine",
    "engine_for",
    "using",
]


def __dir__() -> list[str]:
    return __all__
