"""The fingerprint of a finished board's archive."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "bfb43c39e48a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("box") as table:
        table.add_column(sa.Column("archive", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("box") as table:
        table.drop_column("archive")
