import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Papers may carry what they say as a document that is compared, and each comparison is kept with everything that went into it, so
 * that it can be made again. The checks of the papers are read once.
 */
export class DeductionResearch1780000023300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table deduction_evidence add column document text,
        drop constraint deduction_evidence_check, add constraint deduction_evidence_is_something check (reference is not null or file_id is not null or document is not null),
        drop constraint deduction_evidence_check1, add constraint deduction_evidence_digest check ((file_id is null and document is null) = (digest is null));
      create table deduction_research (
        company_id        uuid        not null references company,
        id                uuid        not null,
        deduction_id      uuid        not null,
        engine            smallint    not null,
        inputs            jsonb       not null,
        file              jsonb       not null,
        outcome           jsonb       not null,
        recommendation    text        not null,
        currency          char(3)     not null,
        amount_minor      bigint      not null,
        explained_minor   bigint      not null check (explained_minor between 0 and amount_minor),
        valid_minor       bigint      not null check (valid_minor between 0 and explained_minor),
        member_id         uuid,
        recorded_at       timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, deduction_id) references deduction
      );
      create index deduction_research_of_deduction on deduction_research (company_id, deduction_id, id desc);
      create trigger deduction_research_is_a_fact before update or delete or truncate on deduction_research for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table deduction_research;
      alter table deduction_evidence drop constraint deduction_evidence_digest, drop constraint deduction_evidence_is_something, drop column document,
        add constraint deduction_evidence_check check (reference is not null or file_id is not null), add constraint deduction_evidence_check1 check (file_id is null or digest is not null)`);
  }
}
