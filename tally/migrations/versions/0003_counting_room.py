"""The counting room: numbers told first, own and outside counts, remarks."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remark",
        sa.Column("uuid", sa.String(length=22), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["uuid"], ["committee.uuid"], name="fk_remark_uuid_committee"
        ),
        sa.PrimaryKeyConstraint("uuid", "number", name="pk_remark"),
    )
    told: sa.Column[bool] = sa.Column(
        "numbers_told", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    own: sa.Column[str] = sa.Column(
        "own_count", sa.String(length=10), nullable=False, server_default=""
    )
    with op.batch_alter_table("count") as table:
        table.add_column(told)
        table.add_column(sa.Column("tool", sa.Text(), nullable=True))
    with op.batch_alter_table("member") as table:
        table.add_column(own)
    with op.batch_alter_table("count") as table:
        table.alter_column("numbers_told", server_default=None)
    with op.batch_alter_table("member") as table:
        table.alter_column("own_count", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("member") as table:
        table.drop_column("own_count")
    with op.batch_alter_table("count") as table:
        table.drop_column("tool")
        table.drop_column("numbers_told")
    op.drop_table("remark")
