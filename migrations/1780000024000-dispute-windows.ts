import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * How long a deduction may be disputed: rules with their day, and beside each case the rule that set its deadline. Cases that
 * are there already keep having none. The foreign key reads the cases once.
 */
export class DisputeWindows1780000024000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table dispute_window (
        company_id    uuid        not null references company,
        id            uuid        not null,
        customer_id   uuid,
        customer_code text        check (customer_code <> ''),
        reason        text,
        days          integer     check (days between 1 and 3650),
        counts_from   text        not null check (counts_from in ('TAKEN', 'INVOICED')),
        effective_on  date        not null,
        member_id     uuid,
        recorded_at   timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer
      );
      create index dispute_window_in_force on dispute_window (company_id, customer_id, effective_on desc, id desc);
      alter table deduction_case add column dispute_window_id uuid, add constraint deduction_case_window foreign key (company_id, dispute_window_id) references dispute_window;
      create trigger dispute_window_is_a_fact before update or delete or truncate on dispute_window for each statement execute function refuse_change()`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("alter table deduction_case drop column dispute_window_id; drop table dispute_window");
  }
}
