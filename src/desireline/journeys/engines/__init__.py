"""What runs analyses: threads on this machine, or a Spark cluster."""

from desireline.journeys.engines.choosing import engine_for, using
from desireline.journeys.engines.local import LocalEngine, SpanSource
from desireline.journeys.engines.spark import SparkEngine

__all__ = ["LocalEngine", "SpanSource", "SparkEngine", "engine_for", "using"]
