import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Accounting periods. Days that no period holds are open. A posting holds its company's periods still by a shared lock and
 * closing takes the exclusive one, so that nothing slips into a period while it is being closed. The journal itself refuses
 * an entry of a closed period, whoever writes it.
 */
export class Periods1780000012100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table accounting_period (
        company_id  uuid        not null references company,
        id          uuid        not null,
        from_on     date        not null,
        to_on       date        not null,
        closed_at   timestamptz,
        closed_by   uuid,
        recorded_at timestamptz not null,
        primary key (company_id, id),
        unique (company_id, from_on),
        check (from_on <= to_on),
        check (closed_at is not null or closed_by is null)
      );
      create table closed_period_policy (
        company_id  uuid        not null primary key references company,
        policy      text        not null check (policy in ('REFUSE', 'FIRST_OPEN_DAY')),
        recorded_at timestamptz not null
      );

      create function period_lock_key(company uuid) returns integer language sql immutable as $$
        select ('x' || right(company::text, 8))::bit(32)::integer
      $$;

      -- Volatile, so that what it reads is as of after the lock.
      create function hold_open_periods(company uuid, earliest date) returns table (from_on date, to_on date, policy text) language plpgsql volatile as $$
      begin
        perform pg_advisory_xact_lock_shared(period_lock_key(company), 0);
        return query
          select period.from_on, period.to_on, coalesce(chosen.policy, 'REFUSE')
            from accounting_period period left join closed_period_policy chosen on chosen.company_id = period.company_id
           where period.company_id = company and period.closed_at is not null and period.to_on >= earliest
           order by period.from_on;
      end $$;

      create function check_open_period() returns trigger language plpgsql as $$
      declare
        closed text;
      begin
        perform pg_advisory_xact_lock_shared(period_lock_key(company_id), 0) from (select distinct company_id from added) as company;
        select period.from_on || ' to ' || period.to_on into closed
          from (select distinct company_id, effective_on from added) as day
          join accounting_period period on period.company_id = day.company_id and day.effective_on between period.from_on and period.to_on
         where period.closed_at is not null limit 1;
        if closed is not null then
          raise exception 'The accounting period % is closed.', closed using errcode = 'restrict_violation';
        end if;
        return null;
      end $$;
      create trigger journal_entry_in_open_period after insert on journal_entry
        referencing new table as added for each statement execute function check_open_period();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger journal_entry_in_open_period on journal_entry;
      drop function check_open_period, hold_open_periods, period_lock_key;
      drop table closed_period_policy, accounting_period`);
  }
}
