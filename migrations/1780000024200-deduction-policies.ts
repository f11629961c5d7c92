import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a company expects of the work on deductions, and for which deductions live clients were told that their deadline is near. */
export class DeductionPolicies1780000024200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table deduction_policy (
        company_id   uuid        not null references company,
        id           uuid        not null,
        sla_days     integer     check (sla_days between 1 and 3650),
        near_days    integer     not null check (near_days between 0 and 365),
        cost_minor   bigint      check (cost_minor >= 0),
        effective_on date        not null,
        member_id    uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id)
      );
      create index deduction_policy_in_force on deduction_policy (company_id, effective_on desc, id desc);
      create table deadline_notice (
        company_id   uuid        not null references company,
        deduction_id uuid        not null,
        recorded_at  timestamptz not null,
        primary key (company_id, deduction_id),
        foreign key (company_id, deduction_id) references deduction
      )`);
    for (const facts of ["deduction_policy", "deadline_notice"]) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table deadline_notice, deduction_policy");
  }
}
