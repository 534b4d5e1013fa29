"""What people use for the same questions: one module for each, run in a process and an environment of its own.

Every module has the same functions, and nothing of Desireline is imported beside them:

    load(path, folder)      read the Parquet file into the peer's best form; ``folder`` is there for its files
    flow(log)               and the other questions, see :mod:`benchmarks.questions`, where it can answer them
    DIFFERS                 by question: what it answers differently, in words
"""
