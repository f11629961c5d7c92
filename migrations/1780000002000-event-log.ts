import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * The one log of business events. Its order is (epoch, xid, id): per customer that is commit order, because a command locks
 * its customers before it takes a transaction id. The epoch rises when a restored cluster starts its ids low again.
 */
export class EventLog1780000002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table log_epoch (
        epoch      integer     primary key,
        started_at timestamptz not null default clock_timestamp()
      );
      insert into log_epoch (epoch) values (1);
      create table event (
        epoch        integer     not null,
        xid          xid8        not null default pg_current_xact_id(),
        id           bigint      not null generated always as identity,
        company_id   uuid        not null references company,
        kind         text        not null,
        customer_id  uuid,
        subject_id   uuid        not null,
        document_id  uuid,
        reason       text,
        currency     char(3),
        amount_minor bigint,
        batch_id     uuid,
        actor_id     uuid,
        effective_on date        not null,
        recorded_at  timestamptz not null,
        primary key (epoch, xid, id)
      );
      create index event_by_customer on event (company_id, customer_id, epoch, xid, id);
      create trigger event_is_a_fact before update or delete or truncate on event for each statement execute function refuse_change();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("drop table event, log_epoch");
  }
}
