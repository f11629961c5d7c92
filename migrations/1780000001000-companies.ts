import type { MigrationInterface, QueryRunner } from "typeorm";

/** Creditor companies, the people who work in them, and the answers of commands that were sent with an idempotency key. */
export class Companies1780000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table company (
        id                  uuid        primary key,
        code                text        not null unique,
        name                text        not null,
        functional_currency char(3)     not null,
        recorded_at         timestamptz not null
      );
      create table member (
        id          uuid        primary key,
        subject     text        not null unique,
        recorded_at timestamptz not null
      );
      -- What a company knows of a person is its own: another company that grants the same person a role learns and changes nothing of it.
      create table company_member (
        company_id  uuid        not null references company,
        id          uuid        not null,
        member_id   uuid        not null references member,
        name        text        not null,
        recorded_at timestamptz not null,
        primary key (company_id, id),
        unique (company_id, member_id)
      );
      create table member_role (
        company_id  uuid        not null references company,
        member_id   uuid        not null references member,
        role        text        not null,
        recorded_at timestamptz not null,
        primary key (company_id, member_id, role)
      );
      create index member_role_by_member on member_role (member_id);
      create table command_answer (
        company_id  uuid        not null references company,
        key         text        not null,
        input_hash  text        not null,
        answer      jsonb       not null,
        recorded_at timestamptz not null,
        primary key (company_id, key)
      );
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'Rows of % are facts: they are added, never changed or removed.', tg_table_name using errcode = 'restrict_violation';
      end $$;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop function refuse_change; drop table command_answer, member_role, company_member, member, company");
  }
}
