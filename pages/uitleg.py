"""Placeholder until the page is built."""

from wijkdata.ui import blocks, shell

shell.guard()
blocks.head("uitleg", "", "uitleg")
