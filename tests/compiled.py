"""Compiled once in each process, for all the portals that tests open: templates, and what builds addresses."""

from flask import Flask
from jinja2 import BytecodeCache
from werkzeug.routing import Rule


class Compiled(BytecodeCache):
    """Templates, compiled once in this process: each test has a portal of its own."""

    def __init__(self):
        self.kept = {}

    def load_bytecode(self, bucket):
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self.kept[bucket.key, bucket.checksum] = bucket.code


def once_for_each_address(compile_builder):
    """What builds an address is the same in every portal, and compiling it is most of opening one."""
    kept = {}

    def compiled(rule, append_unknown=True):
        key = (rule.rule, repr(rule.defaults), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    return compiled


Rule._compile_builder = once_for_each_address(Rule._compile_builder)
Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled()}
