import { firstHit, type ResolutionRule, type RuleAnswer, type RuleFacts } from "../../src/domain/auto-resolution.ts";
import { unpacked } from "../../src/evidence/research-outcome.ts";
import { Analyst } from "../deductions/analyst.ts";
import type { TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { ApplyResolutionRulesDocument, AutoResolutionDocument, ResolutionRulesDocument, RetireResolutionRuleDocument, SetResolutionRuleDocument, type SetResolutionRuleInput } from "../kit/gql.ts";

type Wish = Partial<SetResolutionRuleInput> & Pick<SetResolutionRuleInput, "kind">;

/** A company with rules that resolve deductions, and one customer whose code 22 means shortage. */
export class RuleBook {
  #made = 0;

  private constructor(
    readonly books: Books,
    readonly customer: { readonly id: string; readonly account: string },
    readonly analyst: Analyst,
  ) {}

  static async open(app: TestApp): Promise<RuleBook> {
    const books = await Books.open(app);
    await books.reason({ customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
    await books.reason({ customerCode: "50", reason: "PRICE", effectiveFrom: "2020-01-01" });
    return new RuleBook(books, await books.customer(), new Analyst(books));
  }

  /** Sets a rule of a kind, in force long since. What is refused throws. */
  async rule({ kind, ...more }: Wish) {
    const { resolutionRules, userErrors } = await this.set({ kind, ...more });
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return resolutionRules!;
  }

  async set({ kind, ...more }: Wish) {
    const usual = kind === "SMALL_AND_USUAL" ? { letGoBy: "WRITE_OFF" as const, minShare: 80, minDecided: 2, maxAmount: "150.00" } : kind === "NET_CREDIT" ? { maxAmount: "150.00" } : kind === "PROMOTION" ? { maxAmount: "150.00", minConfidence: 80 } : {};
    const input: SetResolutionRuleInput = { key: kind.toLowerCase(), kind, position: 10, currency: "USD", effectiveOn: "2026-01-01", ...usual, ...more };
    return (await this.books.app.query(this.books.company.as.administrator, SetResolutionRuleDocument, { input })).setResolutionRule;
  }

  async retire(key: string, effectiveOn = "2026-01-01") {
    return (await this.books.app.query(this.books.company.as.administrator, RetireResolutionRuleDocument, { input: { key, effectiveOn } })).retireResolutionRule;
  }

  async inForce(on: string | null = null) {
    return (await this.books.app.query(this.books.company.as.analyst, ResolutionRulesDocument, { on })).resolutionRules;
  }

  async apply(...deductionIds: string[]) {
    return (await this.books.app.query(this.books.company.as.analyst, ApplyResolutionRulesDocument, { input: { deductionIds } })).applyResolutionRules;
  }

  /** Bills 1,000.00 under a number. */
  async bill(more: { readonly purchaseOrder?: string } = {}): Promise<string> {
    const number = `I-${++this.#made}`;
    await this.books.bill(this.customer.account, { number, total: "1000.00", ...more });
    return number;
  }

  /** Pays so much of an invoice short, by what is open of it, and answers with the deduction. */
  async short(reference: string, amount: string, more: { readonly code?: string; readonly claimNumber?: string; readonly on?: string; readonly gross?: string } = {}): Promise<string> {
    const { payment, userErrors } = await this.books.pay(this.shortPay(reference, amount, more));
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return payment!.deductions[0]!.id;
  }

  shortPay(reference: string, amount: string, { code = "22", claimNumber, on = "2026-03-20", gross = "1000.00" }: { readonly code?: string; readonly claimNumber?: string; readonly on?: string; readonly gross?: string } = {}) {
    const net = (Number(gross) - Number(amount)).toFixed(2);
    return { account: this.customer.account, amount: net, receivedOn: on, lines: [{ reference, gross, deduction: amount, customerCode: code, ...(claimNumber && { claimNumber }) }] };
  }

  /** Credits so much under a number, on account unless it is about an invoice. */
  async credit(number: string, total: string, more: object = {}): Promise<void> {
    const input = { account: this.customer.account, number, currency: "USD", issuedOn: "2026-03-10", reason: "RETURN", total, lines: [{ description: "Goods", amount: total }], ...more };
    const { issueCreditMemo } = await this.books.app.query(this.books.company.as.controller, `mutation ($input: IssueCreditMemoInput!) { issueCreditMemo(input: $input) { userErrors { code message } } }`, { input });
    if (issueCreditMemo.userErrors.length > 0) throw new Error(JSON.stringify(issueCreditMemo.userErrors));
  }

  /** What a credit memo has left. */
  async left(number: string): Promise<string> {
    const { creditMemos } = await this.books.app.query(this.books.company.as.analyst, `query ($number: String) { creditMemos(number: $number) { edges { node { open { amount } } } } }`, { number });
    return creditMemos.edges[0].node.open.amount;
  }

  async of(id: string) {
    const { node } = await this.books.app.query(this.books.company.as.analyst, AutoResolutionDocument, { id });
    if (!node || !("autoResolution" in node)) throw new Error("There is no such deduction.");
    return node;
  }

  /** What was done, as `ACTION FROM TO`. */
  async steps(id: string): Promise<string[]> {
    return (await this.of(id)).activities.map(({ action, from, to }) => `${action} ${from} ${to}`);
  }

  async companyId(): Promise<string> {
    const [company] = await this.books.app.db.run<{ id: string }>("test.company", "select id from company where code = $1", [this.books.company.code]);
    return company!.id;
  }

  /** Finds every hit again from what was kept with it: each as kept, and as found. */
  async replayed(): Promise<{ kept: RuleAnswer; found: RuleAnswer }[]> {
    const hits = await this.books.app.db.run<{ inputs: unknown; answer: unknown }>("test.hits", "select inputs, answer from resolution_hit where company_id = $1 order by id", [await this.companyId()]);
    return hits.map(({ inputs, answer }) => {
      const { rules, facts } = unpacked<{ rules: ResolutionRule[]; facts: RuleFacts }>(inputs);
      return { kept: unpacked<RuleAnswer>(answer), found: firstHit(rules, facts) };
    });
  }
}
