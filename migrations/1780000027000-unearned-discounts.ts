import type { MigrationInterface, QueryRunner } from "typeorm";

/** What is done with cash discounts that customers take without earning them, for a whole company or one customer; and each that was found, with what became of it. */
export class UnearnedDiscounts1780000027000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table unearned_discount_policy (
        company_id     uuid        not null references company,
        id             uuid        not null,
        customer_id    uuid,
        rule           text        check (rule in ('ALLOW', 'CHARGE_BACK', 'LEAVE_OPEN', 'WRITE_OFF_BELOW', 'OPEN_DEDUCTION')),
        extra_days     integer     check (extra_days is null or extra_days between 0 and 365 and rule = 'ALLOW'),
        limit_minor    bigint      check (limit_minor is null or limit_minor >= 0 and rule in ('ALLOW', 'WRITE_OFF_BELOW')),
        limit_currency char(3),
        effective_on   date        not null,
        member_id      uuid        references member,
        recorded_at    timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer,
        check ((limit_minor is null) = (limit_currency is null)),
        check (rule <> 'WRITE_OFF_BELOW' or limit_minor is not null)
      );
      create index unearned_discount_policy_in_force on unearned_discount_policy (company_id, customer_id, effective_on, id);
      create table unearned_discount (
        company_id   uuid        not null references company,
        id           uuid        not null,
        customer_id  uuid        not null,
        payment_id   uuid        not null,
        invoice_id   uuid        not null,
        item_id      uuid        not null,
        deduction_id uuid,
        outcome      text        not null check (outcome in ('ALLOWED', 'CHARGED_BACK', 'LEFT_OPEN', 'WRITTEN_OFF', 'DEDUCTION')),
        currency     char(3)     not null,
        amount_minor bigint      not null check (amount_minor > 0),
        discount_on  date        not null,
        grace_days   integer     not null check (grace_days >= 0),
        paid_on      date        not null,
        taken_on     date        not null,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer,
        foreign key (company_id, payment_id) references payment,
        foreign key (company_id, invoice_id) references invoice,
        foreign key (company_id, item_id) references open_item,
        foreign key (company_id, deduction_id) references deduction,
        check ((deduction_id is not null) = (outcome in ('CHARGED_BACK', 'DEDUCTION')))
      );
      create index unearned_discount_by_day on unearned_discount (company_id, taken_on);
      create index unearned_discount_by_customer on unearned_discount (company_id, customer_id, taken_on);
      create unique index unearned_discount_by_deduction on unearned_discount (company_id, deduction_id) where deduction_id is not null`);
    for (const facts of ["unearned_discount_policy", "unearned_discount"]) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table unearned_discount, unearned_discount_policy");
  }
}
