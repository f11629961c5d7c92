import type { MigrationInterface, QueryRunner } from "typeorm";

/** Customers with their names and contacts, payment terms, and the meaning of customers' reason codes. */
export class Customers1780000003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table terms (
        company_id   uuid        not null references company,
        code         text        not null,
        description  text        not null,
        net_days     integer     not null check (net_days between 0 and 3650),
        grace_days   integer     not null default 0 check (grace_days between 0 and 365),
        recorded_at  timestamptz not null,
        primary key (company_id, code)
      );
      create table terms_discount (
        company_id   uuid    not null,
        terms_code   text    not null,
        days         integer not null check (days between 0 and 3650),
        basis_points integer not null check (basis_points between 1 and 9999),
        primary key (company_id, terms_code, days),
        foreign key (company_id, terms_code) references terms
      );
      create table customer (
        company_id       uuid        not null references company,
        id               uuid        not null,
        account_number   text        not null,
        account_key      text        not null,
        name             text        not null,
        currency         char(3)     not null,
        terms_code       text,
        short_pay_policy text        not null default 'OPEN_DEDUCTION' check (short_pay_policy in ('OPEN_DEDUCTION', 'LEAVE_OPEN')),
        version          integer     not null default 1,
        recorded_at      timestamptz not null,
        primary key (company_id, id),
        unique (company_id, account_key),
        foreign key (company_id, terms_code) references terms
      );
      create index customer_by_name on customer (company_id, name, id);
      create table customer_alias (
        company_id  uuid        not null,
        customer_id uuid        not null,
        name        text        not null,
        name_key    text        not null,
        recorded_at timestamptz not null,
        primary key (company_id, customer_id, name),
        foreign key (company_id, customer_id) references customer
      );
      create index customer_alias_by_name on customer_alias (company_id, name_key);
      create table customer_contact (
        company_id  uuid        not null,
        id          uuid        not null,
        customer_id uuid        not null,
        name        text        not null,
        role        text        not null,
        email       text,
        phone       text,
        recorded_at timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer
      );
      create index customer_contact_by_customer on customer_contact (company_id, customer_id, id);
      create table reason_mapping (
        company_id     uuid        not null references company,
        id             uuid        not null,
        customer_id    uuid,
        customer_code  text        not null,
        reason         text        not null,
        effective_from date        not null,
        effective_to   date,
        recorded_at    timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer,
        check (effective_to is null or effective_to >= effective_from)
      );
      create index reason_mapping_by_code on reason_mapping (company_id, customer_code);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table reason_mapping, customer_contact, customer_alias, customer, terms_discount, terms");
  }
}
