"""The whole command line, as a person runs it: in a process of its own."""
