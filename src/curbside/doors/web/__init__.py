"""The web door: pages that a browser reads, useful without a script. It translates and never decides."""
