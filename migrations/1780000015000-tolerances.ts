import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * How much of a short pay a company writes off at once, for all its customers or for one, and the application that carries it
 * out. Adding the check reads the applications once and holds them meanwhile.
 */
export class Tolerances1780000015000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table write_off_tolerance (
        company_id   uuid        not null references company,
        id           uuid        not null,
        customer_id  uuid,
        currency     char(3)     not null,
        max_minor    bigint      check (max_minor >= 0),
        basis_points integer     not null check (basis_points between 0 and 10000),
        effective_on date        not null,
        member_id    uuid        references member,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer
      );
      create index write_off_tolerance_in_force on write_off_tolerance (company_id, customer_id, currency, effective_on, id);
      create trigger write_off_tolerance_is_a_fact before update or delete or truncate on write_off_tolerance for each statement execute function refuse_change();
      alter table application drop constraint application_kind_check,
        add constraint application_kind_check check (kind in ('CASH', 'EARNED_DISCOUNT', 'WRITE_OFF', 'DEDUCTION', 'CLAIM', 'CREDIT'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table application drop constraint application_kind_check,
        add constraint application_kind_check check (kind in ('CASH', 'EARNED_DISCOUNT', 'DEDUCTION', 'CLAIM', 'CREDIT'));
      drop table write_off_tolerance`);
  }
}
