import type { MigrationInterface, QueryRunner } from "typeorm";

/** Files that brought claims. One that was read is known by its digest, so that it brings nothing twice; its claims name it. */
export class ClaimFiles1780000022300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table claim_file (
        company_id    uuid        not null references company,
        id            uuid        not null,
        customer_id   uuid        not null,
        name          text        not null,
        format        text        not null check (format in ('X12_812', 'CSV')),
        digest        text        not null,
        input_digest  text        not null,
        known_count   integer     not null,
        skipped_count integer     not null,
        member_id     uuid,
        recorded_at   timestamptz not null,
        primary key (company_id, id),
        unique (company_id, customer_id, input_digest),
        foreign key (company_id, customer_id) references customer
      );
      create trigger claim_file_is_a_fact before update or delete or truncate on claim_file for each statement execute function refuse_change();
      create table claim_of_file (
        company_id uuid not null,
        file_id    uuid not null,
        claim_id   uuid not null,
        primary key (company_id, file_id, claim_id),
        unique (company_id, claim_id),
        foreign key (company_id, file_id) references claim_file,
        foreign key (company_id, claim_id) references claim
      );
      create trigger claim_of_file_is_a_fact before update or delete or truncate on claim_of_file for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table claim_of_file, claim_file");
  }
}
