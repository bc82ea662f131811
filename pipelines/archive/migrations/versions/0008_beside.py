"""Tellings that name what is shown beside a story: possible copies and translations."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column, and have every story that is linked to others told anew."""
    op.add_column("tellings", sa.Column("beside", sa.String, nullable=False, server_default=""))
    for end in ("article", "other"):
        op.execute(
            f"INSERT INTO untold (story) SELECT DISTINCT story FROM articles JOIN links ON links.{end} = articles.id "  # noqa: S608
            "WHERE links.kind <> 'copy'"
        )
