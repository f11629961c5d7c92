import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Keys for machines. A key is a member of its own, so that what it does is recorded like what a person does: its id is the
 * `actor_id` of its events and the `member_id` of its files. Only a hash of the secret is kept.
 */
export class ApiKeys1780000013000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table api_key (
        company_id   uuid        not null references company,
        id           uuid        not null references member,
        name         text        not null,
        prefix       text        not null unique,
        hash         text        not null check (hash ~ '^[0-9a-f]{64}$'),
        permissions  text[]      not null check (cardinality(permissions) > 0),
        created_by   uuid        not null references member,
        expires_at   timestamptz,
        revoked_at   timestamptz,
        revoked_by   uuid        references member,
        last_used_at timestamptz,
        recorded_at  timestamptz not null,
        primary key (company_id, id),
        check ((revoked_at is null) = (revoked_by is null))
      );
      -- A key is revoked and used; what it may do, and until when, is settled when it is made.
      create trigger api_key_never_widens before update of company_id, id, name, prefix, hash, permissions, created_by, expires_at, recorded_at on api_key
        for each statement execute function refuse_change();
      create trigger api_key_is_kept before delete or truncate on api_key for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table api_key");
  }
}
