"""Tests of the reading room, asked over HTTP as a browser or a program asks it."""
