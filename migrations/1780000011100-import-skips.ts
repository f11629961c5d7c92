import type { MigrationInterface, QueryRunner } from "typeorm";

/** Rows of a file that its map passes over: how many, and for which of the map's reasons. */
export class ImportSkips1780000011100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table import_run add column skipped_count integer not null default 0;
      create table import_skip (
        company_id uuid    not null,
        import_id  uuid    not null,
        reason     text    not null,
        row_count  integer not null check (row_count > 0),
        primary key (company_id, import_id, reason),
        foreign key (company_id, import_id) references import_run
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table import_skip; alter table import_run drop column skipped_count");
  }
}
