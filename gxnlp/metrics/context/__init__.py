"""A quantity in its sentence: the words around it, which of them it counts, and what that makes it."""
