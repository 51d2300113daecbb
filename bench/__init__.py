"""Speed and memory, with the machine beside the figures: `python -m bench TASK`."""
