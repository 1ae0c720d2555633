"""Telling people that something happened, on the screen and by safe channels, in their language."""
