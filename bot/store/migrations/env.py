"""What Alembic runs: our models, on the connection we give it."""

from alembic import context

from bot.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter a table in place
    user_module_prefix="schema.",
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
