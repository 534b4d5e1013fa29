"""The questions that every peer is asked, and the shape of the answers. Imports nothing: peers run without Desireline.

====================  ==================================================================================================
``flow``              ``[[from, to, count, customers, median_seconds, mean_seconds], ...]``, a row for each pair of
                      touchpoints that directly follow each other
``variants``          ``[[path, customers], ...]``, the most frequent exact sequences, then by path
``funnel``            ``[customers, ...]`` who reach each step, in order, anything in between, within the window of
                      the first step
``sessions``          ``[sessions, median_interactions, median_seconds]``; a session ends where the pause is longer
                      than the gap
``channels``          ``[[kind, from, to, count, customers], ...]`` with ``move`` between two different channels; a
                      ``start`` has only the channel it starts in (``to``), an ``end`` the one it ends in
====================  ==================================================================================================

Medians are exact, of an even number of values the mean of the two in the middle. What a peer does not answer is null.
"""

from __future__ import annotations

QUESTIONS = ("flow", "variants", "funnel", "sessions", "channels")
TITLES = {
    "flow": "Flow with exact medians",
    "variants": "Top 20 exact sequences",
    "funnel": "Funnel, 4 steps in 7 days",
    "sessions": "Sessions, 30-minute gap",
    "channels": "Moves between channels",
}
STEPS = tuple(f"Touchpoint {code:02}" for code in (3, 7, 11, 19))
WINDOW_DAYS = 7
GAP_MINUTES = 30
TOP = 20
