"""Quality on labelled data: one module a task, each a scorer whose figures only move up.

Run one with `python -m evals TASK [options] --json`; the table of tasks stands in `evals.__main__`.
"""
