import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Rules that resolve deductions by themselves, each version a fact, and every hit of one with all that it looked at. What was
 * taken before is found by its amount: the index reads the deductions once and holds them meanwhile.
 */
export class ResolutionRules1780000026000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table resolution_rule (
        company_id   uuid        not null references company,
        id           uuid        not null,
        rule_key     text        not null check (rule_key <> ''),
        version      integer     not null check (version > 0),
        effective_on date        not null,
        retired      boolean     not null,
        kind         text        not null check (kind in ('NET_CREDIT', 'DUPLICATE', 'POD_FULL', 'POD_SHORT', 'SMALL_AND_USUAL', 'ROUTE')),
        position     integer     not null check (position > 0),
        reason       text,
        customer_id  uuid,
        currency     char(3)     not null,
        max_minor    bigint      check (max_minor > 0),
        let_go_by    text        check (let_go_by in ('WRITE_OFF', 'CREDIT_MEMO')),
        min_share    smallint    check (min_share between 1 and 100),
        min_decided  integer     check (min_decided > 0),
        charge_back  boolean     not null,
        owner_id     uuid,
        member_id    uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        unique (company_id, rule_key, version),
        foreign key (company_id, customer_id) references customer,
        foreign key (company_id, owner_id) references company_member (company_id, member_id),
        constraint resolution_rule_that_settles_has_a_limit check (max_minor is not null or kind = 'ROUTE' or (kind in ('DUPLICATE', 'POD_FULL') and not charge_back))
      );
      create table resolution_hit (
        company_id    uuid        not null references company,
        id            uuid        not null,
        deduction_id  uuid        not null,
        rule_id       uuid        not null,
        outcome       text        not null check (outcome in ('SETTLED', 'CHARGED_BACK', 'DECIDED', 'ROUTED')),
        inputs        jsonb       not null,
        answer        jsonb       not null,
        settlement_id uuid,
        recorded_at   timestamptz not null,
        primary key (company_id, id),
        foreign key (company_id, deduction_id) references deduction,
        foreign key (company_id, rule_id) references resolution_rule,
        foreign key (company_id, settlement_id) references deduction_settlement,
        constraint resolution_hit_settles check ((settlement_id is not null) = (outcome in ('SETTLED', 'CHARGED_BACK')))
      );
      create index resolution_hit_of_deduction on resolution_hit (company_id, deduction_id, id);
      create index deduction_by_amount on deduction (company_id, customer_id, amount_minor)`);
    for (const facts of ["resolution_rule", "resolution_hit"]) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop index deduction_by_amount; drop table resolution_hit, resolution_rule");
  }
}
