import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Exports of the journal to a general ledger. That an entry is exported once is the primary key of `journal_export_entry`.
 * An export keeps the account numbers it was made with, so that it can be fetched again as it was.
 */
export class JournalExports1780000012200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table account_number (
        company_id  uuid        not null references company,
        account     text        not null,
        number      text        not null,
        recorded_at timestamptz not null,
        primary key (company_id, account)
      );
      create table journal_export (
        company_id  uuid        not null references company,
        id          uuid        not null,
        number      integer     not null check (number > 0),
        from_on     date        not null,
        to_on       date        not null,
        entry_count integer     not null check (entry_count > 0),
        member_id   uuid,
        recorded_at timestamptz not null,
        primary key (company_id, id),
        unique (company_id, number),
        check (from_on <= to_on)
      );
      create table journal_export_total (
        company_id   uuid    not null,
        export_id    uuid    not null,
        currency     char(3) not null,
        debit_minor  bigint  not null,
        credit_minor bigint  not null check (credit_minor = debit_minor),
        primary key (company_id, export_id, currency),
        foreign key (company_id, export_id) references journal_export
      );
      create table journal_export_account (
        company_id uuid not null,
        export_id  uuid not null,
        account    text not null,
        number     text not null,
        primary key (company_id, export_id, account),
        foreign key (company_id, export_id) references journal_export
      );
      create table journal_export_entry (
        company_id uuid    not null,
        entry_id   uuid    not null,
        export_id  uuid    not null,
        place      integer not null,
        primary key (company_id, entry_id),
        unique (company_id, export_id, place),
        foreign key (company_id, entry_id) references journal_entry,
        foreign key (company_id, export_id) references journal_export deferrable initially deferred
      );
      create trigger journal_export_is_a_fact before update or delete or truncate on journal_export for each statement execute function refuse_change();
      create trigger journal_export_total_is_a_fact before update or delete or truncate on journal_export_total for each statement execute function refuse_change();
      create trigger journal_export_account_is_a_fact before update or delete or truncate on journal_export_account for each statement execute function refuse_change();
      create trigger journal_export_entry_is_a_fact before update or delete or truncate on journal_export_entry for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table journal_export_entry, journal_export_account, journal_export_total, journal_export, account_number");
  }
}
