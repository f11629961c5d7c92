import type { MigrationInterface, QueryRunner } from "typeorm";

/** The papers of deductions: each a fact, taken back only by another. */
export class Evidence1780000023100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table deduction_evidence (
        company_id   uuid        not null references company,
        id           uuid        not null,
        deduction_id uuid        not null,
        kind         text        not null,
        reference    text,
        file_id      uuid,
        digest       text,
        source       text,
        captured_at  timestamptz not null,
        supports     text        not null check (supports in ('FOR', 'AGAINST', 'NEUTRAL')),
        note         text,
        member_id    uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, deduction_id) references deduction,
        foreign key (company_id, file_id) references stored_file,
        check (reference is not null or file_id is not null),
        check (file_id is null or digest is not null)
      );
      create index deduction_evidence_of_deduction on deduction_evidence (company_id, deduction_id, id);
      create table deduction_evidence_withdrawal (
        company_id  uuid        not null,
        evidence_id uuid        not null,
        note        text        not null,
        member_id   uuid,
        recorded_at timestamptz not null,
        primary key (company_id, evidence_id),
        foreign key (company_id, evidence_id) references deduction_evidence
      );
    `);
    for (const facts of ["deduction_evidence", "deduction_evidence_withdrawal"]) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table deduction_evidence_withdrawal, deduction_evidence");
  }
}
