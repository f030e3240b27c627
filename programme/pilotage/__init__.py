"""Lead: the figures of the fiches, the lists behind them, their results and their obstacles."""
