"""Over the French of the library: the hour is said of a day as one speaks, « à 14:30 »."""

DATETIME_FORMAT = "j F Y à H:i"
