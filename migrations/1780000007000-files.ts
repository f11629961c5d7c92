import type { MigrationInterface, QueryRunner } from "typeorm";

/** Files that came in, what was found in them, and how far their posting has come. */
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
        company_id         uuid        not null references company,
        id                 uuid        not null,
        name               text        not null,
        format             text        not null,
        digest             text        not null,
        status             text        not null check (status in ('POSTING', 'POSTED', 'REFUSED')),
        error_message      text,
        error_line         integer,
        credit_minor       bigint      not null default 0,
        debit_minor        bigint      not null default 0,
        line_count         integer     not null default 0,
        recorded_at        timestamptz not null,
        primary key (company_id, id)
      );
      create unique index bank_file_once on bank_file (company_id, digest) where status <> 'REFUSED';
      create table bank_line (
        company_id         uuid    not null,
        id                 uuid    not null,
        file_id            uuid    not null,
        line_no            integer not null,
        account            text    not null,
        currency           char(3) not null,
        type_code          text    not null,
        amount_minor       bigint  not null,
        booked_on          date    not null,
        value_on           date,
        bank_reference     text,
        customer_reference text,
        description        text    not null,
        skip_reason        text,
        payment_id         uuid,
        primary key (company_id, id),
        foreign key (company_id, file_id) references bank_file
      );
      create index bank_line_by_file on bank_line (company_id, file_id, line_no);
      create index bank_line_to_post on bank_line (company_id, file_id, line_no) where payment_id is null and skip_reason is null;
      create table import_run (
        company_id      uuid        not null references company,
        id              uuid        not null,
        name            text        not null,
        digest          text        not null,
        map_name        text        not null,
        map_digest      text        not null,
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
        primary key (company_id, id)
      );
      create unique index import_run_once on import_run (company_id, digest, map_digest) where status <> 'REFUSED';
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
        posted         boolean not null default false,
        primary key (company_id, import_id, line_no),
        foreign key (company_id, import_id) references import_run
      );
      create index import_row_to_post on import_row (company_id, import_id, account_key, post_group) where not posted;
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
    await db.query("drop table import_reject, import_row, import_run, bank_line, bank_file, stored_file");
  }
}
