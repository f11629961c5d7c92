import type { LogPosition } from "../domain/events.ts";
import { Refusal } from "../domain/refusal.ts";

/** A place in the log as clients hold it: opaque, and safe to keep for as long as they like. */
export const cursorOf = ({ epoch, xid, id }: LogPosition): string => Buffer.from(`${epoch}.${xid}.${id}`).toString("base64url");

/** The place a cursor stands for. Refuses what is not a cursor of this log. */
export function positionOf(cursor: string): LogPosition {
  const match = /^(\d{1,9})\.(\d{1,19})\.(\d{1,18})$/.exec(Buffer.from(cursor, "base64url").toString());
  if (!match) throw new Refusal("VALUE_INVALID", "This is not a cursor that a subscription gave.", { field: ["after"] });
  return { epoch: Number(match[1]), xid: BigInt(match[2]!), id: BigInt(match[3]!) };
}
