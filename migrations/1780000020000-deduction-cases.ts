import type { MigrationInterface, QueryRunner } from "typeorm";

const KINDS = "'CASH', 'EARNED_DISCOUNT', 'WRITE_OFF', 'DEDUCTION', 'CLAIM', 'CREDIT'";
const KINDS_OF_RESOLUTION = "'CHARGEBACK', 'REVERSAL', 'DISCOUNT', 'PROMOTION', 'GOODWILL', 'BAD_DEBT', 'SPLIT', 'CANCELED'";

/**
 * The work on deductions: where each stands, what was done about it, what settled it, and who may approve how much. A
 * deduction that another was split into, or several were merged into, came with no payment. Deductions that are there
 * already stand where a new one does. Adding the checks reads both tables once and holds them meanwhile.
 */
export class DeductionCases1780000020000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table deduction alter column payment_id drop not null, add column purchase_order text,
        drop constraint deduction_source_check, add constraint deduction_source_check check (source in ('SHORT_PAY', 'REMITTANCE_LINE', 'SPLIT', 'MERGE')),
        add constraint deduction_of_a_payment check ((payment_id is null) = (source in ('SPLIT', 'MERGE')));
      create table deduction_case (
        company_id       uuid     not null references company,
        deduction_id     uuid     not null,
        state            text     not null,
        version          integer  not null default 1,
        reason           text     not null,
        owner_id         uuid,
        follow_up_on     date,
        verdict          text     check (verdict in ('VALID', 'INVALID', 'PARTIAL')),
        valid_minor      bigint   check (valid_minor >= 0),
        decided_by       uuid,
        approved_by      uuid,
        rounds           smallint not null default 0,
        escalation       text     check (escalation in ('TEAM_LEAD', 'SALES', 'SENIOR_MANAGEMENT', 'LEGAL')),
        dispute_by       date,
        entered_state_at timestamptz not null,
        primary key (company_id, deduction_id),
        foreign key (company_id, deduction_id) references deduction,
        check ((verdict is null) = (valid_minor is null))
      );
      create index deduction_case_by_state on deduction_case (company_id, state, dispute_by);
      create index deduction_case_by_owner on deduction_case (company_id, owner_id, state) where owner_id is not null;
      insert into deduction_case (company_id, deduction_id, state, reason, entered_state_at)
        select company_id, id, 'CAPTURED', reason, recorded_at from deduction;
      create table deduction_activity (
        company_id   uuid        not null references company,
        id           uuid        not null,
        deduction_id uuid        not null,
        action       text        not null,
        from_state   text        not null,
        to_state     text        not null,
        member_id    uuid,
        note         text,
        details      jsonb       not null default '{}',
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, deduction_id) references deduction
      );
      create index deduction_activity_of_deduction on deduction_activity (company_id, deduction_id, id);
      create table deduction_settlement (
        company_id   uuid        not null references company,
        id           uuid        not null,
        deduction_id uuid        not null,
        entry_id     uuid        not null,
        undoes_id    uuid,
        settled_on   date        not null,
        member_id    uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        unique (company_id, undoes_id),
        foreign key (company_id, deduction_id) references deduction,
        foreign key (company_id, undoes_id) references deduction_settlement
      );
      create index deduction_settlement_of_deduction on deduction_settlement (company_id, deduction_id, id);
      create table deduction_settlement_part (
        company_id    uuid     not null,
        settlement_id uuid     not null,
        part_no       smallint not null,
        kind          text     not null,
        amount_minor  bigint   not null check (amount_minor > 0),
        memo_id       uuid,
        primary key (company_id, settlement_id, part_no),
        foreign key (company_id, settlement_id) references deduction_settlement,
        foreign key (company_id, memo_id) references memo
      );
      create table approval_limit (
        company_id   uuid        not null references company,
        id           uuid        not null,
        role         text        not null,
        reason       text,
        currency     char(3)     not null,
        max_minor    bigint      check (max_minor >= 0),
        effective_on date        not null,
        member_id    uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id)
      );
      create index approval_limit_in_force on approval_limit (company_id, currency, effective_on desc, id desc);
      alter table application drop constraint application_kind_check,
        add constraint application_kind_check check (kind in (${KINDS}, ${KINDS_OF_RESOLUTION})),
        drop constraint application_of_a_payment,
        add constraint application_of_a_payment check (payment_id is not null or kind in ('CREDIT', 'WRITE_OFF', 'DEDUCTION', ${KINDS_OF_RESOLUTION}));
    `);
    for (const facts of ["deduction_activity", "deduction_settlement", "deduction_settlement_part", "approval_limit"]) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table application drop constraint application_of_a_payment, add constraint application_of_a_payment check (payment_id is not null or kind = 'CREDIT'),
        drop constraint application_kind_check, add constraint application_kind_check check (kind in (${KINDS}));
      drop table approval_limit, deduction_settlement_part, deduction_settlement, deduction_activity, deduction_case;
      alter table deduction drop constraint deduction_of_a_payment, drop constraint deduction_source_check,
        add constraint deduction_source_check check (source in ('SHORT_PAY', 'REMITTANCE_LINE')), drop column purchase_order, alter column payment_id set not null`);
  }
}
