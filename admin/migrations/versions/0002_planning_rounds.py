"""Planning rounds: procedure versions, agenda items, people, rounds, calendar.

A conference of the former shape becomes a sitting with one agenda item. There was one
procedure at that time, with ballots in steps 3 to 5; they decide as they did, so those
conferences follow the file as it is now.
"""

import hashlib
import importlib.resources
import tomllib
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from web.db import UTCDateTime

revision = "9177d624476b"
down_revision = "5d6677b5cdc0"
branch_labels = None
depends_on = None

_ONLY = "s000-next-term-onsite"


def upgrade() -> None:
    _create_tables()
    with op.batch_alter_table("position") as table:
        table.add_column(sa.Column("item_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("planned_position_id", sa.Integer(), nullable=True))
    _move_steps()
    with op.batch_alter_table("position") as table:
        table.alter_column("item_id", existing_type=sa.Integer(), nullable=False)
        table.create_foreign_key(
            "fk_position_planned_position_id_planned_position",
            "planned_position",
            ["planned_position_id"],
            ["id"],
        )
        table.create_foreign_key(
            "fk_position_item_id_agenda_item", "agenda_item", ["item_id"], ["id"]
        )
    with op.batch_alter_table("conference") as table:
        table.add_column(sa.Column("committee_of_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            "fk_conference_committee_of_id_conference",
            "conference",
            ["committee_of_id"],
            ["id"],
        )
        table.drop_column("procedure_version")
        table.drop_column("step")
        table.drop_column("procedure")
    for name in ("delegate", "nominee"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
            table.create_foreign_key(
                f"fk_{name}_person_id_person", "person", ["person_id"], ["id"]
            )


def _move_steps() -> None:
    """Give every conference its one agenda item, and its positions to that."""
    bind = op.get_bind()
    if not bind.execute(sa.text("SELECT count(*) FROM conference")).scalar():
        return
    folder = importlib.resources.files("admin") / "procedures"
    text = (folder / f"{_ONLY}.toml").read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    bind.execute(
        sa.text("INSERT INTO profile VALUES (:digest, :id, :version, :text, :now)"),
        {
            "digest": digest,
            "id": _ONLY,
            "version": tomllib.loads(text)["version"],
            "text": text,
            "now": datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" "),
        },
    )
    bind.execute(
        sa.text(
            "INSERT INTO agenda_item"
            " (conference_id, number, procedure, profile_digest, step, choices)"
            " SELECT id, 1, procedure, :digest, step, '{}' FROM conference"
        ),
        {"digest": digest},
    )
    bind.execute(
        sa.text(
            "UPDATE position SET item_id = (SELECT agenda_item.id FROM agenda_item"
            " WHERE agenda_item.conference_id = position.conference_id)"
        )
    )


def _create_tables() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.String(length=1500), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("sex", sa.String(length=8), nullable=False),
        sa.Column("ethnicity", sa.String(length=60), nullable=False),
        sa.Column("home", sa.String(length=300), nullable=False),
        sa.Column("party_joined", sa.Date(), nullable=True),
        sa.Column("party_official", sa.Date(), nullable=True),
        sa.Column("post", sa.String(length=300), nullable=False),
        sa.Column("unit", sa.String(length=300), nullable=False),
        sa.Column("profession", sa.String(length=300), nullable=False),
        sa.Column("theory", sa.String(length=120), nullable=False),
        sa.Column("management", sa.String(length=120), nullable=False),
        sa.Column("languages", sa.String(length=120), nullable=False),
        sa.Column("computing", sa.String(length=120), nullable=False),
        sa.Column("evaluations", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("key", name=op.f("uq_person_key")),
    )
    op.create_table(
        "profile",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kept_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_profile")),
    )
    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_profile_procedure"), ["procedure"], unique=False
        )

    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("office", sa.String(length=300), nullable=False),
        sa.Column("document", sa.String(length=300), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("level", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_unit_round_id_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_unit_round_id")),
    )
    op.create_table(
        "deadline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("before", sa.Boolean(), nullable=False),
        sa.Column("yearly", sa.Boolean(), nullable=False),
        sa.Column("exceptional", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_deadline_round_id_round")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_deadline_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deadline_round_id"), ["round_id"], unique=False
        )

    op.create_table(
        "deadline_done",
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["deadline.id"],
            name=op.f("fk_deadline_done_deadline_id_deadline"),
        ),
        sa.PrimaryKeyConstraint("deadline_id", "year", name=op.f("pk_deadline_done")),
    )
    op.create_table(
        "instance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("profile_digest", sa.String(length=64), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_digest"],
            ["profile.digest"],
            name=op.f("fk_instance_profile_digest_profile"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_instance_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance")),
    )
    op.create_table(
        "planned_position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("cap", sa.Integer(), nullable=True),
        sa.Column("managed_by", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_planned_position_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_position")),
        sa.UniqueConstraint(
            "unit_id", "number", name=op.f("uq_planned_position_unit_id")
        ),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("procedure", sa.String(length=64), nullable=False),
        sa.Column("profile_digest", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("instance_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conference_id"],
            ["conference.id"],
            name=op.f("fk_agenda_item_conference_id_conference"),
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["instance.id"],
            name=op.f("fk_agenda_item_instance_id_instance"),
        ),
        sa.ForeignKeyConstraint(
            ["profile_digest"],
            ["profile.digest"],
            name=op.f("fk_agenda_item_profile_digest_profile"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint(
            "conference_id", "number", name=op.f("uq_agenda_item_conference_id")
        ),
    )
    op.create_table(
        "instance_position",
        sa.Column("instance_id", sa.Integer(), nullable=False),
        sa.Column("planned_position_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["instance.id"],
            name=op.f("fk_instance_position_instance_id_instance"),
        ),
        sa.ForeignKeyConstraint(
            ["planned_position_id"],
            ["planned_position.id"],
            name=op.f("fk_instance_position_planned_position_id_planned_position"),
        ),
        sa.PrimaryKeyConstraint(
            "instance_id", "planned_position_id", name=op.f("pk_instance_position")
        ),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("instance_id", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("starts_at", UTCDateTime(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["after_id"], ["meeting.id"], name=op.f("fk_meeting_after_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["instance.id"],
            name=op.f("fk_meeting_instance_id_instance"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_meeting_round_id_round")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_meeting_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meeting_round_id"), ["round_id"], unique=False
        )

    op.create_table(
        "plan_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("ground", sa.String(length=300), nullable=False),
        sa.Column("document_number", sa.String(length=120), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_plan_entry_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["planned_position.id"],
            name=op.f("fk_plan_entry_position_id_planned_position"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_entry")),
        sa.UniqueConstraint(
            "position_id", "person_id", name=op.f("uq_plan_entry_position_id")
        ),
    )
    op.create_table(
        "step_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(length=300), nullable=False),
        sa.Column("document_number", sa.String(length=120), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["instance.id"],
            name=op.f("fk_step_record_instance_id_instance"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_record")),
        sa.UniqueConstraint(
            "instance_id", "step", name=op.f("uq_step_record_instance_id")
        ),
    )
    op.create_table(
        "tie_decision",
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("head_name", sa.String(length=120), nullable=False),
        sa.Column("head_title", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
            name=op.f("fk_tie_decision_position_id_position"),
        ),
        sa.PrimaryKeyConstraint("position_id", name=op.f("pk_tie_decision")),
    )
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=22), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
            name=op.f("fk_withdrawal_position_id_position"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
        sa.UniqueConstraint(
            "position_id", "key", name=op.f("uq_withdrawal_position_id")
        ),
    )
