"""What a query says: text -> tree -> plan, without knowing any engine.

The nodes of the tree are in ``searchkit.query.tree``, those of the plan in
``searchkit.query.plan``.
"""
