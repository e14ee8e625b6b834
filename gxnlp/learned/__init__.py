"""Trained weights applied with numpy alone: features to rows, linear models, what they say of text."""
