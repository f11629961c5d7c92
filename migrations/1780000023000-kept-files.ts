import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Files that are kept for good, such as the papers of a deduction: their content lies here, in parts, once for each content of
 * a company, so that a dump of this database is the whole truth. Files that are only to be loaded stay in the spool: their rows
 * are what counts of them.
 */
export class KeptFiles1780000023000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table stored_file add column content_type text not null default 'application/octet-stream',
        add column purpose text not null default 'LOAD' check (purpose in ('LOAD', 'EVIDENCE'));
      create table file_content (
        company_id  uuid        not null references company,
        digest      text        not null,
        bytes       bigint      not null check (bytes > 0),
        recorded_at timestamptz not null,
        primary key (company_id, digest)
      );
      create table file_content_part (
        company_id uuid     not null,
        digest     text     not null,
        part_no    smallint not null,
        content    bytea    not null check (octet_length(content) between 1 and 1048576),
        primary key (company_id, digest, part_no),
        foreign key (company_id, digest) references file_content
      );
      alter table file_content_part alter column content set storage external;
    `);
    for (const facts of ["file_content", "file_content_part"]) {
      await db.query(`create trigger ${facts}_is_a_fact before update or delete or truncate on ${facts} for each statement execute function refuse_change()`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table file_content_part, file_content; alter table stored_file drop column purpose, drop column content_type");
  }
}
