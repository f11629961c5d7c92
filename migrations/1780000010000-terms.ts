import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Terms in full: dates by months, by ends of months and by days of a month; installments; what a discount is a percentage of
 * and whether a part of a payment earns it; grace for the due date. Special arrangements with customers. An invoice keeps
 * what its terms meant on its day, so that nothing agreed later moves it: due dates and amounts stand in its open items.
 *
 * Columns with constant defaults and constraints that are not validated are quick on a table of any size; the rows there
 * already hold the defaults.
 */
export class Terms1780000010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    const rule = [
      "months integer not null default 0 check (months between 0 and 120)",
      "end_of_month boolean not null default false",
      "days_after integer not null default 0 check (days_after between 0 and 3650)",
      "proximo_day integer check (proximo_day between 1 and 31)",
      "proximo_months integer not null default 0 check (proximo_months between 0 and 120)",
      "cutoff_day integer check (cutoff_day between 1 and 31)",
    ];
    await db.query(`
      alter table terms
        ${rule.map((column) => `add column ${column}`).join(", ")},
        add column due_grace_days integer not null default 0 check (due_grace_days between 0 and 365),
        add column discount_base text not null default 'TOTAL' check (discount_base in ('TOTAL', 'LINES', 'LINES_AND_TAX')),
        add column discount_on_partial boolean not null default true;

      alter table terms_discount drop constraint terms_discount_pkey;
      alter table terms_discount alter column days drop not null,
        add column proximo_day integer check (proximo_day between 1 and 31),
        add column proximo_months integer not null default 0 check (proximo_months between 0 and 120),
        add constraint terms_discount_ends_one_way check ((days is null) <> (proximo_day is null)),
        add constraint terms_discount_ends_once unique nulls not distinct (company_id, terms_code, days, proximo_day, proximo_months);

      create table terms_installment (
        company_id     uuid     not null,
        terms_code     text     not null,
        no             smallint not null,
        kind           text     not null check (kind in ('SHARE', 'FIXED', 'BALANCE')),
        share          integer,
        of_parts       integer,
        fixed_minor    bigint   check (fixed_minor > 0),
        currency       char(3),
        net_days       integer  not null default 0 check (net_days between 0 and 3650),
        ${rule.join(", ")},
        primary key (company_id, terms_code, no),
        foreign key (company_id, terms_code) references terms,
        check ((kind = 'SHARE') = (share is not null) and (kind = 'SHARE') = (of_parts is not null) and share between 1 and of_parts - 1),
        check ((kind = 'FIXED') = (fixed_minor is not null) and (kind = 'FIXED') = (currency is not null))
      );

      create table special_arrangement (
        company_id     uuid        not null references company,
        id             uuid        not null,
        customer_id    uuid        not null,
        kind           text        not null check (kind in ('EXTENDED_TERMS', 'EXTRA_DISCOUNT_GRACE')),
        effective_from date        not null,
        effective_to   date,
        approver       text        not null,
        note           text,
        terms_code     text,
        net_days       integer     check (net_days between 0 and 3650),
        grace_days     integer     check (grace_days between 0 and 365),
        member_id      uuid,
        recorded_at    timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, customer_id) references customer,
        foreign key (company_id, terms_code) references terms,
        check (effective_to is null or effective_to >= effective_from),
        check (case kind when 'EXTENDED_TERMS' then (terms_code is null) <> (net_days is null) and grace_days is null
                         else grace_days is not null and terms_code is null and net_days is null end)
      );
      create index special_arrangement_by_customer on special_arrangement (company_id, customer_id, kind, id);
      create trigger special_arrangement_is_a_fact before update or delete or truncate on special_arrangement for each statement execute function refuse_change();

      alter table invoice
        add column due_grace_days integer not null default 0,
        add column discount_base text not null default 'TOTAL',
        add column discount_on_partial boolean not null default true,
        add column arrangement_id uuid,
        add constraint invoice_discount_base check (discount_base in ('TOTAL', 'LINES', 'LINES_AND_TAX')) not valid,
        add constraint invoice_by_arrangement foreign key (company_id, arrangement_id) references special_arrangement not valid;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table invoice drop column arrangement_id, drop column discount_on_partial, drop column discount_base, drop column due_grace_days;
      drop table special_arrangement, terms_installment;
      delete from terms_discount where days is null;
      alter table terms_discount drop constraint terms_discount_ends_once, drop constraint terms_discount_ends_one_way,
        drop column proximo_months, drop column proximo_day, alter column days set not null, add primary key (company_id, terms_code, days);
      alter table terms drop column discount_on_partial, drop column discount_base, drop column due_grace_days, drop column cutoff_day,
        drop column proximo_months, drop column proximo_day, drop column days_after, drop column end_of_month, drop column months;
    `);
  }
}
