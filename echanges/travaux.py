"""What is asked of the worker: its queues, one thread each, so that what is long delays nothing."""

COURANTE, LONGUE = FILES = ("default", "longue")
