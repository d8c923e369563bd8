"""The first tables of the record, and the triggers that keep the audit trail append-only."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit_entry",)


def upgrade() -> None:
    """Make every table, then the triggers. A file keeps its version in its header as well."""
    make_tables()
    on_server = op.get_bind().dialect.name == "postgresql"
    for table in APPEND_ONLY:
        (forbid_changes_on_server if on_server else forbid_changes)(table)
    if not on_server:
        op.execute("PRAGMA user_version = 1")


def forbid_changes(table: str) -> None:
    """Refuse UPDATE and DELETE in the database itself, whoever asks."""
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is only ever added to'); END"
        )


def forbid_changes_on_server(table: str) -> None:
    """The same on PostgreSQL, where a table can be emptied by TRUNCATE too."""
    op.execute(
        f"CREATE FUNCTION {table}_stands() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit trail is only ever added to'; END $$"
    )
    for verb in ("UPDATE", "DELETE", "TRUNCATE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_stands()"
        )


def make_tables() -> None:
    """The tables, as they stood in the first version."""
    op.create_table(
        "adult",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("born_given", sa.String(length=40), nullable=False),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("ethnicity", sa.String(length=40), nullable=True),
        sa.Column("home_address", sa.Text(), nullable=True),
        sa.Column("own_children", sa.Text(), nullable=True),
        sa.Column("other_work", sa.Text(), nullable=True),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("born_given IN ('recorded', 'not_known', 'to_confirm')", name="ck_adult_born_given_listed"),
        sa.CheckConstraint("length(born_given) <= 40", name="ck_adult_born_given_length"),
        sa.CheckConstraint("length(ethnicity) <= 40", name="ck_adult_ethnicity_length"),
        sa.CheckConstraint("length(home_address) <= 20000", name="ck_adult_home_address_length"),
        sa.CheckConstraint("length(name) <= 200", name="ck_adult_name_length"),
        sa.CheckConstraint("length(other_work) <= 20000", name="ck_adult_other_work_length"),
        sa.CheckConstraint("length(own_children) <= 20000", name="ck_adult_own_children_length"),
        sa.CheckConstraint("length(sex) <= 40", name="ck_adult_sex_length"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_adult_born_on",
        "adult",
        ["born_on"],
        unique=False,
        sqlite_where=sa.text("born_on IS NOT NULL"),
        postgresql_where=sa.text("born_on IS NOT NULL"),
    )
    op.create_table(
        "child",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("needs", sa.String(length=40), nullable=False),
        sa.Column("in_care", sa.String(length=40), nullable=False),
        sa.Column("placing_authority", sa.String(length=200), nullable=True),
        sa.Column("social_worker", sa.String(length=200), nullable=True),
        sa.CheckConstraint("in_care IN ('yes', 'no', 'not_known')", name="ck_child_in_care_listed"),
        sa.CheckConstraint("needs IN ('yes', 'no', 'not_known')", name="ck_child_needs_listed"),
        sa.CheckConstraint("length(address) <= 20000", name="ck_child_address_length"),
        sa.CheckConstraint("length(in_care) <= 40", name="ck_child_in_care_length"),
        sa.CheckConstraint("length(name) <= 200", name="ck_child_name_length"),
        sa.CheckConstraint("length(needs) <= 40", name="ck_child_needs_length"),
        sa.CheckConstraint("length(placing_authority) <= 200", name="ck_child_placing_authority_length"),
        sa.CheckConstraint("length(sex) <= 40", name="ck_child_sex_length"),
        sa.CheckConstraint("length(social_worker) <= 200", name="ck_child_social_worker_length"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("upheld", sa.String(length=40), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.CheckConstraint("upheld IN ('yes', 'no', 'not_known')", name="ck_complaint_upheld_listed"),
        sa.CheckConstraint("length(upheld) <= 40", name="ck_complaint_upheld_length"),
        sa.CheckConstraint("length(words) <= 20000", name="ck_complaint_words_length"),
        sa.CheckConstraint("stage IN (1, 2)", name="ck_complaint_stage"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("organisation", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=60), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.CheckConstraint("length(agency) <= 40", name="ck_contact_agency_length"),
        sa.CheckConstraint("length(email) <= 200", name="ck_contact_email_length"),
        sa.CheckConstraint("length(name) <= 200", name="ck_contact_name_length"),
        sa.CheckConstraint("length(organisation) <= 200", name="ck_contact_organisation_length"),
        sa.CheckConstraint("length(phone) <= 60", name="ck_contact_phone_length"),
        sa.CheckConstraint("length(role) <= 40", name="ck_contact_role_length"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "duty_spell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("from_at", UTCDateTime(), nullable=False),
        sa.Column("to_at", UTCDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint("status IN ('open', 'reduced', 'enquiries_suspended')", name="ck_duty_spell_status_listed"),
        sa.CheckConstraint("length(reason) <= 200", name="ck_duty_spell_reason_length"),
        sa.CheckConstraint("length(status) <= 40", name="ck_duty_spell_status_length"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.CheckConstraint("length(sector) <= 40", name="ck_feedback_sector_length"),
        sa.CheckConstraint("length(words) <= 20000", name="ck_feedback_words_length"),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name="ck_feedback_score"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "name_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column(
            "word", sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "sounds_like",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "word", name="uq_name_word"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_name_word_sound", "name_word", ["kind", "sounds_like"], unique=False)
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("initials", sa.String(length=6), nullable=False),
        sa.Column("sign_in", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("role IN ('manager', 'lado', 'cro', 'relief', 'auditor')", name="ck_officer_role_listed"),
        sa.CheckConstraint("length(initials) <= 6", name="ck_officer_initials_length"),
        sa.CheckConstraint("length(name) <= 200", name="ck_officer_name_length"),
        sa.CheckConstraint("length(role) <= 40", name="ck_officer_role_length"),
        sa.CheckConstraint("length(sign_in) <= 60", name="ck_officer_sign_in_length"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_officer_sign_in", "officer", ["sign_in"], unique=True)
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.String(length=7), nullable=False),
        sa.Column("number", sa.String(length=6), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("rag", sa.String(length=40), nullable=True),
        sa.Column("progress", sa.Text(), nullable=True),
        sa.CheckConstraint("length(number) <= 6", name="ck_recommendation_number_length"),
        sa.CheckConstraint("length(progress) <= 20000", name="ck_recommendation_progress_length"),
        sa.CheckConstraint("length(purpose) <= 20000", name="ck_recommendation_purpose_length"),
        sa.CheckConstraint("length(rag) <= 40", name="ck_recommendation_rag_length"),
        sa.CheckConstraint("length(words) <= 20000", name="ck_recommendation_words_length"),
        sa.CheckConstraint("length(year) <= 7", name="ck_recommendation_year_length"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "reference_counter",
        sa.Column("kind", sa.String(length=2), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year"),
    )
    op.create_table(
        "service_term",
        sa.Column("list_name", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("under", sa.String(length=40), nullable=True),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(label) <= 200", name="ck_service_term_label_length"),
        sa.CheckConstraint("length(under) <= 40", name="ck_service_term_under_length"),
        sa.PrimaryKeyConstraint("list_name", "code"),
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("governance", sa.String(length=40), nullable=True),
        sa.Column("district", sa.String(length=40), nullable=True),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("provider", sa.String(length=200), nullable=True),
        sa.Column("registration", sa.String(length=60), nullable=True),
        sa.Column("town", sa.String(length=200), nullable=True),
        sa.Column("own_service", sa.Boolean(), nullable=False),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "sector IN ('education', 'early_years', 'fostering', 'wider')", name="ck_setting_sector_listed"
        ),
        sa.CheckConstraint("length(area) <= 40", name="ck_setting_area_length"),
        sa.CheckConstraint("length(district) <= 40", name="ck_setting_district_length"),
        sa.CheckConstraint("length(governance) <= 40", name="ck_setting_governance_length"),
        sa.CheckConstraint("length(kind) <= 40", name="ck_setting_kind_length"),
        sa.CheckConstraint("length(name) <= 200", name="ck_setting_name_length"),
        sa.CheckConstraint("length(provider) <= 200", name="ck_setting_provider_length"),
        sa.CheckConstraint("length(registration) <= 60", name="ck_setting_registration_length"),
        sa.CheckConstraint("length(sector) <= 40", name="ck_setting_sector_length"),
        sa.CheckConstraint("length(town) <= 200", name="ck_setting_town_length"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_setting_name", "setting", ["name"], unique=False)
    op.create_table(
        "snapshot",
        sa.Column("year", sa.String(length=7), nullable=False),
        sa.Column("figure", sa.String(length=120), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("taken_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(value) <= 40", name="ck_snapshot_value_length"),
        sa.PrimaryKeyConstraint("year", "figure"),
    )
    op.create_table(
        "store_fact",
        sa.Column("fact", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.CheckConstraint("length(value) <= 200", name="ck_store_fact_value_length"),
        sa.PrimaryKeyConstraint("fact"),
    )
    op.create_table(
        "training",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "kind IN ('need_to_know', 'bespoke', 'network', 'induction')", name="ck_training_kind_listed"
        ),
        sa.CheckConstraint("length(kind) <= 40", name="ck_training_kind_length"),
        sa.CheckConstraint("length(sector) <= 40", name="ck_training_sector_length"),
        sa.CheckConstraint("length(title) <= 200", name="ck_training_title_length"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "reason IN ('leave', 'sickness', 'parental', 'training', 'secondment', 'other')",
            name="ck_absence_reason_listed",
        ),
        sa.CheckConstraint("length(reason) <= 40", name="ck_absence_reason_length"),
        sa.ForeignKeyConstraint(
            ["cover_id"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_absence_officer_id"), "absence", ["officer_id"], unique=False)
    op.create_table(
        "adult_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adult_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("length(reason) <= 20000", name="ck_adult_link_reason_length"),
        sa.ForeignKeyConstraint(
            ["adult_id"],
            ["adult.id"],
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["adult.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_adult_link_adult_id"), "adult_link", ["adult_id"], unique=False)
    op.create_index(op.f("ix_adult_link_other_id"), "adult_link", ["other_id"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("machine", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.CheckConstraint("result IN ('done', 'refused')", name="ck_audit_entry_result_listed"),
        sa.CheckConstraint("length(act) <= 60", name="ck_audit_entry_act_length"),
        sa.CheckConstraint("length(machine) <= 120", name="ck_audit_entry_machine_length"),
        sa.CheckConstraint("length(result) <= 40", name="ck_audit_entry_result_length"),
        sa.CheckConstraint("length(seal) <= 64", name="ck_audit_entry_seal_length"),
        sa.CheckConstraint("length(subject) <= 60", name="ck_audit_entry_subject_length"),
        sa.CheckConstraint("length(why) <= 20000", name="ck_audit_entry_why_length"),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_audit_entry_officer_id"), "audit_entry", ["officer_id"], unique=False)
    op.create_index("ix_audit_subject", "audit_entry", ["subject", "id"], unique=False)
    op.create_table(
        "child_mark",
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
        ),
        sa.PrimaryKeyConstraint("child_id", "mark"),
    )
    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("adult_id", sa.Integer(), nullable=False),
        sa.Column("declared_at", UTCDateTime(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.CheckConstraint("length(words) <= 20000", name="ck_conflict_words_length"),
        sa.ForeignKeyConstraint(
            ["adult_id"],
            ["adult.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_conflict_adult_id"), "conflict", ["adult_id"], unique=False)
    op.create_index(op.f("ix_conflict_officer_id"), "conflict", ["officer_id"], unique=False)
    op.create_table(
        "duty_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("from_at", UTCDateTime(), nullable=False),
        sa.Column("to_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_duty_turn_from", "duty_turn", ["from_at"], unique=False)
    op.create_table(
        "enquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("received_at", UTCDateTime(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_week", sa.Integer(), nullable=False),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("call_back", sa.String(length=60), nullable=True),
        sa.Column("caller_name", sa.String(length=200), nullable=True),
        sa.Column("caller_role", sa.String(length=40), nullable=True),
        sa.Column("agency", sa.String(length=40), nullable=True),
        sa.Column("organisation", sa.String(length=200), nullable=True),
        sa.Column("child_safe", sa.String(length=40), nullable=False),
        sa.Column("adult_with_children", sa.String(length=40), nullable=False),
        sa.Column("police_or_care_told", sa.String(length=40), nullable=False),
        sa.Column("adult_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("works_at", sa.String(length=200), nullable=True),
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column("works_elsewhere", sa.String(length=40), nullable=False),
        sa.Column("other_authority", sa.String(length=200), nullable=True),
        sa.Column("other_work", sa.String(length=40), nullable=False),
        sa.Column("children", sa.Text(), nullable=True),
        sa.Column("child_needs", sa.String(length=40), nullable=False),
        sa.Column("child_in_care", sa.String(length=40), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("advice", sa.Text(), nullable=True),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("next_step", sa.String(length=200), nullable=True),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "adult_with_children IN ('yes', 'no', 'not_known')", name="ck_enquiry_adult_with_children_listed"
        ),
        sa.CheckConstraint("child_in_care IN ('yes', 'no', 'not_known')", name="ck_enquiry_child_in_care_listed"),
        sa.CheckConstraint("child_needs IN ('yes', 'no', 'not_known')", name="ck_enquiry_child_needs_listed"),
        sa.CheckConstraint("child_safe IN ('yes', 'no', 'not_known')", name="ck_enquiry_child_safe_listed"),
        sa.CheckConstraint("other_work IN ('yes', 'no', 'not_known')", name="ck_enquiry_other_work_listed"),
        sa.CheckConstraint(
            "police_or_care_told IN ('yes', 'no', 'not_known')", name="ck_enquiry_police_or_care_told_listed"
        ),
        sa.CheckConstraint(
            "result IN ('advised_refer', 'advice_given', 'low_level', 'signpost_frontdoor', 'signpost_police', 'other_lado', 'not_lado')",
            name="ck_enquiry_result_listed",
        ),
        sa.CheckConstraint("subject IN ('lado', 'ofsted_information')", name="ck_enquiry_subject_listed"),
        sa.CheckConstraint("works_elsewhere IN ('yes', 'no', 'not_known')", name="ck_enquiry_works_elsewhere_listed"),
        sa.CheckConstraint("length(account) <= 20000", name="ck_enquiry_account_length"),
        sa.CheckConstraint("length(adult_with_children) <= 40", name="ck_enquiry_adult_with_children_length"),
        sa.CheckConstraint("length(advice) <= 20000", name="ck_enquiry_advice_length"),
        sa.CheckConstraint("length(agency) <= 40", name="ck_enquiry_agency_length"),
        sa.CheckConstraint("length(call_back) <= 60", name="ck_enquiry_call_back_length"),
        sa.CheckConstraint("length(caller_name) <= 200", name="ck_enquiry_caller_name_length"),
        sa.CheckConstraint("length(caller_role) <= 40", name="ck_enquiry_caller_role_length"),
        sa.CheckConstraint("length(child_in_care) <= 40", name="ck_enquiry_child_in_care_length"),
        sa.CheckConstraint("length(child_needs) <= 40", name="ck_enquiry_child_needs_length"),
        sa.CheckConstraint("length(child_safe) <= 40", name="ck_enquiry_child_safe_length"),
        sa.CheckConstraint("length(children) <= 20000", name="ck_enquiry_children_length"),
        sa.CheckConstraint("length(closed_reason) <= 20000", name="ck_enquiry_closed_reason_length"),
        sa.CheckConstraint("length(method) <= 40", name="ck_enquiry_method_length"),
        sa.CheckConstraint("length(next_step) <= 200", name="ck_enquiry_next_step_length"),
        sa.CheckConstraint("length(organisation) <= 200", name="ck_enquiry_organisation_length"),
        sa.CheckConstraint("length(other_authority) <= 200", name="ck_enquiry_other_authority_length"),
        sa.CheckConstraint("length(other_work) <= 40", name="ck_enquiry_other_work_length"),
        sa.CheckConstraint("length(police_or_care_told) <= 40", name="ck_enquiry_police_or_care_told_length"),
        sa.CheckConstraint("length(ref) <= 12", name="ck_enquiry_ref_length"),
        sa.CheckConstraint("length(result) <= 40", name="ck_enquiry_result_length"),
        sa.CheckConstraint("length(role) <= 40", name="ck_enquiry_role_length"),
        sa.CheckConstraint("length(subject) <= 40", name="ck_enquiry_subject_length"),
        sa.CheckConstraint("length(works_at) <= 200", name="ck_enquiry_works_at_length"),
        sa.CheckConstraint("length(works_elsewhere) <= 40", name="ck_enquiry_works_elsewhere_length"),
        sa.ForeignKeyConstraint(
            ["adult_id"],
            ["adult.id"],
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["setting_id"],
            ["setting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["taken_by"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_enquiry_adult_id"), "enquiry", ["adult_id"], unique=False)
    op.create_index("ix_enquiry_counts", "enquiry", ["received_on", "subject", "result", "role"], unique=False)
    op.create_index(
        "ix_enquiry_open_due",
        "enquiry",
        ["due_on", "id"],
        unique=False,
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.create_index(
        "ix_enquiry_open_owner",
        "enquiry",
        ["owner_id", "due_on", "id"],
        unique=False,
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.create_index("ix_enquiry_received", "enquiry", ["received_on", "id"], unique=False)
    op.create_index(op.f("ix_enquiry_setting_id"), "enquiry", ["setting_id"], unique=False)
    op.create_index(op.f("ix_enquiry_taken_by"), "enquiry", ["taken_by"], unique=False)
    op.create_index("ux_enquiry_ref", "enquiry", ["ref"], unique=True)
    op.create_table(
        "lead_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(role) <= 40", name="ck_lead_role_role_length"),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "name_token",
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["word_id"],
            ["name_word.id"],
        ),
        sa.PrimaryKeyConstraint("word_id", "owner_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_name_token_owner", "name_token", ["owner_id", "word_id"], unique=False)
    op.create_table(
        "other_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adult_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.CheckConstraint("kind IN ('former', 'known_as', 'spelling')", name="ck_other_name_kind_listed"),
        sa.CheckConstraint("length(kind) <= 40", name="ck_other_name_kind_length"),
        sa.CheckConstraint("length(name) <= 200", name="ck_other_name_name_length"),
        sa.ForeignKeyConstraint(
            ["adult_id"],
            ["adult.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_other_name_adult_id"), "other_name", ["adult_id"], unique=False)
    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adult_id", sa.Integer(), nullable=False),
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("basis", sa.String(length=40), nullable=True),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("service_length", sa.String(length=200), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "sector IN ('education', 'early_years', 'fostering', 'wider')", name="ck_post_sector_listed"
        ),
        sa.CheckConstraint("length(basis) <= 40", name="ck_post_basis_length"),
        sa.CheckConstraint("length(role) <= 40", name="ck_post_role_length"),
        sa.CheckConstraint("length(sector) <= 40", name="ck_post_sector_length"),
        sa.CheckConstraint("length(service_length) <= 200", name="ck_post_service_length_length"),
        sa.ForeignKeyConstraint(
            ["adult_id"],
            ["adult.id"],
        ),
        sa.ForeignKeyConstraint(
            ["setting_id"],
            ["setting.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_post_adult_id"), "post", ["adult_id"], unique=False)
    op.create_index(op.f("ix_post_setting_id"), "post", ["setting_id"], unique=False)
    op.create_table(
        "post_filled",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=40), nullable=False),
        sa.Column("fte", sa.Numeric(precision=3, scale=2), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "post IN ('manager', 'lado', 'cro', 'relief', 'auditor')", name="ck_post_filled_post_listed"
        ),
        sa.CheckConstraint("fte > 0 AND fte <= 1", name="ck_post_filled_fte"),
        sa.CheckConstraint("length(post) <= 40", name="ck_post_filled_post_length"),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_post_filled_officer_id"), "post_filled", ["officer_id"], unique=False)
    op.create_table(
        "case_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=12), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=True),
        sa.Column("adult_id", sa.Integer(), nullable=False),
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column("referrer_id", sa.Integer(), nullable=True),
        sa.Column("employer_contact_id", sa.Integer(), nullable=True),
        sa.Column("agency", sa.String(length=40), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("basis", sa.String(length=40), nullable=True),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("setting_kind", sa.String(length=40), nullable=True),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_week", sa.Integer(), nullable=False),
        sa.Column("employer_aware_on", sa.Date(), nullable=True),
        sa.Column("entered_at", UTCDateTime(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("portal_ref", sa.String(length=60), nullable=True),
        sa.Column("external_ref", sa.String(length=60), nullable=True),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("account_from", sa.String(length=200), nullable=True),
        sa.Column("incidents", sa.Integer(), nullable=True),
        sa.Column("witnesses", sa.Text(), nullable=True),
        sa.Column("actions_taken", sa.Text(), nullable=True),
        sa.Column("earlier_known", sa.Text(), nullable=True),
        sa.Column("adult_aware", sa.String(length=40), nullable=False),
        sa.Column("parents_aware", sa.String(length=40), nullable=False),
        sa.Column("police_told", sa.String(length=40), nullable=False),
        sa.Column("social_care_told", sa.String(length=40), nullable=False),
        sa.Column("interim_measure", sa.String(length=40), nullable=True),
        sa.Column("classification", sa.String(length=40), nullable=False),
        sa.Column("first_classification", sa.String(length=40), nullable=True),
        sa.Column("first_decided_on", sa.Date(), nullable=True),
        sa.Column("principal_type", sa.String(length=40), nullable=True),
        sa.Column("principal_subtype", sa.String(length=40), nullable=True),
        sa.Column("other_authority", sa.String(length=200), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_missing", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("next_step", sa.String(length=200), nullable=True),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_as", sa.String(length=40), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column("retention_rule", sa.String(length=40), nullable=True),
        sa.Column("retention_review_on", sa.Date(), nullable=True),
        sa.Column("legal_hold", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("adult_aware IN ('yes', 'no', 'not_known')", name="ck_case_file_adult_aware_listed"),
        sa.CheckConstraint(
            "classification IN ('pending', 'allegation', 'consultation', 'information_only', 'not_threshold', 'transferred_out')",
            name="ck_case_file_classification_listed",
        ),
        sa.CheckConstraint(
            "closed_as IN ('outcome', 'no_further_action', 'not_progressed', 'other_lado', 'entered_in_error')",
            name="ck_case_file_closed_as_listed",
        ),
        sa.CheckConstraint(
            "first_classification IN ('pending', 'allegation', 'consultation', 'information_only', 'not_threshold', 'transferred_out')",
            name="ck_case_file_first_classification_listed",
        ),
        sa.CheckConstraint("parents_aware IN ('yes', 'no', 'not_known')", name="ck_case_file_parents_aware_listed"),
        sa.CheckConstraint("police_told IN ('yes', 'no', 'not_known')", name="ck_case_file_police_told_listed"),
        sa.CheckConstraint(
            "sector IN ('education', 'early_years', 'fostering', 'wider')", name="ck_case_file_sector_listed"
        ),
        sa.CheckConstraint(
            "social_care_told IN ('yes', 'no', 'not_known')", name="ck_case_file_social_care_told_listed"
        ),
        sa.CheckConstraint("length(account) <= 20000", name="ck_case_file_account_length"),
        sa.CheckConstraint("length(account_from) <= 200", name="ck_case_file_account_from_length"),
        sa.CheckConstraint("length(actions_taken) <= 20000", name="ck_case_file_actions_taken_length"),
        sa.CheckConstraint("length(adult_aware) <= 40", name="ck_case_file_adult_aware_length"),
        sa.CheckConstraint("length(agency) <= 40", name="ck_case_file_agency_length"),
        sa.CheckConstraint("length(area) <= 40", name="ck_case_file_area_length"),
        sa.CheckConstraint("length(basis) <= 40", name="ck_case_file_basis_length"),
        sa.CheckConstraint("length(classification) <= 40", name="ck_case_file_classification_length"),
        sa.CheckConstraint("length(closed_as) <= 40", name="ck_case_file_closed_as_length"),
        sa.CheckConstraint("length(closed_reason) <= 20000", name="ck_case_file_closed_reason_length"),
        sa.CheckConstraint("length(earlier_known) <= 20000", name="ck_case_file_earlier_known_length"),
        sa.CheckConstraint("length(external_ref) <= 60", name="ck_case_file_external_ref_length"),
        sa.CheckConstraint("length(first_classification) <= 40", name="ck_case_file_first_classification_length"),
        sa.CheckConstraint("length(interim_measure) <= 40", name="ck_case_file_interim_measure_length"),
        sa.CheckConstraint("length(next_step) <= 200", name="ck_case_file_next_step_length"),
        sa.CheckConstraint("length(other_authority) <= 200", name="ck_case_file_other_authority_length"),
        sa.CheckConstraint("length(parents_aware) <= 40", name="ck_case_file_parents_aware_length"),
        sa.CheckConstraint("length(police_told) <= 40", name="ck_case_file_police_told_length"),
        sa.CheckConstraint("length(portal_ref) <= 60", name="ck_case_file_portal_ref_length"),
        sa.CheckConstraint("length(principal_subtype) <= 40", name="ck_case_file_principal_subtype_length"),
        sa.CheckConstraint("length(principal_type) <= 40", name="ck_case_file_principal_type_length"),
        sa.CheckConstraint("length(ref) <= 12", name="ck_case_file_ref_length"),
        sa.CheckConstraint("length(retention_rule) <= 40", name="ck_case_file_retention_rule_length"),
        sa.CheckConstraint("length(returned_missing) <= 20000", name="ck_case_file_returned_missing_length"),
        sa.CheckConstraint("length(role) <= 40", name="ck_case_file_role_length"),
        sa.CheckConstraint("length(sector) <= 40", name="ck_case_file_sector_length"),
        sa.CheckConstraint("length(setting_kind) <= 40", name="ck_case_file_setting_kind_length"),
        sa.CheckConstraint("length(social_care_told) <= 40", name="ck_case_file_social_care_told_length"),
        sa.CheckConstraint("length(witnesses) <= 20000", name="ck_case_file_witnesses_length"),
        sa.ForeignKeyConstraint(
            ["adult_id"],
            ["adult.id"],
        ),
        sa.ForeignKeyConstraint(
            ["employer_contact_id"],
            ["contact.id"],
        ),
        sa.ForeignKeyConstraint(
            ["enquiry_id"],
            ["enquiry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["referrer_id"],
            ["contact.id"],
        ),
        sa.ForeignKeyConstraint(
            ["setting_id"],
            ["setting.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_case_closed",
        "case_file",
        ["closed_on", "id"],
        unique=False,
        sqlite_where=sa.text("closed_on IS NOT NULL"),
        postgresql_where=sa.text("closed_on IS NOT NULL"),
    )
    op.create_index(
        "ix_case_counts",
        "case_file",
        ["received_on", "classification", "closed_on", "first_decided_on", "closed_as", "sector"],
        unique=False,
    )
    op.create_index(op.f("ix_case_file_adult_id"), "case_file", ["adult_id"], unique=False)
    op.create_index(op.f("ix_case_file_employer_contact_id"), "case_file", ["employer_contact_id"], unique=False)
    op.create_index(op.f("ix_case_file_enquiry_id"), "case_file", ["enquiry_id"], unique=False)
    op.create_index(op.f("ix_case_file_entered_by"), "case_file", ["entered_by"], unique=False)
    op.create_index(op.f("ix_case_file_referrer_id"), "case_file", ["referrer_id"], unique=False)
    op.create_index(op.f("ix_case_file_setting_id"), "case_file", ["setting_id"], unique=False)
    op.create_index(
        "ix_case_open_due",
        "case_file",
        ["due_on", "id"],
        unique=False,
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.create_index(
        "ix_case_open_owner",
        "case_file",
        ["owner_id", "due_on", "id"],
        unique=False,
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.create_index(
        "ix_case_open_received",
        "case_file",
        ["received_on", "closed_on"],
        unique=False,
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.create_index("ix_case_received", "case_file", ["received_on", "id"], unique=False)
    op.create_index("ix_case_setting_received", "case_file", ["setting_id", "received_on"], unique=False)
    op.create_index(
        "ix_case_undecided_due",
        "case_file",
        ["due_on", "id"],
        unique=False,
        sqlite_where=sa.text("closed_on IS NULL AND classification = 'pending'"),
        postgresql_where=sa.text("closed_on IS NULL AND classification = 'pending'"),
    )
    op.create_index("ux_case_ref", "case_file", ["ref"], unique=True)
    op.create_table(
        "request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.String(length=200), nullable=True),
        sa.Column("about", sa.String(length=200), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("enquiry_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(about) <= 200", name="ck_request_about_length"),
        sa.CheckConstraint("length(asked_by) <= 200", name="ck_request_asked_by_length"),
        sa.CheckConstraint("length(kind) <= 40", name="ck_request_kind_length"),
        sa.CheckConstraint("length(result) <= 20000", name="ck_request_result_length"),
        sa.ForeignKeyConstraint(
            ["enquiry_id"],
            ["enquiry.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_request_enquiry_id"), "request", ["enquiry_id"], unique=False)
    op.create_index("ix_request_received", "request", ["received_on", "kind"], unique=False)
    op.create_table(
        "access_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("enquiry_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=False),
        sa.Column("from_at", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("length(reason) <= 20000", name="ck_access_grant_reason_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["enquiry_id"],
            ["enquiry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_access_grant_case_id"), "access_grant", ["case_id"], unique=False)
    op.create_index(op.f("ix_access_grant_enquiry_id"), "access_grant", ["enquiry_id"], unique=False)
    op.create_index(op.f("ix_access_grant_officer_id"), "access_grant", ["officer_id"], unique=False)
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("criterion", sa.String(length=40), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("response", sa.Text(), nullable=True),
        sa.CheckConstraint("length(criterion) <= 40", name="ck_alert_criterion_length"),
        sa.CheckConstraint("length(response) <= 20000", name="ck_alert_response_length"),
        sa.CheckConstraint("length(words) <= 20000", name="ck_alert_words_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_alert_case_id"), "alert", ["case_id"], unique=False)
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reason) <= 20000", name="ck_allocation_reason_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_allocation_case_id"), "allocation", ["case_id"], unique=False)
    op.create_index(op.f("ix_allocation_officer_id"), "allocation", ["officer_id"], unique=False)
    op.create_table(
        "case_child",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("relationship", sa.String(length=200), nullable=True),
        sa.CheckConstraint("length(relationship) <= 200", name="ck_case_child_relationship_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_case_child_case_id"), "case_child", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_child_child_id"), "case_child", ["child_id"], unique=False)
    op.create_table(
        "case_flag",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("flag", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("case_id", "flag"),
    )
    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("subtype", sa.String(length=40), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("happened_given", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("finding", sa.String(length=40), nullable=True),
        sa.Column("finding_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "finding IN ('substantiated', 'unsubstantiated', 'unfounded', 'false', 'malicious')",
            name="ck_concern_finding_listed",
        ),
        sa.CheckConstraint(
            "happened_given IN ('day', 'month', 'year', 'not_known')", name="ck_concern_happened_given_listed"
        ),
        sa.CheckConstraint("length(account) <= 20000", name="ck_concern_account_length"),
        sa.CheckConstraint("length(finding) <= 40", name="ck_concern_finding_length"),
        sa.CheckConstraint("length(happened_given) <= 40", name="ck_concern_happened_given_length"),
        sa.CheckConstraint("length(place) <= 200", name="ck_concern_place_length"),
        sa.CheckConstraint("length(subtype) <= 40", name="ck_concern_subtype_length"),
        sa.CheckConstraint("length(type) <= 40", name="ck_concern_type_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["child_id"],
            ["child.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_concern_case_id"), "concern", ["case_id"], unique=False)
    op.create_index(op.f("ix_concern_child_id"), "concern", ["child_id"], unique=False)
    op.create_table(
        "delay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.CheckConstraint("length(cause) <= 40", name="ck_delay_cause_length"),
        sa.CheckConstraint("length(words) <= 20000", name="ck_delay_words_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_delay_case_id"), "delay", ["case_id"], unique=False)
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=40), nullable=True),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.CheckConstraint("length(detail) <= 40", name="ck_escalation_detail_length"),
        sa.CheckConstraint("length(party) <= 40", name="ck_escalation_party_length"),
        sa.CheckConstraint("length(reason) <= 40", name="ck_escalation_reason_length"),
        sa.CheckConstraint("length(result) <= 20000", name="ck_escalation_result_length"),
        sa.CheckConstraint("length(words) <= 20000", name="ck_escalation_words_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_escalation_case_id"), "escalation", ["case_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("minutes_sent_on", sa.Date(), nullable=True),
        sa.Column("recommendations", sa.Text(), nullable=True),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(attended) <= 20000", name="ck_meeting_attended_length"),
        sa.CheckConstraint("length(kind) <= 40", name="ck_meeting_kind_length"),
        sa.CheckConstraint("length(minutes) <= 20000", name="ck_meeting_minutes_length"),
        sa.CheckConstraint("length(recommendations) <= 20000", name="ck_meeting_recommendations_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["chair_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_meeting_case_id"), "meeting", ["case_id"], unique=False)
    op.create_index("ix_meeting_held", "meeting", ["held_on", "kind"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("enquiry_id", sa.Integer(), nullable=True),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("third_party", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('call', 'email', 'visit', 'note', 'supervision', 'handover', 'changed')",
            name="ck_note_kind_listed",
        ),
        sa.CheckConstraint("(case_id IS NULL) <> (enquiry_id IS NULL)", name="ck_note_one_record"),
        sa.CheckConstraint("length(kind) <= 40", name="ck_note_kind_length"),
        sa.CheckConstraint("length(words) <= 20000", name="ck_note_words_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["note.id"],
        ),
        sa.ForeignKeyConstraint(
            ["enquiry_id"],
            ["enquiry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_note_case_id"), "note", ["case_id"], unique=False)
    op.create_index(op.f("ix_note_enquiry_id"), "note", ["enquiry_id"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=False),
        sa.Column("finding", sa.String(length=40), nullable=False),
        sa.Column("employer_view", sa.String(length=40), nullable=True),
        sa.Column("lado_view", sa.String(length=40), nullable=True),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("agreed_employer", sa.String(length=40), nullable=False),
        sa.Column("agreed_police", sa.String(length=40), nullable=False),
        sa.Column("agreed_social_care", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("employment_result", sa.String(length=40), nullable=False),
        sa.Column("employment_words", sa.Text(), nullable=True),
        sa.Column("dbs_removed", sa.String(length=40), nullable=False),
        sa.Column("dbs_harm", sa.String(length=40), nullable=False),
        sa.Column("dbs_status", sa.String(length=40), nullable=False),
        sa.Column("dbs_on", sa.Date(), nullable=True),
        sa.Column("dbs_reason", sa.Text(), nullable=True),
        sa.Column("regulator", sa.String(length=40), nullable=True),
        sa.Column("regulator_status", sa.String(length=40), nullable=False),
        sa.Column("regulator_on", sa.Date(), nullable=True),
        sa.Column("adult_told", sa.String(length=40), nullable=False),
        sa.Column("adult_told_on", sa.Date(), nullable=True),
        sa.Column("child_told", sa.String(length=40), nullable=False),
        sa.Column("child_told_on", sa.Date(), nullable=True),
        sa.Column("parent_told", sa.String(length=40), nullable=False),
        sa.Column("parent_told_on", sa.Date(), nullable=True),
        sa.Column("not_told_reason", sa.Text(), nullable=True),
        sa.Column("child_impact", sa.Text(), nullable=True),
        sa.Column("child_feedback", sa.Text(), nullable=True),
        sa.Column("learning", sa.Text(), nullable=True),
        sa.Column("residual_risk", sa.Text(), nullable=True),
        sa.Column("risk_review_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("correction_reason", sa.Text(), nullable=True),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.Column("case_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("adult_told IN ('yes', 'no', 'not_known')", name="ck_outcome_adult_told_listed"),
        sa.CheckConstraint("agreed_employer IN ('yes', 'no', 'not_known')", name="ck_outcome_agreed_employer_listed"),
        sa.CheckConstraint("agreed_police IN ('yes', 'no', 'not_known')", name="ck_outcome_agreed_police_listed"),
        sa.CheckConstraint(
            "agreed_social_care IN ('yes', 'no', 'not_known')", name="ck_outcome_agreed_social_care_listed"
        ),
        sa.CheckConstraint("child_told IN ('yes', 'no', 'not_known')", name="ck_outcome_child_told_listed"),
        sa.CheckConstraint("dbs_harm IN ('yes', 'no', 'not_known')", name="ck_outcome_dbs_harm_listed"),
        sa.CheckConstraint("dbs_removed IN ('yes', 'no', 'not_known')", name="ck_outcome_dbs_removed_listed"),
        sa.CheckConstraint(
            "dbs_status IN ('not_needed', 'considering', 'advised', 'made_employer', 'made_la', 'confirmed', 'refused')",
            name="ck_outcome_dbs_status_listed",
        ),
        sa.CheckConstraint(
            "employer_view IN ('substantiated', 'unsubstantiated', 'unfounded', 'false', 'malicious')",
            name="ck_outcome_employer_view_listed",
        ),
        sa.CheckConstraint(
            "employment_result IN ('dismissed', 'deregistered', 'resigned', 'disciplinary', 'management_action', 'ceased_use', 'redeployed', 'retired', 'settlement', 'no_action', 'not_known')",
            name="ck_outcome_employment_result_listed",
        ),
        sa.CheckConstraint(
            "finding IN ('substantiated', 'unsubstantiated', 'unfounded', 'false', 'malicious')",
            name="ck_outcome_finding_listed",
        ),
        sa.CheckConstraint(
            "lado_view IN ('substantiated', 'unsubstantiated', 'unfounded', 'false', 'malicious')",
            name="ck_outcome_lado_view_listed",
        ),
        sa.CheckConstraint("parent_told IN ('yes', 'no', 'not_known')", name="ck_outcome_parent_told_listed"),
        sa.CheckConstraint(
            "regulator_status IN ('not_needed', 'considering', 'advised', 'made_employer', 'made_la', 'confirmed', 'refused')",
            name="ck_outcome_regulator_status_listed",
        ),
        sa.CheckConstraint("length(adult_told) <= 40", name="ck_outcome_adult_told_length"),
        sa.CheckConstraint("length(agreed_employer) <= 40", name="ck_outcome_agreed_employer_length"),
        sa.CheckConstraint("length(agreed_police) <= 40", name="ck_outcome_agreed_police_length"),
        sa.CheckConstraint("length(agreed_social_care) <= 40", name="ck_outcome_agreed_social_care_length"),
        sa.CheckConstraint("length(child_feedback) <= 20000", name="ck_outcome_child_feedback_length"),
        sa.CheckConstraint("length(child_impact) <= 20000", name="ck_outcome_child_impact_length"),
        sa.CheckConstraint("length(child_told) <= 40", name="ck_outcome_child_told_length"),
        sa.CheckConstraint("length(correction_reason) <= 20000", name="ck_outcome_correction_reason_length"),
        sa.CheckConstraint("length(dbs_harm) <= 40", name="ck_outcome_dbs_harm_length"),
        sa.CheckConstraint("length(dbs_reason) <= 20000", name="ck_outcome_dbs_reason_length"),
        sa.CheckConstraint("length(dbs_removed) <= 40", name="ck_outcome_dbs_removed_length"),
        sa.CheckConstraint("length(dbs_status) <= 40", name="ck_outcome_dbs_status_length"),
        sa.CheckConstraint("length(employer_view) <= 40", name="ck_outcome_employer_view_length"),
        sa.CheckConstraint("length(employment_result) <= 40", name="ck_outcome_employment_result_length"),
        sa.CheckConstraint("length(employment_words) <= 20000", name="ck_outcome_employment_words_length"),
        sa.CheckConstraint("length(finding) <= 40", name="ck_outcome_finding_length"),
        sa.CheckConstraint("length(lado_view) <= 40", name="ck_outcome_lado_view_length"),
        sa.CheckConstraint("length(learning) <= 20000", name="ck_outcome_learning_length"),
        sa.CheckConstraint("length(not_told_reason) <= 20000", name="ck_outcome_not_told_reason_length"),
        sa.CheckConstraint("length(parent_told) <= 40", name="ck_outcome_parent_told_length"),
        sa.CheckConstraint("length(reason) <= 20000", name="ck_outcome_reason_length"),
        sa.CheckConstraint("length(regulator) <= 40", name="ck_outcome_regulator_length"),
        sa.CheckConstraint("length(regulator_status) <= 40", name="ck_outcome_regulator_status_length"),
        sa.CheckConstraint("length(residual_risk) <= 20000", name="ck_outcome_residual_risk_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "number", name="ux_outcome_number"),
    )
    op.create_index(op.f("ix_outcome_case_id"), "outcome", ["case_id"], unique=False)
    op.create_index(
        "ix_outcome_concluded",
        "outcome",
        ["concluded_on", "case_id"],
        unique=False,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_index(
        "ux_outcome_current",
        "outcome",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "restriction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("enquiry_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", UTCDateTime(), nullable=False),
        sa.Column("ended_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("length(reason) <= 40", name="ck_restriction_reason_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["enquiry_id"],
            ["enquiry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["set_by"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_restriction_case_id"), "restriction", ["case_id"], unique=False)
    op.create_index(op.f("ix_restriction_enquiry_id"), "restriction", ["enquiry_id"], unique=False)
    op.create_table(
        "screening_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decided_at", UTCDateTime(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("limb_1", sa.String(length=40), nullable=True),
        sa.Column("limb_2", sa.String(length=40), nullable=True),
        sa.Column("limb_3", sa.String(length=40), nullable=True),
        sa.Column("limb_4", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("classification", sa.String(length=40), nullable=False),
        sa.Column("guidance", sa.String(length=40), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column("police", sa.String(length=40), nullable=False),
        sa.Column("social_care", sa.String(length=40), nullable=False),
        sa.Column("other_authority", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "classification IN ('pending', 'allegation', 'consultation', 'information_only', 'not_threshold', 'transferred_out')",
            name="ck_screening_decision_classification_listed",
        ),
        sa.CheckConstraint("guidance IN ('WT2018', 'WT2023', 'KCSIE4')", name="ck_screening_decision_guidance_listed"),
        sa.CheckConstraint("limb_1 IN ('yes', 'no', 'not_sure')", name="ck_screening_decision_limb_1_listed"),
        sa.CheckConstraint("limb_2 IN ('yes', 'no', 'not_sure')", name="ck_screening_decision_limb_2_listed"),
        sa.CheckConstraint("limb_3 IN ('yes', 'no', 'not_sure')", name="ck_screening_decision_limb_3_listed"),
        sa.CheckConstraint("limb_4 IN ('yes', 'no', 'not_sure')", name="ck_screening_decision_limb_4_listed"),
        sa.CheckConstraint(
            "police IN ('ask_now', 'told', 'not_needed', 'not_known')", name="ck_screening_decision_police_listed"
        ),
        sa.CheckConstraint(
            "social_care IN ('ask_now', 'told', 'not_needed', 'not_known')",
            name="ck_screening_decision_social_care_listed",
        ),
        sa.CheckConstraint("length(classification) <= 40", name="ck_screening_decision_classification_length"),
        sa.CheckConstraint("length(guidance) <= 40", name="ck_screening_decision_guidance_length"),
        sa.CheckConstraint("length(limb_1) <= 40", name="ck_screening_decision_limb_1_length"),
        sa.CheckConstraint("length(limb_2) <= 40", name="ck_screening_decision_limb_2_length"),
        sa.CheckConstraint("length(limb_3) <= 40", name="ck_screening_decision_limb_3_length"),
        sa.CheckConstraint("length(limb_4) <= 40", name="ck_screening_decision_limb_4_length"),
        sa.CheckConstraint("length(other_authority) <= 200", name="ck_screening_decision_other_authority_length"),
        sa.CheckConstraint("length(police) <= 40", name="ck_screening_decision_police_length"),
        sa.CheckConstraint("length(reason) <= 20000", name="ck_screening_decision_reason_length"),
        sa.CheckConstraint("length(social_care) <= 40", name="ck_screening_decision_social_care_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "number", name="ux_screening_decision_number"),
    )
    op.create_index(op.f("ix_screening_decision_case_id"), "screening_decision", ["case_id"], unique=False)
    op.create_index(
        "ix_screening_redecided",
        "screening_decision",
        ["decided_on", "case_id"],
        unique=False,
        sqlite_where=sa.text("number > 1"),
        postgresql_where=sa.text("number > 1"),
    )
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("told", sa.String(length=200), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.CheckConstraint("length(basis) <= 200", name="ck_share_basis_length"),
        sa.CheckConstraint("length(kind) <= 40", name="ck_share_kind_length"),
        sa.CheckConstraint("length(told) <= 200", name="ck_share_told_length"),
        sa.CheckConstraint("length(words) <= 20000", name="ck_share_words_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_share_case_id"), "share", ["case_id"], unique=False)
    op.create_table(
        "strand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("lead", sa.String(length=200), nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('police', 's47', 'employer', 'disciplinary', 'regulator', 'fostering_review')",
            name="ck_strand_kind_listed",
        ),
        sa.CheckConstraint("length(kind) <= 40", name="ck_strand_kind_length"),
        sa.CheckConstraint("length(lead) <= 200", name="ck_strand_lead_length"),
        sa.CheckConstraint("length(reference) <= 60", name="ck_strand_reference_length"),
        sa.CheckConstraint("length(result) <= 20000", name="ck_strand_result_length"),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_strand_case_id"), "strand", ["case_id"], unique=False)
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("enquiry_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("waiting_for", sa.String(length=200), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("added_at", UTCDateTime(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("asked_by_outcome", sa.Integer(), nullable=True),
        sa.Column("ended_by_outcome", sa.Integer(), nullable=True),
        sa.CheckConstraint("(case_id IS NULL) <> (enquiry_id IS NULL)", name="ck_step_one_record"),
        sa.CheckConstraint("length(kind) <= 40", name="ck_step_kind_length"),
        sa.CheckConstraint("length(waiting_for) <= 200", name="ck_step_waiting_for_length"),
        sa.CheckConstraint("length(what) <= 200", name="ck_step_what_length"),
        sa.ForeignKeyConstraint(
            ["added_by"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_outcome"],
            ["outcome.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
        ),
        sa.ForeignKeyConstraint(
            ["done_by"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_outcome"],
            ["outcome.id"],
        ),
        sa.ForeignKeyConstraint(
            ["enquiry_id"],
            ["enquiry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["officer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_step_case_id"), "step", ["case_id"], unique=False)
    op.create_index(op.f("ix_step_enquiry_id"), "step", ["enquiry_id"], unique=False)
    op.create_index(
        "ix_step_undone",
        "step",
        ["case_id", "due_on"],
        unique=False,
        sqlite_where=sa.text("done_on IS NULL"),
        postgresql_where=sa.text("done_on IS NULL"),
    )
