"""Runs the migrations of whichever service called, on its connection."""  # noqa: INP001

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    render_as_batch=True,  # SQLite cannot alter most things in place
    compare_type=True,
    user_module_prefix="",
)
with context.begin_transaction():
    context.run_migrations()
