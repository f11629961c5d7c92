import { createHash } from "node:crypto";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { checkEvidence, type Evidence, type Stance } from "../domain/evidence.ts";
import { numberOf, readPaper } from "../domain/paper.ts";
import { Refusal } from "../domain/refusal.ts";
import { type CaseInQuestion, lockCase, recordStep, subjectOf } from "../deductions/case-steps.ts";
import type { CaseRow } from "../deductions/case.sql.ts";
import { fileByKey } from "../files/file.sql.ts";
import type { Tail } from "../live/tail.ts";
import { evidenceByKeys, evidenceOfDeductions, insertEvidence, insertWithdrawal } from "./evidence.sql.ts";

/** A paper to be kept with a deduction. */
export interface PaperToKeep extends CaseInQuestion, Evidence {
  readonly fileId: string | null;
  readonly supports: Stance;
  /** What it says, as JSON in the form of its kind. */
  readonly document: string | null;
  /** When the paper was got; now when left out. */
  readonly capturedAt?: string | null | undefined;
}

const LONGEST_REASON = 10_000;

/** The papers of deductions. Each is a fact, and so is its withdrawal; both are told as work on the case. */
export class EvidenceService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Keeps a paper with a deduction, at whatever stage it is. Refuses the same content of the same kind a second time. Answers with its id. */
  async add(actor: Actor, { companyId, deductionId, expectedVersion, fileId, capturedAt, supports, document, ...evidence }: PaperToKeep): Promise<string> {
    checkEvidence(evidence);
    if (evidence.reference === null && fileId === null && document === null) throw new Refusal("VALUE_INVALID", "Name the paper, upload it, or write down what it says.", { field: ["reference"] });
    const id = newId();
    await transact(this.db, async (tx) => {
      const row = await lockCase(tx, { companyId, deductionId, expectedVersion });
      if (capturedAt && Date.parse(capturedAt) > Date.parse(tx.recordedAt)) throw new Refusal("DATE_INVALID", "A paper is not got in the future.", { field: ["capturedAt"] });
      const paper = document === null ? null : readPaper(evidence.kind, document, row.currency);
      const reference = evidence.reference ?? (paper && numberOf(paper));
      const digest = fileId !== null ? await digestOf(tx, companyId, fileId) : document !== null ? createHash("sha256").update(document).digest("hex") : null;
      await refuseTwice(tx, row, evidence, digest);
      await insertEvidence(tx, companyId, actor.memberId, { ...evidence, reference, id, deductionId, fileId, digest, document, supports, capturedAt: capturedAt ?? tx.recordedAt });
      const said = [evidence.kind, reference, evidence.note].filter((it) => it !== null).join(": ");
      await recordStep(tx, actor.memberId, row, "ADD_EVIDENCE", said, { state: row.state }, { evidenceId: id, digest });
    });
    this.tail.ring();
    return id;
  }

  /** Takes a paper back: it stays on record and counts no more. Answers with the id of its deduction. */
  async withdraw(actor: Actor, { companyId, evidenceId, note }: { readonly companyId: string; readonly evidenceId: string; readonly note: string }): Promise<string> {
    if (note.trim() === "" || note.length > LONGEST_REASON) throw new Refusal("VALUE_INVALID", `Say why, in 1 to ${LONGEST_REASON} characters.`, { field: ["note"] });
    const deductionId = await transact(this.db, async (tx) => {
      const find = async () => {
        const [paper] = await evidenceByKeys(tx, [companyId], [evidenceId]);
        if (!paper) throw new Refusal("NOT_FOUND", "There is no such paper in this company.", { field: ["evidenceId"] });
        return paper;
      };
      const row = await lockCase(tx, { companyId, deductionId: (await find()).deductionId });
      const paper = await find();
      if (paper.withdrawnAt !== null) throw new Refusal("CONFLICT", "It was withdrawn already.", { field: ["evidenceId"], subject: subjectOf(row) });
      await insertWithdrawal(tx, companyId, evidenceId, note.trim(), actor.memberId, tx.recordedAt);
      await recordStep(tx, actor.memberId, row, "WITHDRAW_EVIDENCE", `${[paper.kind, paper.reference].filter((it) => it !== null).join(" ")}: ${note.trim()}`, { state: row.state }, { evidenceId });
      return row.deductionId;
    });
    this.tail.ring();
    return deductionId;
  }
}

async function digestOf(tx: Tx, companyId: string, fileId: string): Promise<string> {
  const [file] = await fileByKey(tx, companyId, fileId);
  if (!file) throw new Refusal("NOT_FOUND", "There is no such file in this company.", { field: ["fileId"] });
  if (file.purpose !== "EVIDENCE") throw new Refusal("FILE_INVALID", "That file was uploaded to be loaded and is not kept. Upload it with `purpose=EVIDENCE`.", { field: ["fileId"] });
  return file.digest;
}

async function refuseTwice(tx: Tx, { companyId, deductionId }: CaseRow, { kind }: Evidence, digest: string | null): Promise<void> {
  if (digest === null) return;
  const same = (await evidenceOfDeductions(tx, [companyId], [deductionId])).some((it) => it.withdrawnAt === null && it.kind === kind && it.digest === digest);
  if (same) throw new Refusal("DUPLICATE", `The same content is with this deduction as ${kind} already.`, { field: ["fileId"] });
}
