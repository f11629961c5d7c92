import type { MigrationInterface, QueryRunner } from "typeorm";

/** The documents behind open items: invoices, payments with their remittance advice, and deductions. */
export class Documents1780000006000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table invoice (
        company_id     uuid        not null references company,
        id             uuid        not null,
        customer_id    uuid        not null,
        number         text,
        document_key   text        not null,
        currency       char(3)     not null,
        total_minor    bigint      not null check (total_minor > 0),
        tax_minor      bigint      not null default 0 check (tax_minor >= 0),
        freight_minor  bigint      not null default 0 check (freight_minor >= 0),
        invoiced_on    date        not null,
        due_on         date        not null,
        terms_code     text,
        grace_days     integer     not null default 0,
        purchase_order text,
        sales_order    text,
        shipment       text,
        segment        text,
        disputed       boolean     not null default false,
        batch_id       uuid,
        recorded_at    timestamptz not null,
        primary key (company_id, id),
        unique (company_id, document_key),
        foreign key (company_id, customer_id) references customer,
        check (tax_minor + freight_minor <= total_minor)
      );
      create index invoice_by_customer on invoice (company_id, customer_id, invoiced_on desc, id desc);
      create index invoice_by_date on invoice (company_id, invoiced_on desc, id desc);
      create table invoice_discount (
        company_id   uuid    not null,
        invoice_id   uuid    not null,
        discount_on  date    not null,
        basis_points integer not null,
        primary key (company_id, invoice_id, discount_on),
        foreign key (company_id, invoice_id) references invoice
      );
      create table invoice_line (
        company_id   uuid     not null,
        invoice_id   uuid     not null,
        line_no      smallint not null,
        item         text,
        description  text     not null,
        quantity     numeric,
        unit         text,
        unit_price   numeric,
        amount_minor bigint   not null,
        primary key (company_id, invoice_id, line_no),
        foreign key (company_id, invoice_id) references invoice
      );
      create table payment (
        company_id   uuid        not null references company,
        id           uuid        not null,
        customer_id  uuid,
        source       text        not null check (source in ('MANUAL', 'BANK_FILE', 'IMPORT')),
        payer_name   text,
        reference    text,
        currency     char(3)     not null,
        amount_minor bigint      not null check (amount_minor > 0),
        received_on  date        not null,
        deposited_on date        not null,
        bank_line_id uuid,
        exception    text,
        batch_id     uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer
      );
      create index payment_by_customer on payment (company_id, customer_id, received_on desc, id desc);
      create unique index payment_of_bank_line on payment (company_id, bank_line_id) where bank_line_id is not null;
      create index payment_by_date on payment (company_id, received_on desc, id desc);
      create table remittance_line (
        company_id      uuid     not null,
        payment_id      uuid     not null,
        line_no         smallint not null,
        file_line       integer,
        reference       text,
        gross_minor     bigint,
        discount_minor  bigint   not null,
        deduction_minor bigint   not null,
        net_minor       bigint   not null,
        customer_code   text,
        claim_number    text,
        comment         text,
        primary key (company_id, payment_id, line_no),
        foreign key (company_id, payment_id) references payment
      );
      create table deduction (
        company_id    uuid        not null references company,
        id            uuid        not null,
        customer_id   uuid        not null,
        payment_id    uuid        not null,
        invoice_id    uuid,
        line_no       smallint,
        source        text        not null check (source in ('SHORT_PAY', 'REMITTANCE_LINE')),
        reason        text        not null,
        customer_code text,
        claim_number  text,
        currency      char(3)     not null,
        amount_minor  bigint      not null check (amount_minor > 0),
        taken_on      date        not null,
        recorded_at   timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer,
        foreign key (company_id, payment_id) references payment,
        foreign key (company_id, invoice_id) references invoice,
        foreign key (company_id, payment_id, line_no) references remittance_line
      );
      create index deduction_by_date on deduction (company_id, taken_on desc, id desc);
      create index deduction_by_customer on deduction (company_id, customer_id, taken_on desc, id desc);
      create index deduction_by_payment on deduction (company_id, payment_id);
      create index deduction_by_invoice on deduction (company_id, invoice_id);
    `);
    for (const facts of ["invoice_discount", "invoice_line", "remittance_line", "payment", "deduction", "invoice"]) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table deduction, remittance_line, payment, invoice_line, invoice_discount, invoice");
  }
}
