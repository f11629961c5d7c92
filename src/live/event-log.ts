import { type Answering, only, statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import { type BusinessEvent, LOG_START, type LoggedEvent, type LogPosition } from "../domain/events.ts";

type Column<T> = readonly T[];

const insertEvents = statement<
  object,
  [string, string | null, Column<string>, Column<string>, Column<string | null>, Column<string>, Column<string | null>, Column<string | null>, Column<string | null>, Column<bigint | null>, Column<string | null>, Column<string>]
>(
  "events.append",
  `insert into event (epoch, recorded_at, actor_id, kind, company_id, customer_id, subject_id, document_id, reason, currency, amount_minor, batch_id, effective_on)
   select (select max(epoch) from log_epoch), $1, $2, * from
     unnest($3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::bigint[], $11::uuid[], $12::date[])`,
);

/** Writes what happened into the log, in the transaction in which it happened. The customers concerned are locked by then. */
export async function append(tx: Tx, actorId: string | null, events: readonly BusinessEvent[]): Promise<void> {
  if (events.length === 0) return;
  await insertEvents(
    tx, tx.recordedAt, actorId,
    events.map((it) => it.kind), events.map((it) => it.companyId), events.map((it) => it.customerId), events.map((it) => it.subjectId),
    events.map((it) => it.documentId), events.map((it) => it.reason), events.map((it) => it.currency), events.map((it) => it.minor),
    events.map((it) => it.batchId), events.map((it) => it.effectiveOn),
  );
}

type EventRow = Omit<LoggedEvent, "position"> & { readonly epoch: number; readonly xid: string; readonly id: bigint };

const COLUMNS = `epoch, xid::text as xid, id, kind, company_id as "companyId", customer_id as "customerId", subject_id as "subjectId",
  document_id as "documentId", reason, currency, amount_minor as minor, batch_id as "batchId", effective_on as "effectiveOn", recorded_at as "recordedAt"`;

/** Rows that no running transaction can still slip in front of: all of an older epoch, and this epoch's below the oldest running transaction. */
const SETTLED = `(event.epoch < (select max(epoch) from log_epoch) or event.xid < pg_snapshot_xmin(pg_current_snapshot()))`;

const selectAfter = statement<EventRow, [number, string, bigint, number]>(
  "events.after",
  `select ${COLUMNS} from event
    where (event.epoch, event.xid, event.id) > ($1, $2::xid8, $3) and ${SETTLED}
    order by event.epoch, event.xid, event.id limit $4`,
);

const selectCompanyBetween = statement<EventRow, [number, string, bigint, number, string, bigint, string, number]>(
  "events.ofCompanyBetween",
  `select ${COLUMNS} from event
    where (event.epoch, event.xid, event.id) > ($1, $2::xid8, $3) and (event.epoch, event.xid, event.id) <= ($4, $5::xid8, $6)
      and company_id = $7 and batch_id is null and ${SETTLED}
    order by event.epoch, event.xid, event.id limit $8`,
);

const selectEnd = statement<{ epoch: number; xid: string; id: bigint }, []>(
  "events.end",
  `select event.epoch, event.xid::text as xid, event.id from event where ${SETTLED} order by event.epoch desc, event.xid desc, event.id desc limit 1`,
);

const read = ({ epoch, xid, id, ...event }: EventRow): LoggedEvent => ({ ...event, position: { epoch, xid: BigInt(xid), id } });

/** The next events of all companies, in order. Events of a transaction appear once no earlier one is still running. */
export async function readAfter(on: Answering, after: LogPosition, limit: number): Promise<LoggedEvent[]> {
  return (await selectAfter(on, after.epoch, after.xid.toString(), after.id, limit)).map(read);
}

/** A company's own events after one place and up to another, without the single facts of imports: what a client that was away has missed. */
export async function readMissed(on: Answering, companyId: string, after: LogPosition, upTo: LogPosition, limit: number): Promise<LoggedEvent[]> {
  const rows = await selectCompanyBetween(on, after.epoch, after.xid.toString(), after.id, upTo.epoch, upTo.xid.toString(), upTo.id, companyId, limit);
  return rows.map(read);
}

/** The last settled place of the log; its start where it is empty. */
export async function endOfLog(on: Answering): Promise<LogPosition> {
  const [end] = await selectEnd(on);
  return end ? { epoch: end.epoch, xid: BigInt(end.xid), id: end.id } : LOG_START;
}

const raiseEpoch = statement<{ raised: boolean }, []>(
  "events.raiseEpoch",
  `with now as (select max(epoch) as epoch from log_epoch),
        latest as (select max(xid) as xid from event, now where event.epoch = now.epoch),
        raised as (insert into log_epoch (epoch) select now.epoch + 1 from now, latest where latest.xid >= pg_snapshot_xmax(pg_current_snapshot()) returning epoch)
   select exists (select from raised) as raised`,
);

/**
 * Starts a new epoch when this cluster's transaction ids are not above those in the log, as after a dump was restored
 * into a new cluster: without it, new events would sort before old ones and old ones would seem to be still running.
 */
export async function startEpoch(on: Answering): Promise<boolean> {
  return only(await raiseEpoch(on)).raised;
}
