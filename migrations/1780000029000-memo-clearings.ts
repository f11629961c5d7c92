import type { MigrationInterface, QueryRunner } from "typeorm";

/** Lets every application have one more kind, whatever kinds it may have by then. */
const kinds = (constraint: string, from: string, to: string): string => `
  do $$ declare told text; begin
    select pg_get_constraintdef(oid) into told from pg_constraint where conname = '${constraint}' and conrelid = 'application'::regclass;
    execute 'alter table application drop constraint ${constraint}, add constraint ${constraint} ' || replace(told, ${from}, ${to});
  end $$;`;

const CONSTRAINTS = ["application_kind_check", "application_of_a_payment"];
const CANCELED = "'''CANCELED''::text'";
const BOTH = "'''CANCELED''::text, ''REFUND''::text'";

/** What a credit memo has left may be refunded, and a debit memo moved to bad debt; both can be undone by opposite rows. */
export class MemoClearings1780000029000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const constraint of CONSTRAINTS) await db.query(kinds(constraint, CANCELED, BOTH));
    await db.query(`
      create table memo_clearing (
        company_id   uuid        not null references company,
        id           uuid        not null,
        memo_id      uuid        not null,
        kind         text        not null check (kind in ('REFUND', 'BAD_DEBT')),
        amount_minor bigint      not null check (amount_minor > 0),
        effective_on date        not null,
        entry_id     uuid        not null,
        undoes_id    uuid,
        note         text        not null,
        member_id    uuid,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        unique (company_id, undoes_id),
        foreign key (company_id, memo_id) references memo,
        foreign key (company_id, undoes_id) references memo_clearing
      );
      create index memo_clearing_of_memo on memo_clearing (company_id, memo_id, id);
      create trigger memo_clearing_is_a_fact before update or delete or truncate on memo_clearing for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table memo_clearing");
    for (const constraint of CONSTRAINTS) await db.query(kinds(constraint, BOTH, CANCELED));
  }
}
