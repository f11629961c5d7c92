import { only } from "../../src/db/database.ts";
import { transact } from "../../src/db/transaction.ts";
import type { Actor } from "../../src/domain/actor.ts";
import { addDays } from "../../src/domain/dates.ts";
import { decimalFromMinor, exponentOf } from "../../src/domain/money.ts";
import { Refusal } from "../../src/domain/refusal.ts";
import { readTypedLines, type TypedLine } from "../../src/domain/remittance-entry.ts";
import { readGlobalId } from "../../src/graphql/global-id.ts";
import { followDebits } from "../../src/deductions/repayment.ts";
import { InvoiceService } from "../../src/invoices/invoice.service.ts";
import { takeIn } from "../../src/payments/cash-desk.ts";
import { MemoService } from "../../src/memos/memo.service.ts";
import { lockPayer } from "../../src/payments/paid-for.ts";
import { PaymentService, type PaymentToRecord } from "../../src/payments/payment.service.ts";
import { paymentsByKeys } from "../../src/payments/payment.sql.ts";
import type { TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import type { CreateTermsInput } from "../kit/gql.ts";
import { CasePlayer } from "./case-player.ts";
import type { AnyCommand, AnyLine } from "./history.ts";

interface Bill {
  readonly id: string;
  readonly type: "Invoice" | "DebitMemo";
  readonly number: string;
  readonly order: string;
  readonly customer: number;
  readonly currency: string;
  readonly minor: bigint;
}

const FIRST_DAY = "2026-01-05";
const TERMS: readonly Omit<CreateTermsInput, "description">[] = [
  { code: "net30", netDays: 30, graceDays: 0, discounts: [] },
  { code: "2/10", netDays: 30, graceDays: 0, discounts: [{ days: 10, basisPoints: 200 }] },
  { code: "2/10+3", netDays: 30, graceDays: 3, discounts: [{ days: 10, basisPoints: 200 }] },
  { code: "10/10,5/15", netDays: 30, graceDays: 0, discounts: [{ days: 10, basisPoints: 1_000 }, { days: 15, basisPoints: 500 }] },
  {
    code: "thirds", discounts: [{ days: 10, basisPoints: 200 }],
    installments: [{ kind: "SHARE", share: 1, of: 3, netDays: 10 }, { kind: "SHARE", share: 1, of: 3, netDays: 20 }, { kind: "BALANCE", netDays: 30 }],
  },
  { code: "lines", netDays: 30, discountBase: "LINES", discountOnPartial: false, discounts: [{ days: 10, basisPoints: 200 }] },
  {
    code: "halves", discountBase: "LINES", discountOnPartial: false, discounts: [{ days: 15, basisPoints: 1_000 }],
    installments: [{ kind: "SHARE", share: 1, of: 2, endOfMonth: true }, { kind: "BALANCE", proximoDay: 31, proximoMonths: 1 }],
  },
];

/** Which customers each pays for, from the 10th of January to the 10th of February. */
const PAYS_FOR: Readonly<Record<number, readonly number[]>> = { 0: [1], 2: [0] };

/** Plays random commands against the real services, on the books of a company of its own. */
export class Player {
  readonly companyId: string;
  /** How often each rule of the business said no. */
  readonly refused = new Map<string, number>();
  /** How often a command found that another was quicker; one after another, that cannot be. */
  overtaken = 0;
  readonly #bills: Bill[] = [];
  readonly #payments: { readonly id: string; readonly customer: number; readonly currency: string }[] = [];
  readonly #credits: { readonly id: string; readonly number: string; readonly customer: number; readonly currency: string }[] = [];
  readonly #keyed: { readonly input: PaymentToRecord; readonly id: string }[] = [];
  readonly #invoices: InvoiceService;
  readonly #desk: PaymentService;
  readonly #memos: MemoService;
  readonly #cases: CasePlayer;
  #made = 0;

  private constructor(
    readonly app: TestApp,
    readonly books: Books,
    private readonly actor: Actor,
    controller: Actor,
    private readonly customers: readonly { readonly id: string; readonly account: string }[],
  ) {
    this.companyId = readGlobalId(books.company.companyId)!.companyId;
    this.#invoices = new InvoiceService(app.db, app.app.tail);
    this.#desk = new PaymentService(app.db, app.app.tail);
    this.#memos = new MemoService(app.db, app.app.tail, followDebits);
    this.#cases = new CasePlayer(app, this.companyId, controller, FIRST_DAY, ({ id, number, customerId, currency, minor }) => {
      const customer = customers.findIndex((it) => readGlobalId(it.id)!.key === customerId);
      this.#bills.push({ id, type: "DebitMemo", number, order: number, customer, currency, minor });
    });
  }

  static async begin(app: TestApp): Promise<Player> {
    const books = await Books.open(app);
    for (const terms of TERMS) await books.terms({ ...terms, description: terms.code });
    await books.reason({ customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2026-01-20" });
    await books.tolerance({ currency: "USD", amount: "200.00", basisPoints: 2_500, effectiveOn: "2026-01-10" });
    await books.tolerance({ currency: "JPY", amount: "3000", basisPoints: 5_000, effectiveOn: "2026-01-01" });
    const customers = [await books.customer(), await books.customer({ shortPayPolicy: "LEAVE_OPEN" }), await books.customer({ termsCode: "2/10" })];
    await books.tolerance({ customerId: customers[1]!.id, currency: "USD", amount: "500.00", basisPoints: 9_000, effectiveOn: "2026-01-10" });
    const days = { startsOn: "2026-01-10", endsOn: "2026-02-10" };
    await books.pays({ payerId: customers[2]!.id, customerId: customers[0]!.id, ...days });
    await books.pays({ payerId: customers[0]!.id, customerId: customers[1]!.id, ...days });
    const { actor } = (await app.app.signIn(`Bearer ${books.company.as.clerk}`))!;
    const { actor: controller } = (await app.app.signIn(`Bearer ${books.company.as.controller}`))!;
    return new Player(app, books, actor, controller, customers);
  }

  /** Sends the commands of one step at the same moment. Refusals are part of the game; anything else is thrown. */
  async step(commands: readonly AnyCommand[]): Promise<void> {
    const ends = await Promise.allSettled(commands.map((command) => this.#send(command)));
    for (const end of ends) {
      if (end.status === "fulfilled") continue;
      if (!(end.reason instanceof Refusal)) throw end.reason;
      this.refused.set(end.reason.code, (this.refused.get(end.reason.code) ?? 0) + 1);
      if (end.reason.message.startsWith("Another command")) this.overtaken++;
    }
  }

  #send(command: AnyCommand): Promise<unknown> {
    switch (command.kind) {
      case "ISSUE": return this.#issue(command);
      case "PAY": return this.#pay(command);
      case "PAY_BY_FILE": return this.#payByFile(command);
      case "PAY_BY_AMOUNT": return this.#payByAmount(command);
      case "APPLY": return this.#apply(command);
      case "CREDIT": return this.#credit(command);
      case "DEBIT": return this.#debit(command);
      case "APPLY_CREDIT": return this.#applyCredit(command);
      case "CASE": return this.#cases.play(command.work);
      case "REPEAT": return this.#repeat(command);
      case "WRONG": return this.#wrong(command);
    }
  }

  async #issue({ customer, currency, terms, units, taxed, day, again }: Extract<AnyCommand, { kind: "ISSUE" }>): Promise<void> {
    const minor = BigInt(units);
    const tax = taxed ? minor / 10n : 0n;
    const serial = ++this.#made;
    const number = again && this.#bills[0] ? this.#bills[0].number : `R-${serial}`;
    const order = `PO-${serial % 5}`;
    const { code } = TERMS[terms] ?? { code: null };
    const invoicedOn = addDays(FIRST_DAY, day);
    const amount = (it: bigint): string => decimalFromMinor(it, currency);
    const id = await this.#invoices.issue(this.actor, {
      companyId: this.companyId, account: this.customers[customer]!.account, number, currency, invoicedOn, termsCode: code, purchaseOrder: order,
      ...(code ? {} : { dueOn: addDays(invoicedOn, 14) }), lines: [{ description: "Goods", amount: amount(minor - tax) }], tax: amount(tax), total: amount(minor),
    });
    this.#bills.push({ id, type: "Invoice", number, order, customer, currency, minor });
  }

  async #credit({ pick, share, against, day }: Extract<AnyCommand, { kind: "CREDIT" }>): Promise<void> {
    const bill = this.#bills[pick % this.#bills.length];
    if (!bill) return;
    const { customer, currency } = bill;
    const total = decimalFromMinor((bill.minor * BigInt(share)) / 1000n || 1n, currency);
    const number = `C-${++this.#made}`;
    const id = await this.#memos.issueCredit(this.actor, {
      companyId: this.companyId, account: this.customers[customer]!.account, number, currency, issuedOn: addDays(FIRST_DAY, day), reason: "RETURN",
      invoice: against && bill.type === "Invoice" ? bill.number : null, lines: [{ description: "Returned goods", amount: total }], total,
    });
    this.#credits.push({ id, number, customer, currency });
  }

  async #debit({ customer, currency, units, day }: Extract<AnyCommand, { kind: "DEBIT" }>): Promise<void> {
    const total = decimalFromMinor(BigInt(units), currency);
    const number = `D-${++this.#made}`;
    const id = await this.#memos.issueDebit(this.actor, {
      companyId: this.companyId, account: this.customers[customer]!.account, number, currency, issuedOn: addDays(FIRST_DAY, day), reason: "FREIGHT", lines: [{ description: "Charge", amount: total }], total,
    });
    this.#bills.push({ id, type: "DebitMemo", number, order: number, customer, currency, minor: BigInt(units) });
  }

  async #applyCredit({ pick, bill: at, day }: Extract<AnyCommand, { kind: "APPLY_CREDIT" }>): Promise<void> {
    const credit = this.#credits[pick % this.#credits.length];
    const bills = this.#bills.filter((bill) => bill.customer === credit?.customer && bill.currency === credit.currency);
    const bill = bills[at % bills.length];
    if (!credit || !bill) return;
    const { type, id: documentId } = bill;
    await this.#memos.applyCredit(this.actor, { companyId: this.companyId, creditMemoId: credit.id, appliedOn: addDays(FIRST_DAY, day), lines: [{ type, documentId }] });
  }

  async #pay(command: Extract<AnyCommand, { kind: "PAY" | "PAY_BY_FILE" }>): Promise<void> {
    const { customer, currency, day, depositAfter, keyed } = command;
    const { lines, minor } = this.#remittance(command);
    const receivedOn = addDays(FIRST_DAY, day);
    const input: PaymentToRecord = {
      companyId: this.companyId, account: customer === null ? null : this.customers[customer]!.account, amount: decimalFromMinor(minor, currency), currency,
      receivedOn, depositedOn: addDays(receivedOn, depositAfter), lines, ...(keyed && { idempotencyKey: `key-${++this.#made}` }),
    };
    const id = await this.#desk.record(this.actor, input);
    this.#payments.push({ id, customer: customer ?? 0, currency });
    if (keyed) this.#keyed.push({ input, id });
  }

  /** As a bank file posts: what does not fit stays unapplied, where a person is told so. */
  async #payByFile(command: Extract<AnyCommand, { kind: "PAY" | "PAY_BY_FILE" }>): Promise<void> {
    const { currency, day, customer } = command;
    const { lines, minor } = this.#remittance(command);
    if (minor <= 0n) return;
    const receivedOn = addDays(FIRST_DAY, day);
    const customerId = customer === null ? null : readGlobalId(this.customers[customer]!.id)!.key;
    const receipt = { customerId, source: "BANK_FILE", payerName: null, reference: null, currency, minor, receivedOn, depositedOn: receivedOn, bankLineId: null } as const;
    const id = await transact(this.app.db, async (tx) => {
      const references = lines.flatMap(({ reference }) => reference ?? []);
      const others = customerId ? await lockPayer(tx, { companyId: this.companyId, customerId, currency, minor, usedOn: receivedOn, references }) : [];
      return takeIn(tx, { companyId: this.companyId, memberId: null, strict: false }, { ...receipt, others, remittance: readTypedLines(lines, currency, minor) });
    });
    this.#payments.push({ id, customer: customer ?? 0, currency });
  }

  async #payByAmount({ pick, less, day }: Extract<AnyCommand, { kind: "PAY_BY_AMOUNT" }>): Promise<void> {
    const bill = this.#bills[pick % this.#bills.length];
    if (!bill) return;
    const { currency, customer } = bill;
    const amount = decimalFromMinor(bill.minor - (bill.minor * BigInt(less)) / 1000n, currency);
    const id = await this.#desk.record(this.actor, { companyId: this.companyId, account: this.customers[customer]!.account, amount, currency, receivedOn: addDays(FIRST_DAY, day), lines: [] });
    this.#payments.push({ id, customer, currency });
  }

  async #apply({ pick, day, lines: wanted, version }: Extract<AnyCommand, { kind: "APPLY" }>): Promise<void> {
    const { id, customer, currency } = this.#payments[pick % this.#payments.length] ?? {};
    if (!id) return;
    const { lines } = this.#remittance({ lines: wanted, customer: customer!, currency: currency! });
    const now = version === "NONE" ? null : only(await paymentsByKeys(this.app.db, [this.companyId], [id])).version;
    await this.#desk.apply(this.actor, { companyId: this.companyId, paymentId: id, appliedOn: addDays(FIRST_DAY, day), lines, expectedVersion: now && now + (version === "STALE" ? 1 : 0) });
  }

  /** A command that was answered is answered alike again; with another input its key is refused. */
  async #repeat({ pick, changed }: Extract<AnyCommand, { kind: "REPEAT" }>): Promise<void> {
    const first = this.#keyed[pick % this.#keyed.length];
    if (!first) return;
    const input = changed ? { ...first.input, reference: "another" } : first.input;
    const again = await this.#desk.record(this.actor, input).catch((error: unknown) => (error as Refusal).code);
    expect(again).toBe(changed ? "IDEMPOTENCY_KEY_REUSED" : first.id);
  }

  #wrong({ fault }: Extract<AnyCommand, { kind: "WRONG" }>): Promise<string> {
    const good: PaymentToRecord = { companyId: this.companyId, account: this.customers[0]!.account, amount: "10", currency: "JPY", receivedOn: FIRST_DAY, lines: [] };
    const wrong = {
      ACCOUNT: { account: "NOBODY" }, CURRENCY: { currency: "USX" }, FUTURE: { receivedOn: "2199-01-01" }, DECIMALS: { amount: "10.5" },
      TOTAL: { lines: [{ reference: "R-1", net: "9" }] },
    } as const;
    return this.#desk.record(this.actor, { ...good, ...wrong[fault] });
  }

  /** The lines in words of the books as they are, and what they pay together. */
  #remittance({ lines, customer, currency }: { readonly lines: readonly AnyLine[]; readonly customer: number | null; readonly currency: string }): { lines: TypedLine[]; minor: bigint } {
    // Whoever pays for another names that one's bills as well; on some days it may not.
    const owners = customer === null ? [] : [customer, ...(PAYS_FOR[customer] ?? [])];
    const known = this.#bills.filter((bill) => owners.includes(bill.customer) && bill.currency === currency);
    let minor = 0n;
    const typed = lines.map(({ about, pick, share, discountShare, deductionShare, stated, code, partial }): TypedLine => {
      const bill = known[pick % known.length];
      const base = bill?.minor ?? 10n ** BigInt(exponentOf(currency)) * 100n;
      const part = (thousandths: number): bigint => (base * BigInt(thousandths)) / 1000n;
      const [net, discount, deduction] = [part(share) || 1n, part(discountShare), part(deductionShare)];
      minor += net;
      const text = (it: bigint): string => decimalFromMinor(it, currency);
      const credits = this.#credits.filter((it) => owners.includes(it.customer) && it.currency === currency);
      const credit = about === "CREDIT" ? credits[pick % credits.length] : undefined;
      const reference = credit ? credit.number : about === "NOTHING" ? null : about === "UNKNOWN" || about === "CREDIT" || !bill ? `ZZ-${pick}` : about === "ORDER" ? bill.order : bill.number;
      return {
        reference, customerCode: code, partial, discount: text(discount), deduction: text(deduction), claimNumber: net < 0n ? `C-${pick}` : null,
        ...(stated !== "GROSS" && { net: text(net) }), ...(stated !== "NET" && { gross: text(net + discount + deduction) }),
      };
    });
    return { lines: typed, minor };
  }
}
