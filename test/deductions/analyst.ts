import type { Books } from "../kit/books.ts";
import {
  CaseOfDocument, CasesOfDocument, DecideDeductionDocument, MergeDeductionsDocument, NoteDeductionDocument, PreviewSettlementDocument, SettleDeductionDocument, type SettleDeductionInput,
  SplitDeductionDocument, UndoSettlementDocument, WorkDeductionDocument, type WorkDeductionInput,
} from "../kit/gql.ts";

type Who = "analyst" | "controller" | "clerk" | "collector";

/** A deductions analyst at work, through the graph. */
export class Analyst {
  constructor(
    readonly books: Books,
    readonly who: Who = "analyst",
    /** Of somebody whom no test company has by itself. */
    private readonly token: string | null = null,
  ) {}

  get #token(): string {
    return this.token ?? this.books.company.as[this.who];
  }

  async of(id: string) {
    const { node } = await this.books.app.query(this.#token, CaseOfDocument, { id });
    if (!node || !("case" in node)) throw new Error("There is no such deduction.");
    return node;
  }

  /** All deductions of a customer, oldest first. */
  async all(customerId: string) {
    return (await this.books.app.query(this.#token, CasesOfDocument, { customerId })).deductions!.edges!.map((it) => it!.node!).reverse();
  }

  async work(deductionId: string, step: WorkDeductionInput["step"], more: Partial<WorkDeductionInput> = {}) {
    return (await this.books.app.query(this.#token, WorkDeductionDocument, { input: { deductionId, step, ...more } })).workDeduction;
  }

  async note(deductionId: string, note: string) {
    return (await this.books.app.query(this.#token, NoteDeductionDocument, { input: { deductionId, note } })).noteDeduction;
  }

  async decide(deductionId: string, validAmount: string, expectedVersion?: number) {
    return (await this.books.app.query(this.#token, DecideDeductionDocument, { input: { deductionId, validAmount, note: "The receiving report says so.", ...(expectedVersion && { expectedVersion }) } })).decideDeduction;
  }

  async split(deductionId: string, ...amounts: string[]) {
    return (await this.books.app.query(this.#token, SplitDeductionDocument, { input: { deductionId, note: "Two causes.", parts: amounts.map((amount) => ({ amount })) } })).splitDeduction;
  }

  async merge(...deductionIds: string[]) {
    return (await this.books.app.query(this.#token, MergeDeductionsDocument, { input: { deductionIds, note: "One cause." } })).mergeDeductions;
  }

  async settle(deductionId: string, parts: SettleDeductionInput["parts"], more: Partial<SettleDeductionInput> = {}) {
    return (await this.books.app.query(this.#token, SettleDeductionDocument, { input: { deductionId, parts, ...more } })).settleDeduction;
  }

  async preview(deductionId: string, parts: SettleDeductionInput["parts"]) {
    return (await this.books.app.query(this.#token, PreviewSettlementDocument, { input: { deductionId, parts } })).previewSettlement;
  }

  async undo(settlementId: string, note = "It was a mistake.") {
    return (await this.books.app.query(this.#token, UndoSettlementDocument, { input: { settlementId, note } })).undoSettlement;
  }
}
