import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The journal. Amounts are signed: positive is a debit. The balance of an entry is checked once, when its transaction
 * commits, and lines may only join an entry of their own transaction, so what was checked stays true.
 * Functional amount and rate are null where no rate was known when the line was posted.
 */
export class Ledger1780000004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table journal_entry (
        company_id   uuid        not null references company,
        id           uuid        not null,
        kind         text        not null,
        document_id  uuid        not null,
        customer_id  uuid,
        batch_id     uuid,
        effective_on date        not null,
        recorded_at  timestamptz not null,
        primary key (company_id, id)
      );
      create index journal_entry_by_document on journal_entry (company_id, document_id);
      create index journal_entry_by_date on journal_entry (company_id, effective_on);
      create table journal_line (
        company_id       uuid     not null,
        entry_id         uuid     not null,
        line_no          smallint not null,
        account          text     not null,
        currency         char(3)  not null,
        amount_minor     bigint   not null check (amount_minor <> 0),
        functional_minor bigint,
        rate             numeric,
        primary key (company_id, entry_id, line_no),
        foreign key (company_id, entry_id) references journal_entry
      );

      create function check_entry_balance() returns trigger language plpgsql as $$
      declare
        line_count bigint;
        off_balance boolean;
      begin
        select coalesce(sum(per_currency.lines), 0), bool_or(per_currency.off) into line_count, off_balance
          from (select count(*) as lines, sum(amount_minor) <> 0 or coalesce(sum(functional_minor), 0) <> 0 as off
                  from journal_line where company_id = new.company_id and entry_id = new.id group by currency) as per_currency;
        if line_count = 0 then
          raise exception 'Journal entry % has no lines.', new.id using errcode = 'check_violation';
        end if;
        if off_balance then
          raise exception 'Journal entry % does not balance.', new.id using errcode = 'check_violation';
        end if;
        return null;
      end $$;
      create constraint trigger journal_entry_balances after insert on journal_entry
        deferrable initially deferred for each row execute function check_entry_balance();

      create function check_line_joins_new_entry() returns trigger language plpgsql as $$
      begin
        if exists (
          select from added join journal_entry entry on entry.company_id = added.company_id and entry.id = added.entry_id
           where entry.xmin <> pg_current_xact_id()::xid
        ) then
          raise exception 'Journal lines cannot join an entry of an earlier transaction.' using errcode = 'restrict_violation';
        end if;
        return null;
      end $$;
      create trigger journal_line_joins_new_entry after insert on journal_line
        referencing new table as added for each statement execute function check_line_joins_new_entry();

      create trigger journal_entry_is_a_fact before update or delete or truncate on journal_entry for each statement execute function refuse_change();
      create trigger journal_line_is_a_fact before update or delete or truncate on journal_line for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table journal_line, journal_entry; drop function check_entry_balance, check_line_joins_new_entry");
  }
}
