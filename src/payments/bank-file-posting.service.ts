import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { type Database, only } from "../db/database.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { identifyPayer, payerClues, remittanceInText } from "../domain/payer.ts";
import { namesInText } from "../domain/payer-text.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { readRemittance } from "./bank-file-json.ts";
import { finishBankFile, lockLine, markPosted, noteStandstill, type WaitingLine, waitingLines } from "./bank-file.sql.ts";
import { takeIn } from "./cash-desk.ts";
import { lockPayer } from "./paid-for.ts";
import { payerHits } from "./payer.sql.ts";

/** So many receipts are read at a time. */
const BATCH = 100;

/** After so many receipts that could not be posted, the fault is taken to be everywhere and the rest waits. */
const MOST_FAILURES = 5;

/** Posts the receipts of bank files, each in a transaction of its own, so that a file that was cut off goes on where it stood. */
export class BankFilePostingService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
    private readonly log: (id: string, error: unknown) => void,
  ) {}

  /**
   * Posts the receipts of a file that have no payment yet, until told to stop. An unexpected error of one receipt does not
   * keep back the others; it is logged, and the file says which line waits. So does a rule that says no, such as a closed period.
   */
  async postRest(actor: Actor, { companyId, id }: { readonly companyId: string; readonly id: string }, signal: AbortSignal): Promise<void> {
    const failed: { readonly lineNo: number; readonly why: string }[] = [];
    for (let batch = await waitingLines(this.db, companyId, id, 0, BATCH); batch.length > 0; batch = await waitingLines(this.db, companyId, id, batch.at(-1)!.lineNo, BATCH)) {
      for (const line of batch) {
        if (signal.aborted || failed.length === MOST_FAILURES) break;
        await this.postLine(actor, line).catch((error: unknown) => {
          failed.push({ lineNo: line.lineNo, why: this.#why(error) });
        });
        await setImmediate();
      }
      if (signal.aborted || failed.length === MOST_FAILURES) break;
    }
    if (!signal.aborted) await this.#end(companyId, id, failed[0]);
  }

  /** Posts one receipt: finds its payer, applies it as its remittance says. Does nothing when somebody has posted it. */
  async postLine(actor: Actor, line: WaitingLine): Promise<void> {
    const { companyId, id, currency, minor, bookedOn } = line;
    await transact(this.db, async (tx) => {
      const stated = readRemittance(line.remittance);
      const hits = await payerHits(tx, companyId, payerClues(line, stated), bookedOn);
      const customerId = identifyPayer(hits);
      const remittance = stated?.lines ?? (customerId === null ? null : remittanceInText(hits, customerId, minor));
      const references = remittance?.flatMap(({ reference }) => reference ?? []) ?? null;
      // The customers before the line: locking a row is a write, and no write may come before the customers' locks.
      const others = customerId === null ? [] : await lockPayer(tx, { companyId, customerId, currency, minor, usedOn: bookedOn, references });
      if (only(await lockLine(tx, companyId, id)).paymentId !== null) return;
      const paymentId = await takeIn(tx, { companyId, memberId: actor.memberId, strict: false }, {
        customerId, source: "BANK_FILE", payerName: stated?.payerName ?? namesInText(line.text)[0] ?? null, reference: line.customerReference ?? line.bankReference,
        currency, minor, receivedOn: bookedOn, depositedOn: bookedOn, bankLineId: id, remittance, others,
      });
      await markPosted(tx, companyId, id, paymentId);
    });
    this.tail.ring();
  }

  /** The rest of the sentence that says why a line waits. What is no refusal is a fault of ours and is logged. */
  #why(error: unknown): string {
    if (error instanceof Refusal) return `: ${error.message} Load the same file again to go on.`;
    const errorId = randomUUID();
    this.log(errorId, error);
    return ` because of an unexpected error. Load the same file again to go on; quote ${errorId} when you ask about it.`;
  }

  /** Another process may have posted what failed here: only a file that still waits is told so. */
  async #end(companyId: string, id: string, failed: { readonly lineNo: number; readonly why: string } | undefined): Promise<void> {
    await transact(this.db, async (tx) => {
      await finishBankFile(tx, companyId, id);
      if (!failed) return;
      await noteStandstill(tx, companyId, id, `Line ${failed.lineNo} could not be posted${failed.why}`, failed.lineNo);
    });
  }
}
