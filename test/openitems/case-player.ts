import { CaseService } from "../../src/deductions/case.service.ts";
import { type SettlementWish } from "../../src/deductions/settlement-plan.ts";
import { SettlementService } from "../../src/deductions/settlement.service.ts";
import type { Actor } from "../../src/domain/actor.ts";
import { addDays } from "../../src/domain/dates.ts";
import type { DeductionState } from "../../src/domain/deduction-case.ts";
import { decimalFromMinor, total } from "../../src/domain/money.ts";
import type { TestApp } from "../kit/app.ts";
import { type CaseCommand, CONCEDING, DENYING } from "./case-history.ts";

interface Worked {
  readonly id: string;
  readonly customerId: string;
  readonly currency: string;
  readonly state: DeductionState;
  readonly openMinor: bigint;
  readonly validMinor: bigint | null;
}

/** A chargeback that was issued, which customers may then pay. */
export interface Chargeback {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly currency: string;
  readonly minor: bigint;
}

/** Plays random work on deductions against the real services, as somebody whose decisions nobody has to approve. */
export class CasePlayer {
  readonly #cases: CaseService;
  readonly #settling: SettlementService;
  #made = 0;

  constructor(
    private readonly app: TestApp,
    private readonly companyId: string,
    private readonly actor: Actor,
    private readonly firstDay: string,
    private readonly billed: (chargeback: Chargeback) => void,
  ) {
    this.#cases = new CaseService(app.db, app.app.tail);
    this.#settling = new SettlementService(app.db, app.app.tail);
  }

  async play(command: CaseCommand): Promise<void> {
    switch (command.kind) {
      case "DECIDE": return this.#decide(command);
      case "SPLIT": return this.#split(command);
      case "MERGE": return this.#merge(command);
      case "SETTLE": return this.#settle(command);
      case "UNDO": return this.#undo(command);
      case "DISPUTE_AGAIN": {
        const it = await this.#pick(command.pick, ({ state }) => state === "DENIED");
        return it && this.#cases.work(this.actor, { ...this.#which(it), action: "DISPUTE_AGAIN", note: "An answer." });
      }
    }
  }

  async #decide({ pick, share }: Extract<CaseCommand, { kind: "DECIDE" }>): Promise<void> {
    const it = await this.#pick(pick, undecided);
    if (!it) return;
    if (it.state === "CAPTURED") await this.#cases.work(this.actor, { ...this.#which(it), action: "TAKE_UP" });
    await this.#cases.decide(this.actor, { ...this.#which(it), validAmount: this.#share(it, share), note: "Found so." });
  }

  async #split({ pick, shares }: Extract<CaseCommand, { kind: "SPLIT" }>): Promise<void> {
    const it = await this.#pick(pick, undecided);
    if (!it) return;
    const parts = shares.map((share) => (it.openMinor * BigInt(share)) / 1000n);
    const amounts = [...parts, it.openMinor - total(parts)].map((minor) => ({ amount: decimalFromMinor(minor, it.currency) }));
    await this.#cases.split(this.actor, { ...this.#which(it), parts: amounts, note: "Several causes." });
  }

  async #merge({ pick, more }: Extract<CaseCommand, { kind: "MERGE" }>): Promise<void> {
    const all = (await this.#all()).filter(undecided);
    const first = all[pick % all.length];
    const like = all.filter((it) => it.customerId === first?.customerId && it.currency === first.currency).slice(0, more + 1);
    if (like.length > 1) await this.#cases.merge(this.actor, { companyId: this.companyId, deductionIds: like.map(({ id }) => id), note: "One cause." });
  }

  async #settle({ pick, parts, day }: Extract<CaseCommand, { kind: "SETTLE" }>): Promise<void> {
    const it = await this.#pick(pick, ({ state, openMinor }) => openMinor > 0n && (state === "DECIDED" || state === "SETTLEMENT_PENDING"));
    if (!it) return;
    const ways = it.validMinor === 0n ? DENYING : CONCEDING;
    const credits = await this.app.db.run<{ id: string }>("test.credits", "select document_id as id from open_item where company_id = $1 and customer_id = $2 and currency = $3 and kind = 'CREDIT_MEMO' and open_minor > 0 order by id", [this.companyId, it.customerId, it.currency]);
    const wish: SettlementWish = {
      ...this.#which(it), settledOn: addDays(this.firstDay, day),
      parts: parts.map(({ way, share }, index) => {
        const kind = ways[way % ways.length]!;
        // The second part takes a share of what the first leaves.
        const left = index === 0 ? it : { ...it, openMinor: it.openMinor - (it.openMinor * BigInt(parts[0]!.share)) / 1000n };
        return { kind, amount: this.#share(left, share), ...(kind === "CHARGEBACK" && { number: `CB-${++this.#made}` }), ...(kind === "NETTING" && { creditMemoId: credits[way % credits.length]?.id ?? null }) };
      }),
    };
    await this.#settling.settle(this.actor, wish);
    const numbers = wish.parts.flatMap(({ number }) => number ?? []);
    const issued = await this.app.db.run<Chargeback>("test.chargebacks", `select id, number, customer_id as "customerId", currency, total_minor as minor from memo where company_id = $1 and kind = 'DEBIT' and number = any($2::text[])`, [this.companyId, numbers]);
    issued.forEach(this.billed);
  }

  async #undo({ pick }: Extract<CaseCommand, { kind: "UNDO" }>): Promise<void> {
    const done = await this.app.db.run<{ id: string }>(
      "test.settlements",
      "select id from deduction_settlement done where company_id = $1 and undoes_id is null and not exists (select from deduction_settlement undoing where undoing.company_id = $1 and undoing.undoes_id = done.id) order by id",
      [this.companyId],
    );
    const settlement = done[pick % done.length];
    if (settlement) await this.#settling.undo(this.actor, { companyId: this.companyId, settlementId: settlement.id, note: "It was a mistake." });
  }

  async #pick(pick: number, fits: (it: Worked) => boolean): Promise<Worked | undefined> {
    const all = (await this.#all()).filter(fits);
    return all[pick % all.length];
  }

  #all(): Promise<Worked[]> {
    return this.app.db.run<Worked>(
      "test.cases",
      `select work.deduction_id as id, deduction.customer_id as "customerId", deduction.currency, work.state, work.valid_minor as "validMinor", item.open_minor as "openMinor"
         from deduction_case work join deduction on deduction.company_id = $1 and deduction.id = work.deduction_id
         join open_item item on item.company_id = $1 and item.document_id = work.deduction_id where work.company_id = $1 order by work.deduction_id`,
      [this.companyId],
    );
  }

  #which({ id }: Worked): { companyId: string; deductionId: string } {
    return { companyId: this.companyId, deductionId: id };
  }

  #share({ openMinor, currency }: Pick<Worked, "openMinor" | "currency">, share: number): string {
    return decimalFromMinor((openMinor * BigInt(share)) / 1000n, currency);
  }
}

const undecided = ({ state, openMinor }: Worked): boolean => openMinor > 0n && (state === "CAPTURED" || state === "OPEN" || state === "RESEARCH");
