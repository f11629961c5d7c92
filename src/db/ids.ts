import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

/** Random bytes of an id. */
const BYTES = 16;
/** Random bytes for many ids: to ask the system for those of each one costs five times what the rest of the id does. */
const pool = new Uint8Array(BYTES * 1024);
let used = pool.length;
let msecs = 0;
let seq = 0;

/** A new row id: a UUID whose order is the order of making, so that indexes grow at one end. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, (used += BYTES));
  const now = Date.now();
  // Within one millisecond ids count on from a random number of 31 bits, which leaves room for as many.
  seq = now > msecs ? new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1 : seq + 1;
  msecs = Math.max(now, msecs);
  return v7({ random, msecs, seq });
}
