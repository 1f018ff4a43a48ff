"""Encoding: vectors of a build's papers, reused where a text was encoded before."""
