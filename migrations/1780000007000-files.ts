import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Files that came in, what was found in them, and how far their posting has come. Rows and names of an import are a queue:
 * they leave it in the transaction that posts them.
 */
export class Files1780000007000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table stored_file (
        company_id  uuid        not null references company,
        id          uuid        not null,
        name        text        not null,
        bytes       bigint      not null,
        digest      text        not null,
        member_id   uuid        not null,
        recorded_at timestamptz not null,
        primary key (company_id, id)
      );
      create table bank_file (
        company_id    uuid        not null references company,
        id            uuid        not null,
        name          text        not null,
        format        text        not null,
        digest        text        not null,
        input_digest  text        not null,
        status        text        not null check (status in ('POSTING', 'POSTED', 'REFUSED')),
        error_message text,
        error_line    integer,
        accounts      jsonb       not null,
        notes         jsonb       not null,
        line_count    integer     not null default 0,
        receipt_count integer     not null default 0,
        member_id     uuid        not null,
        recorded_at   timestamptz not null,
        primary key (company_id, id)
      );
      create unique index bank_file_once on bank_file (company_id, digest) where status <> 'REFUSED';
      create index bank_file_unfinished on bank_file (id) where status = 'POSTING';
      create table bank_line (
        company_id         uuid    not null,
        id                 uuid    not null,
        file_id            uuid    not null,
        line_no            integer not null,
        account            text    not null,
        currency           char(3) not null,
        type_code          text    not null,
        direction          text    not null check (direction in ('CREDIT', 'DEBIT')),
        amount_minor       bigint  not null check (amount_minor > 0),
        booked_on          date    not null,
        value_on           date,
        bank_reference     text,
        customer_reference text,
        description        text    not null,
        skip_reason        text,
        remittance         jsonb,
        payment_id         uuid,
        primary key (company_id, id),
        foreign key (company_id, file_id) references bank_file,
        check (payment_id is null or skip_reason is null)
      );
      create unique index bank_line_by_file on bank_line (company_id, file_id, line_no);
      create index bank_line_to_post on bank_line (company_id, file_id, line_no) where payment_id is null and skip_reason is null;
      create table import_run (
        company_id      uuid        not null references company,
        id              uuid        not null,
        file_id         uuid        not null,
        name            text        not null,
        digest          text        not null,
        map_name        text        not null,
        map_digest      text        not null,
        map             jsonb       not null,
        accept_good     boolean     not null,
        status          text        not null check (status in ('STAGING', 'POSTING', 'POSTED', 'REFUSED')),
        error_message   text,
        row_count       integer     not null default 0,
        duplicate_count integer     not null default 0,
        reject_count    integer     not null default 0,
        warning_count   integer     not null default 0,
        known_count     integer     not null default 0,
        posted_count    integer     not null default 0,
        invoice_count   integer     not null default 0,
        payment_count   integer     not null default 0,
        member_id       uuid        not null,
        recorded_at     timestamptz not null,
        finished_at     timestamptz,
        primary key (company_id, id),
        foreign key (company_id, file_id) references stored_file
      );
      create unique index import_run_once on import_run (company_id, digest, map_digest) where status <> 'REFUSED';
      create index import_run_unfinished on import_run (id) where finished_at is null;
      create table import_row (
        company_id     uuid    not null,
        import_id      uuid    not null,
        line_no        integer not null,
        document_key   text    not null,
        number         text,
        account_number text    not null,
        account_key    text    not null,
        customer_name  text,
        currency       char(3) not null,
        amount_minor   bigint  not null,
        invoiced_on    date    not null,
        due_on         date    not null,
        cleared_on     date,
        terms_code     text,
        segment        text,
        disputed       boolean not null,
        purchase_order text,
        sales_order    text,
        shipment       text,
        post_group     text    not null,
        primary key (company_id, import_id, line_no),
        foreign key (company_id, import_id) references import_run
      );
      create index import_row_to_post on import_row (company_id, import_id, account_key, post_group);
      create table import_name (
        company_id  uuid not null,
        import_id   uuid not null,
        account_key text not null,
        name        text not null,
        name_key    text not null,
        primary key (company_id, import_id, account_key, name),
        foreign key (company_id, import_id) references import_run
      );
      create table import_reject (
        company_id  uuid    not null,
        import_id   uuid    not null,
        line_no     integer not null,
        fault_no    smallint not null,
        column_name text    not null,
        value       text    not null,
        reason      text    not null,
        warning     boolean not null,
        primary key (company_id, import_id, line_no, fault_no),
        foreign key (company_id, import_id) references import_run
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table import_reject, import_name, import_row, import_run, bank_line, bank_file, stored_file");
  }
}
