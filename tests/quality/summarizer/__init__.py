"""Make the weights of the summarizer, and measure what they are worth: `python -m tests.quality.summarizer`."""
