"""Figures that hang together: coordinations, lists of parts, their sums, figures that go on."""
