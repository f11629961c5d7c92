import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Arrangements of more kinds, with the document that was signed, and their ends, which are facts of their own. Terms change: they
 * have an id for the event log, a version, and keep what earlier versions said; retired ones are given to nobody new.
 *
 * Companies have few terms and arrangements, so that filling columns and checking rows takes no time.
 */
export class ChangingAgreements1780000016000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table special_arrangement add column document text, add column basis_points integer check (basis_points between 1 and 10000),
        drop constraint special_arrangement_kind_check, drop constraint special_arrangement_check1,
        add constraint special_arrangement_kind check (kind in ('EXTENDED_TERMS', 'EXTRA_DISCOUNT_GRACE', 'PAYMENT_PLAN', 'CONSIGNMENT', 'AGREED_DEDUCTION_RATE', 'BILL_AND_HOLD')),
        add constraint special_arrangement_says check (
          case kind when 'EXTENDED_TERMS' then (terms_code is null) <> (net_days is null) and grace_days is null and basis_points is null
                    when 'EXTRA_DISCOUNT_GRACE' then grace_days is not null and terms_code is null and net_days is null and basis_points is null
                    when 'AGREED_DEDUCTION_RATE' then basis_points is not null and terms_code is null and net_days is null and grace_days is null
                    else terms_code is null and net_days is null and grace_days is null and basis_points is null end);

      create table special_arrangement_end (
        company_id     uuid        not null,
        arrangement_id uuid        not null,
        ends_on        date        not null,
        note           text,
        member_id      uuid,
        recorded_at    timestamptz not null,
        primary key (company_id, arrangement_id),
        foreign key (company_id, arrangement_id) references special_arrangement
      );
      create trigger special_arrangement_end_is_a_fact before update or delete or truncate on special_arrangement_end for each statement execute function refuse_change();

      alter table terms add column id uuid not null default gen_random_uuid(), add column version integer not null default 1, add column retired_at timestamptz,
        add constraint terms_id unique (company_id, id);
      create table terms_replaced (
        company_id  uuid        not null,
        terms_code  text        not null,
        version     integer     not null,
        wording     jsonb       not null,
        member_id   uuid,
        recorded_at timestamptz not null,
        primary key (company_id, terms_code, version),
        foreign key (company_id, terms_code) references terms
      );
      create trigger terms_replaced_is_a_fact before update or delete or truncate on terms_replaced for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table terms_replaced, special_arrangement_end;
      alter table terms drop column retired_at, drop column version, drop column id;
      alter table special_arrangement disable trigger special_arrangement_is_a_fact;
      delete from special_arrangement where kind not in ('EXTENDED_TERMS', 'EXTRA_DISCOUNT_GRACE');
      alter table special_arrangement enable trigger special_arrangement_is_a_fact;
      alter table special_arrangement drop constraint special_arrangement_says, drop constraint special_arrangement_kind, drop column basis_points, drop column document,
        add constraint special_arrangement_kind_check check (kind in ('EXTENDED_TERMS', 'EXTRA_DISCOUNT_GRACE')),
        add constraint special_arrangement_check1 check (case kind when 'EXTENDED_TERMS' then (terms_code is null) <> (net_days is null) and grace_days is null
                         else grace_days is not null and terms_code is null and net_days is null end);
    `);
  }
}
