import type { MigrationInterface, QueryRunner } from "typeorm";

/** What was set aside for promotions of customers, and what settlements of deductions took of it: facts, both. */
export class Promotions1780000030000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table promotion (
        company_id    uuid        not null references company,
        id            uuid        not null,
        customer_id   uuid        not null,
        code          text        not null,
        code_key      text        not null check (code_key <> ''),
        description   text        not null check (description <> ''),
        item          text        check (item <> ''),
        valid_from    date        not null,
        valid_to      date        not null,
        currency      char(3)     not null,
        accrued_minor bigint      not null check (accrued_minor > 0),
        member_id     uuid,
        recorded_at   timestamptz not null,
        primary key (company_id, id),
        unique (company_id, code_key),
        foreign key (company_id, customer_id) references customer,
        constraint promotion_ends_after_it_begins check (valid_to >= valid_from)
      );
      create index promotion_by_day on promotion (company_id, valid_from desc, id desc);
      create index promotion_by_customer on promotion (company_id, customer_id, valid_from desc, id desc);
      create table promotion_use (
        company_id    uuid     not null,
        settlement_id uuid     not null,
        part_no       smallint not null,
        promotion_id  uuid     not null,
        amount_minor  bigint   not null check (amount_minor > 0),
        primary key (company_id, settlement_id, part_no),
        foreign key (company_id, settlement_id, part_no) references deduction_settlement_part,
        foreign key (company_id, promotion_id) references promotion
      );
      create index promotion_use_of_promotion on promotion_use (company_id, promotion_id)`);
    for (const facts of ["promotion", "promotion_use"]) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table promotion_use, promotion");
  }
}
