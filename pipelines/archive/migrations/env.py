"""What Alembic runs to bring an archive to the newest shape; the connection is handed over by `Archive`."""

from alembic import context

from pipelines.archive.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
