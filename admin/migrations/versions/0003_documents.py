"""Documents: letterheads, who signs, signed records, what the room sees."""

import sqlalchemy as sa
from alembic import op

revision = "1dc47f63445e"
down_revision = "9177d624476b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letterhead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=300), nullable=False),
        sa.Column("folded", sa.String(length=600), nullable=False),
        sa.Column("layout", sa.String(length=10), nullable=False),
        sa.Column("superior", sa.String(length=300), nullable=False),
        sa.Column("symbol", sa.String(length=60), nullable=False),
        sa.Column("locality", sa.String(length=120), nullable=False),
        sa.Column("top", sa.Integer(), nullable=True),
        sa.Column("bottom", sa.Integer(), nullable=True),
        sa.Column("left", sa.Integer(), nullable=True),
        sa.Column("right", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_letterhead"),
        sa.UniqueConstraint("folded", name="uq_letterhead_folded"),
    )
    op.create_table(
        "details",
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("letterhead_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("secrecy", sa.String(length=10), nullable=False),
        sa.Column("chair_name", sa.String(length=120), nullable=False),
        sa.Column("chair_title", sa.String(length=300), nullable=False),
        sa.Column("secretary_name", sa.String(length=120), nullable=False),
        sa.Column("secretary_title", sa.String(length=300), nullable=False),
        sa.Column("reporter", sa.String(length=300), nullable=False),
        sa.Column("bases", sa.Text(), nullable=False),
        sa.Column("discussion", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conference_id"],
            ["conference.id"],
            name="fk_details_conference_id_conference",
        ),
        sa.ForeignKeyConstraint(
            ["letterhead_id"],
            ["letterhead.id"],
            name="fk_details_letterhead_id_letterhead",
        ),
        sa.PrimaryKeyConstraint("conference_id", name="pk_details"),
    )
    op.create_table(
        "signed_record",
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conference_id"],
            ["conference.id"],
            name="fk_signed_record_conference_id_conference",
        ),
        sa.PrimaryKeyConstraint("conference_id", "number", name="pk_signed_record"),
    )
    shows = sa.Column("shows", sa.String(length=20), nullable=False, server_default="")
    with op.batch_alter_table("conference") as table:
        table.add_column(shows)
    with op.batch_alter_table("conference") as table:
        table.alter_column("shows", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("conference") as table:
        table.drop_column("shows")
    op.drop_table("signed_record")
    op.drop_table("details")
    op.drop_table("letterhead")
