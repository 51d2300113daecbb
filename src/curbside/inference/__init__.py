"""Models that turn text into numbers or text: each behind a Protocol, with a scripted fake beside the real thing."""
