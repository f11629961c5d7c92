import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Open items and their applications. Applications are the truth; \`open_minor\` is carried for speed, changed only by the
 * statement that writes applications, and kept between nothing and the original by the table itself.
 */
export class OpenItems1780000005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table open_item (
        company_id     uuid        not null references company,
        id             uuid        not null,
        kind           text        not null check (kind in ('INVOICE', 'DEDUCTION', 'PAYMENT')),
        customer_id    uuid,
        document_id    uuid        not null,
        installment_no smallint    not null default 1,
        currency       char(3)     not null,
        original_minor bigint      not null check (original_minor > 0),
        open_minor     bigint      not null,
        due_on         date,
        effective_on   date        not null,
        version        integer     not null default 1,
        recorded_at    timestamptz not null,
        primary key (company_id, id),
        unique (company_id, document_id, installment_no),
        foreign key (company_id, customer_id) references customer,
        constraint open_item_open_in_range check (open_minor between 0 and original_minor)
      );
      create index open_item_open on open_item (company_id, customer_id, (coalesce(due_on, effective_on)), id) where open_minor > 0;
      create index open_item_by_customer on open_item (company_id, customer_id, effective_on, id);
      create trigger open_item_is_a_fact before delete or truncate on open_item for each statement execute function refuse_change();
      create trigger open_item_keeps_its_facts
        before update of company_id, id, kind, customer_id, document_id, installment_no, currency, original_minor, due_on, effective_on, recorded_at on open_item
        for each statement execute function refuse_change();
      create table application (
        company_id     uuid        not null references company,
        id             uuid        not null,
        kind           text        not null check (kind in ('CASH', 'EARNED_DISCOUNT', 'DEDUCTION', 'CLAIM')),
        entry_id       uuid        not null,
        customer_id    uuid        not null,
        payment_id     uuid        not null,
        debit_item_id  uuid,
        credit_item_id uuid,
        opened_item_id uuid,
        currency       char(3)     not null,
        amount_minor   bigint      not null check (amount_minor <> 0),
        effective_on   date        not null,
        recorded_at    timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, entry_id) references journal_entry,
        foreign key (company_id, debit_item_id) references open_item,
        foreign key (company_id, credit_item_id) references open_item,
        foreign key (company_id, opened_item_id) references open_item,
        constraint application_touches_an_item check (debit_item_id is not null or credit_item_id is not null)
      );
      create index application_by_debit_item on application (company_id, debit_item_id);
      create index application_by_credit_item on application (company_id, credit_item_id);
      create index application_by_payment on application (company_id, payment_id);
      create trigger application_is_a_fact before update or delete or truncate on application for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table application, open_item");
  }
}
