from __future__ import annotations

from ...sources.origins.conftest import s3, s3_server

__all__ = ["s3", "s3_server"]
