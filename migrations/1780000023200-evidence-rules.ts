import type { MigrationInterface, QueryRunner } from "typeorm";

/** Which papers a deduction of a reason needs, by decisions of a company or about one of its customers. */
export class EvidenceRules1780000023200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table evidence_rule (
        company_id   uuid        not null references company,
        id           uuid        not null,
        customer_id  uuid,
        reason       text        not null,
        needs        jsonb,
        effective_on date        not null,
        member_id    uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer
      );
      create index evidence_rule_in_force on evidence_rule (company_id, reason, customer_id, effective_on desc, id desc);
      create trigger evidence_rule_is_a_fact before update or delete or truncate on evidence_rule for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table evidence_rule");
  }
}
