import type { MigrationInterface, QueryRunner } from "typeorm";

/** Tables whose rows are facts. */
const FACTS = ["customer_change", "customer_parent", "paying_relationship", "paying_relationship_end", "contact_channel", "credit_limit", "credit_hold", "credit_hold_release"];

/**
 * What else a company knows of a customer: bill-to address, parent and payers by date, how its people may be reached, credit limit and holds.
 * Whatever has a day is a fact, added and never changed. The roles of contacts become a closed list; what stood there before is kept as the title.
 */
export class CustomersInFull1780000011000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table customer_contact add column title text, add column channel text, add column language text, add column time_zone text,
                                   add column version integer not null default 1;
      update customer_contact set title = role,
             role = case when upper(translate(trim(role), ' -', '__')) in ('ACCOUNTS_PAYABLE', 'BUYER', 'DISPUTES', 'EXECUTIVE', 'LEGAL')
                         then upper(translate(trim(role), ' -', '__')) else 'OTHER' end;
      alter table customer_contact
        add constraint customer_contact_role check (role in ('ACCOUNTS_PAYABLE', 'BUYER', 'DISPUTES', 'EXECUTIVE', 'LEGAL', 'OTHER')),
        add constraint customer_contact_channel check (channel in ('EMAIL', 'PHONE', 'POST', 'PORTAL'));
      create table contact_channel (
        company_id     uuid        not null,
        id             uuid        not null,
        contact_id     uuid        not null,
        channel        text        not null check (channel in ('EMAIL', 'PHONE', 'POST', 'PORTAL')),
        consent        text        not null check (consent in ('UNKNOWN', 'GIVEN', 'WITHDRAWN')),
        do_not_contact boolean     not null,
        member_id      uuid        references member,
        recorded_at    timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, contact_id) references customer_contact
      );
      create index contact_channel_by_contact on contact_channel (company_id, contact_id, channel, id);
      create table customer_bill_to (
        company_id  uuid not null,
        customer_id uuid not null,
        name        text,
        street      text not null,
        street2     text,
        city        text not null,
        region      text,
        postal_code text,
        country     text not null check (country ~ '^[A-Z]{2}$'),
        primary key (company_id, customer_id),
        foreign key (company_id, customer_id) references customer
      );
      -- Who changed which fields, and when; not what they held, because they hold personal data and a fact cannot be forgotten.
      create table customer_change (
        company_id  uuid        not null,
        id          uuid        not null,
        customer_id uuid        not null,
        contact_id  uuid,
        version     integer     not null,
        fields      text[]      not null,
        member_id   uuid        references member,
        recorded_at timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer,
        foreign key (company_id, contact_id) references customer_contact
      );
      create index customer_change_by_customer on customer_change (company_id, customer_id, id);
      create table customer_parent (
        company_id   uuid        not null,
        id           uuid        not null,
        customer_id  uuid        not null,
        parent_id    uuid,
        effective_on date        not null,
        member_id    uuid        references member,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer,
        foreign key (company_id, parent_id) references customer,
        check (parent_id <> customer_id)
      );
      create index customer_parent_by_customer on customer_parent (company_id, customer_id, effective_on, id);
      create index customer_parent_by_parent on customer_parent (company_id, parent_id);
      create table paying_relationship (
        company_id  uuid        not null,
        id          uuid        not null,
        payer_id    uuid        not null,
        customer_id uuid        not null,
        starts_on   date        not null,
        ends_on     date        check (ends_on >= starts_on),
        member_id   uuid        references member,
        recorded_at timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, payer_id) references customer,
        foreign key (company_id, customer_id) references customer,
        check (payer_id <> customer_id)
      );
      create index paying_relationship_by_payer on paying_relationship (company_id, payer_id, starts_on, id);
      create index paying_relationship_by_customer on paying_relationship (company_id, customer_id, starts_on, id);
      create table paying_relationship_end (
        company_id      uuid        not null,
        relationship_id uuid        not null,
        ends_on         date        not null,
        member_id       uuid        references member,
        recorded_at     timestamptz not null,
        primary key (company_id, relationship_id),
        foreign key (company_id, relationship_id) references paying_relationship
      );
      create table credit_limit (
        company_id   uuid        not null,
        id           uuid        not null,
        customer_id  uuid        not null,
        currency     char(3)     not null,
        limit_minor  bigint      check (limit_minor >= 0),
        expires_on   date        check (expires_on >= effective_on),
        effective_on date        not null,
        member_id    uuid        references member,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer
      );
      create index credit_limit_by_customer on credit_limit (company_id, customer_id, effective_on, id);
      create table credit_hold (
        company_id   uuid        not null,
        id           uuid        not null,
        customer_id  uuid        not null,
        scope        text        not null check (scope in ('ORDERS', 'SHIPMENTS', 'INVOICES', 'ALL')),
        reason       text        not null,
        effective_on date        not null,
        member_id    uuid        references member,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer
      );
      create index credit_hold_by_customer on credit_hold (company_id, customer_id, id);
      create table credit_hold_release (
        company_id   uuid        not null,
        hold_id      uuid        not null,
        note         text,
        effective_on date        not null,
        member_id    uuid        references member,
        recorded_at  timestamptz not null,
        primary key (company_id, hold_id),
        foreign key (company_id, hold_id) references credit_hold
      );
    `);
    for (const facts of FACTS) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table credit_hold_release, credit_hold, credit_limit, paying_relationship_end, paying_relationship, customer_parent, customer_change, customer_bill_to, contact_channel;
      alter table customer_contact drop constraint customer_contact_role, drop constraint customer_contact_channel;
      update customer_contact set role = coalesce(title, role);
      alter table customer_contact drop column title, drop column channel, drop column language, drop column time_zone, drop column version;
    `);
  }
}
