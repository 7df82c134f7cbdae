"""A key kept for the day: which vote it was made for, and the votes of a day.

Of a committee from before nobody noted the day, so its key is never kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "cf76376a7ccb"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("committee") as table:
        table.add_column(sa.Column("convened_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("origin", sa.String(length=22), nullable=True))
        table.add_column(sa.Column("first", sa.String(length=22), nullable=True))
        table.add_column(sa.Column("turn", sa.Integer(), nullable=True))
    committee = sa.table(
        "committee",
        sa.column("uuid", sa.String),
        sa.column("origin", sa.String),
        sa.column("first", sa.String),
        sa.column("turn", sa.Integer),
    )
    own = {"origin": committee.c.uuid, "first": committee.c.uuid, "turn": 1}
    op.execute(committee.update().values(own))
    with op.batch_alter_table("committee") as table:
        for name in ("origin", "first"):
            table.alter_column(name, existing_type=sa.String(length=22), nullable=False)
            table.create_foreign_key(
                f"fk_committee_{name}_committee", "committee", [name], ["uuid"]
            )
        table.alter_column("turn", existing_type=sa.Integer(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("committee") as table:
        for name in ("first", "origin"):
            table.drop_constraint(f"fk_committee_{name}_committee", type_="foreignkey")
        for name in ("turn", "first", "origin", "convened_on"):
            table.drop_column(name)
