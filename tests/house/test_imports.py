"""Nothing imports in a circle."""

import grimp


def test_no_modules_import_each_other_in_a_circle():
    graph = grimp.build_graph("portal", cache_dir=None)
    importing = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert circles(importing) == []


def test_a_circle_is_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a, b, c"]


def circles(importing):
    """Take away, again and again, what imports nothing that is left or is imported by nothing left."""
    left = {module: set(imported) for module, imported in importing.items()}
    while True:
        imported = set().union(*left.values()) if left else set()
        free = {m for m in left if m not in imported or not left[m] & left.keys()}
        if not free:
            break
        left = {m: targets - free for m, targets in left.items() if m not in free}
    return [", ".join(sorted(left))] if left else []
