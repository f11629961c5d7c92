import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Credit memos and debit memos, which change what a customer owes beside invoices, and the opening balances of a take-over.
 * An application of a credit memo belongs to no payment. Adding the checks reads both tables once and holds them meanwhile.
 */
export class Memos1780000012000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table opening_balance (
        company_id    uuid        not null references company,
        id            uuid        not null,
        taken_over_on date        not null,
        item_count    integer     not null check (item_count > 0),
        member_id     uuid,
        recorded_at   timestamptz not null,
        primary key (company_id, id)
      );
      create table memo (
        company_id   uuid        not null references company,
        id           uuid        not null,
        kind         text        not null check (kind in ('CREDIT', 'DEBIT')),
        customer_id  uuid        not null,
        number       text        not null,
        document_key text        not null,
        currency     char(3)     not null,
        total_minor  bigint      not null check (total_minor > 0),
        tax_minor    bigint      not null default 0 check (tax_minor between 0 and total_minor),
        issued_on    date        not null,
        due_on       date,
        reason       text        not null,
        invoice_id   uuid,
        batch_id     uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        unique (company_id, kind, document_key),
        foreign key (company_id, customer_id) references customer,
        foreign key (company_id, invoice_id) references invoice,
        constraint memo_debit_is_due check ((kind = 'DEBIT') = (due_on is not null))
      );
      create index memo_by_customer on memo (company_id, customer_id, kind, issued_on desc, id desc);
      create index memo_by_date on memo (company_id, kind, issued_on desc, id desc);
      create index memo_by_invoice on memo (company_id, invoice_id) where invoice_id is not null;
      create table memo_line (
        company_id      uuid     not null,
        memo_id         uuid     not null,
        line_no         smallint not null,
        invoice_line_no smallint,
        description     text     not null,
        amount_minor    bigint   not null check (amount_minor >= 0),
        primary key (company_id, memo_id, line_no),
        foreign key (company_id, memo_id) references memo
      );
      create trigger memo_is_a_fact before update or delete or truncate on memo for each statement execute function refuse_change();
      create trigger memo_line_is_a_fact before update or delete or truncate on memo_line for each statement execute function refuse_change();
      create trigger opening_balance_is_a_fact before update or delete or truncate on opening_balance for each statement execute function refuse_change();

      alter table open_item drop constraint open_item_kind_check,
        add constraint open_item_kind_check check (kind in ('INVOICE', 'DEDUCTION', 'PAYMENT', 'DEBIT_MEMO', 'CREDIT_MEMO'));
      alter table application drop constraint application_kind_check,
        add constraint application_kind_check check (kind in ('CASH', 'EARNED_DISCOUNT', 'DEDUCTION', 'CLAIM', 'CREDIT')),
        alter column payment_id drop not null,
        add constraint application_of_a_payment check ((payment_id is null) = (kind = 'CREDIT'));
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table application drop constraint application_of_a_payment, alter column payment_id set not null, drop constraint application_kind_check,
        add constraint application_kind_check check (kind in ('CASH', 'EARNED_DISCOUNT', 'DEDUCTION', 'CLAIM'));
      alter table open_item drop constraint open_item_kind_check, add constraint open_item_kind_check check (kind in ('INVOICE', 'DEDUCTION', 'PAYMENT'));
      drop table memo_line, memo, opening_balance`);
  }
}
