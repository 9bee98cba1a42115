"""Renderers: one module or package for each output. They draw a Document and decide nothing."""
