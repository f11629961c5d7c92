import { one } from "../domain/bai2-builder.ts";
import type { TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { GrantRoleDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";

const ROLES = ["CASH_APPLICATION_CLERK", "DEDUCTIONS_ANALYST", "COLLECTOR", "CONTROLLER", "BI_READER", "BOOKKEEPING_SERVICE", "ADMINISTRATOR"] as const;

/** Words of a company that people of others may have heard and try out. Everything else about it they cannot know. */
export interface Words {
  readonly account: string;
  readonly invoice: string;
  readonly claim: string;
  readonly terms: string;
  readonly reason: string;
  /** Code of a promotion. */
  readonly promotion: string;
  /** Key of a rule that resolves deductions. */
  readonly rule: string;
  /** Beginning of the idempotency keys it used; the field of the command follows. */
  readonly key: string;
  /** Subject of a person who works there. */
  readonly subject: string;
}

export const wordsOf = (mark: string): Words => ({
  account: `${mark}-HEARD-1`, invoice: `${mark}-HEARD-INVOICE`, claim: `${mark}-HEARD-CLAIM`, terms: `${mark}-heard-terms`, reason: `${mark}-HEARD-CODE`, promotion: `${mark}-HEARD-PROMOTION`, rule: `${mark}-heard-rule`, key: `${mark}-heard-key-`, subject: `${mark.toLowerCase()}-heard-person`,
});

/** A company with something in every table. */
export interface Seeded {
  readonly company: FoundedCompany;
  readonly words: Words;
  /** A token of a person who holds every role there. */
  readonly everything: string;
  /** What its commands and uploads answered with that no query shows. */
  readonly answers: readonly unknown[];
}

/** What both companies load, byte for byte: a digest that is looked up without the company would find the other's. */
export const SHARED_BANK_FILE = `${one(["142", 4_711n, ",BANKREF,CUSTREF,Shared payer"]).join("\n")}\n`;
export const SHARED_MAP = JSON.stringify({
  name: "shared", description: "A small book.", delimiter: ",", dates: { order: "YMD", separator: "-", leadingZeros: true }, decimalMark: ".", credits: "none",
  currency: { column: "currency" }, checks: [], ignored: [], warnings: [],
  columns: { accountNumber: "account", customerName: "name", invoiceNumber: "invoice", invoicedOn: "invoiced", dueOn: "due", clearedOn: "cleared", amount: "amount" },
});
const HEADER = "account,name,invoice,invoiced,due,cleared,currency,amount";
export const SHARED_BOOK = `${HEADER}\nS-9,Shared customer,S-900,2026-01-05,2026-02-05,2026-02-03,USD,47.11\n`;

/** Writes the same business into a company as into any other, in words and amounts of its own. Thousands keep the amounts apart. */
export async function seed(app: TestApp, mark: string, thousands: number): Promise<Seeded> {
  const company = await app.company({ code: `${mark.toLowerCase()}-co`, name: `${mark}-SECRET Inc.` });
  const books = new Books(app, company);
  const words = wordsOf(mark);
  const secret = (what: string): string => `${mark}-SECRET-${what}`;
  const amount = (units: number): string => `${thousands + units}.17`;
  const subject = `${mark.toLowerCase()}-secret-everything`;
  for (const role of ROLES) await app.query(company.as.administrator, GrantRoleDocument, { input: { company: company.code, subject, name: secret("boss"), role } });
  const everything = await app.token(subject);
  const members = await app.query(everything, `mutation ($input: GrantRoleInput!) { grantRole(input: $input) { members { id subject name } userErrors { code } } }`, {
    input: { company: company.code, subject: words.subject, name: secret("person"), role: "COLLECTOR" },
  });
  await trade(books, words, secret, amount);
  const key = { name: secret("api key"), permissions: ["receivables:read"] };
  await app.query(everything, `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } userErrors { code } } }`, { input: key });
  await keepBooks(app, everything, words, secret, amount);
  const files = new Files(app, company, everything);
  const answers = [
    members,
    await files.bankFile("shared.bai", SHARED_BANK_FILE),
    await files.bankFile(`${secret("file")}.bai`, bankFileOf(secret, amount), `payment_reference,account,reference,gross,discount,deduction,code,net,claim,text\r\n${secret("chk")},${secret("1")},,,,,,${amount(9)},,${secret("advice")}`),
    await files.book("shared.csv", SHARED_BOOK),
    await files.book(`${secret("book")}.csv`, `${HEADER}\n${secret("2")},${secret("imported name")},${secret("2-1")},2026-01-05,2026-02-05,2026-02-03,USD,${amount(20)}\n${secret("2")},x,${secret("2-2")},2026-01-05,${secret("no date")},,USD,1.00\n`),
  ];
  return { company, words, everything, answers };
}

/** Customers with everything that is kept about them, invoices, payments of known and unknown payers, and deductions. */
async function trade(books: Books, words: Words, secret: (what: string) => string, amount: (units: number) => string): Promise<void> {
  const discounts = [{ days: 10, basisPoints: 200 }];
  for (const code of ["shared-terms", words.terms, secret("terms")]) await books.terms({ code, description: secret(`about ${code}`), netDays: 30, discounts });
  const contacts = [{ name: secret("Ada"), role: "DISPUTES" as const, title: secret("role"), email: `${secret("mail")}@example.com`, phone: secret("phone") }];
  const about = (name: string) => ({ name: secret(name), aliases: [secret(`alias ${name}`)], contacts });
  await books.customer({ accountNumber: "S-1", ...about("shared account") });
  await books.customer({ accountNumber: words.account, ...about("heard account"), idempotencyKey: `${words.key}createCustomer` });
  const { account } = await books.customer({ accountNumber: secret("1"), ...about("account"), termsCode: secret("terms") });
  await know(books, words, secret, amount);
  await books.agree({ account: words.account, kind: "EXTENDED_TERMS", effectiveFrom: "2026-01-01", approver: secret("approver"), note: secret("note"), document: secret("contract"), termsCode: secret("terms"), idempotencyKey: `${words.key}agreeArrangement` });
  await books.reason({ customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
  await books.reason({ customerCode: words.reason, reason: "DAMAGE", effectiveFrom: "2020-01-01" });
  await books.reason({ account, customerCode: secret("code"), reason: "PRICE", effectiveFrom: "2020-01-01" });
  await books.app.query(books.company.as.controller, `mutation ($input: SetDeductionPolicyInput!) { setDeductionPolicy(input: $input) { userErrors { code } } }`, { input: { slaDays: 10, costPerDeduction: amount(30), effectiveOn: "2020-01-01" } });
  const windows = [{ account, customerCode: secret("code"), days: daysToSoon("2026-03-20") }, { account, days: 3650 }, { account: words.account, days: 50 }];
  await books.app.query(books.company.as.analyst, `mutation ($input: SetDisputeWindowsInput!) { setDisputeWindows(input: $input) { userErrors { code } } }`, { input: { windows, effectiveOn: "2020-01-01" } });
  const lines = (total: string) => [{ item: secret("item"), description: secret("goods"), quantity: "1", unit: secret("unit"), unitPrice: total, amount: total }];
  const orders = { purchaseOrder: secret("po"), salesOrder: secret("so"), shipment: secret("bol") };
  await books.bill("S-1", { number: "SHARED-1", total: amount(1), lines: lines(amount(1)) });
  await books.bill(words.account, { number: words.invoice, total: amount(2), lines: lines(amount(2)), idempotencyKey: `${words.key}issueInvoice` });
  const thousands = Math.trunc(Number(amount(0)));
  const late = thousands / 1_000;
  await books.bill(words.account, { number: `${words.invoice}-LATE`, total: `${thousands + 40}.19`, termsCode: words.terms });
  await books.pay({ account: words.account, amount: `${thousands + 40 - late}.00`, lines: [{ reference: `${words.invoice}-LATE`, net: `${thousands + 40 - late}.00`, discount: `${late}.19` }] });
  await books.bill(account, { number: secret("1-1"), total: amount(3), lines: lines(amount(3)), termsCode: secret("terms"), ...orders }, { number: secret("1-2"), total: amount(4), lines: lines(amount(4)) });
  const short = { reference: secret("1-2"), gross: amount(4), deduction: "4.00", customerCode: secret("code"), claimNumber: secret("claim"), comment: secret("comment") };
  const paid = [
    await books.pay({ account, amount: amount(0), payerName: secret("payer"), reference: secret("check"), lines: [short] }),
    await books.pay({ amount: amount(5), payerName: secret("unknown payer"), idempotencyKey: `${words.key}recordPayment` }),
    await books.pay({ account: "S-1", amount: amount(6), payerName: secret("early payer") }),
  ];
  const refused = paid.flatMap(({ userErrors }) => userErrors);
  if (refused.length > 0) throw new Error(`Refused: ${JSON.stringify(refused)}`);
  await books.app.query(books.company.as.analyst, `mutation { tellDeadlines(input: {}) { told userErrors { code } } }`);
  await claims(books, words, secret, amount);
  await work(books, paid[0]!.payment!.deductions[0]!.id, secret);
  await rule(books, account, words, secret);
  await promote(books, account, words, secret, amount);
  for (const [index, [receivedOn, customerCode, comment]] of ([["2026-01-20", secret("code")], ["2026-02-20", secret("code")], ["2026-03-20", "22"], ["2026-03-20", "22", secret("promotion")]] as const).entries()) {
    const [number, total] = [secret(`1-${index + 3}`), amount(40 + index)];
    await books.bill(account, { number, total, lines: lines(total), invoicedOn: "2026-01-02", dueOn: "2026-02-01" });
    await books.pay({ account, amount: amount(30 + index), payerName: secret("payer"), receivedOn, lines: [{ reference: number, gross: total, deduction: "10.00", customerCode, ...(comment && { comment }) }] });
  }
  await carry(books, { account, deductionId: paid[0]!.payment!.deductions[0]!.id }, words, secret, amount);
  const use = { paymentId: paid[2]!.payment!.id, lines: [{ reference: "SHARED-1", net: "100.00", partial: true }], idempotencyKey: `${words.key}applyPayment` };
  await books.app.query(books.company.as.clerk, `mutation ($input: ApplyPaymentInput!) { applyPayment(input: $input) { payment { id } } }`, { input: use });
}

/** How many days lie between a day and three days from now: a window of as many closes soon. */
export const daysToSoon = (day: string): number => Math.floor((Date.now() - Date.parse(day)) / 86_400_000) + 3;
/** What a customer claims and contests; it has deducted none of it. */
async function claims({ app, company }: Books, words: Words, secret: (what: string) => string, amount: (units: number) => string): Promise<void> {
  const command = async (name: string, type: string, input: object): Promise<void> => {
    const answered = await app.query(company.as.analyst, `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code message } } }`, { input });
    if (answered[name].userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(answered)}`);
  };
  const lines = [{ item: secret("claimed item"), description: secret("claimed goods"), quantity: "1", unit: secret("claimed unit"), unitPrice: amount(40), amount: amount(40) }];
  const stated = { number: words.claim, customerCode: secret("claim code"), comment: secret("claim text"), invoices: [secret("claimed invoice")], purchaseOrder: secret("claimed po"), shipment: secret("claimed bol") };
  await command("recordClaim", "RecordClaimInput", { account: words.account, amount: amount(40), currency: "USD", receivedOn: "2026-03-10", lines, ...stated, idempotencyKey: `${words.key}recordClaim` });
  const { invoices } = await app.query(company.as.analyst, `query ($number: String) { invoices(number: $number) { edges { node { id } } } }`, { number: words.invoice });
  await command("recordDispute", "RecordDisputeInput", { invoiceId: invoices.edges[0].node.id, amount: "1.00", receivedOn: "2026-03-10", comment: secret("dispute") });
  const content = `claim,invoice,order,code,text,item,quantity,unit,price,amount\n${secret("filed claim")},,,,${secret("filed text")},,,,,${amount(41)}\n`;
  await command("loadClaimFile", "LoadClaimFileInput", { account: words.account, name: `${secret("claims")}.csv`, format: "CSV", content });
  const { claims } = await app.query(company.as.analyst, `{ claims { edges { node { id } } } }`);
  await command("noteClaim", "ClaimNoteInput", { claimId: claims.edges[0].node.id, note: secret("claim note") });
}

/** A deduction worked to its end: taken up, noted, denied and charged back. */
async function work({ app, company }: Books, deductionId: string, secret: (what: string) => string): Promise<void> {
  const step = async (mutation: string, input: object): Promise<void> => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const answered = await app.query(company.as.analyst, `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code message } } }`, { input: { deductionId, ...input } });
    if (answered[mutation].userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(answered)}`);
  };
  await step("workDeduction", { step: "TAKE_UP" });
  await step("noteDeduction", { note: secret("finding") });
  const file = await new Files(app, company, company.as.analyst).upload(`${secret("pod")}.pdf`, secret("signed"), "EVIDENCE");
  await step("addEvidence", { kind: "POD", reference: secret("pod number"), fileId: file.id, source: secret("portal"), supports: "AGAINST", note: secret("seen in it") });
  const document = JSON.stringify({ number: secret("claim"), purchaseOrder: secret("claimed order"), reason: "PRICE", amount: "4.00", claimedOn: "2026-03-19", text: secret("claim text") });
  await step("addEvidence", { kind: "CLAIM", document });
  await step("researchDeduction", {});
  await step("decideDeduction", { validAmount: "0.00", note: secret("verdict") });
  await step("writeDenialPacket", { reasoning: secret("reasoning") });
  await step("settleDeduction", { parts: [{ kind: "CHARGEBACK", amount: "4.00", number: secret("chargeback") }], note: secret("settled") });
}

/** Rules that resolve deductions: one that hits what is taken next, one that hits what names a promotion, and one that hits nothing. */
async function rule({ app, company }: Books, account: string, words: Words, secret: (what: string) => string): Promise<void> {
  const { deductionAnalysts } = await app.query(company.as.analyst, `{ deductionAnalysts { id } }`);
  const rules = [{ key: words.rule, kind: "DUPLICATE", position: 1, currency: "JPY" }, { key: secret("rule"), kind: "ROUTE", position: 2, currency: "USD", account, reason: "SHORTAGE", ownerId: deductionAnalysts[0].id }, { key: secret("promotion rule"), kind: "PROMOTION", position: 1, currency: "USD", account, maxAmount: "100.00", minConfidence: 100 }];
  for (const input of rules) {
    const { setResolutionRule } = await app.query(company.as.administrator, `mutation ($input: SetResolutionRuleInput!) { setResolutionRule(input: $input) { userErrors { code message } } }`, { input: { ...input, effectiveOn: "2026-01-01" } });
    if (setResolutionRule.userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(setResolutionRule.userErrors)}`);
  }
}

/** Promotions, one for an item. */
async function promote({ app, company }: Books, account: string, words: Words, secret: (what: string) => string, amount: (units: number) => string): Promise<void> {
  const days = { validFrom: "2026-02-01", validTo: "2026-03-31", currency: "USD" };
  for (const input of [{ account, code: secret("promotion"), description: secret("promised"), item: secret("item"), accrued: amount(50) }, { account: words.account, code: words.promotion, description: secret("promised too"), accrued: amount(51), idempotencyKey: `${words.key}recordPromotion` }]) {
    const { recordPromotion } = await app.query(company.as.controller, `mutation ($input: RecordPromotionInput!) { recordPromotion(input: $input) { userErrors { code message } } }`, { input: { ...input, ...days } });
    if (recordPromotion.userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(recordPromotion.userErrors)}`);
  }
}

/** A shipment that a carrier damaged, and the claim against it. */
async function carry({ app, company }: Books, { account, deductionId }: { readonly account: string; readonly deductionId: string }, words: Words, secret: (what: string) => string, amount: (units: number) => string): Promise<void> {
  const command = async (name: string, input: object, asked: string) => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const answered = await app.query(company.as.analyst, `mutation ($input: ${type}!) { ${name}(input: $input) { ${asked} { id } userErrors { code message } } }`, { input });
    if (answered[name].userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(answered)}`);
    return answered[name][asked].id as string;
  };
  await command("saveCarrier", { code: secret("CARRIER"), name: secret("carrier") }, "carrier");
  const goods = { account, number: secret("shipment"), carrier: secret("CARRIER"), invoice: secret("1-1"), purchaseOrder: secret("po"), billOfLading: secret("bol"), proNumber: secret("pro"), shippedOn: "2026-03-02", idempotencyKey: `${words.key}recordShipment` };
  const shipmentId = await command("recordShipment", goods, "shipment");
  await command("recordDelivery", { shipmentId, deliveredOn: "2026-03-05", signedBy: secret("dock"), exceptions: secret("damage") }, "shipment");
  const freightClaimId = await command("openFreightClaim", { shipmentId, deductionId, number: secret("freight claim"), finding: secret("fault"), amount: amount(40), currency: "USD", idempotencyKey: `${words.key}openFreightClaim` }, "freightClaim");
  await command("stepFreightClaim", { freightClaimId, action: "FILE", happenedOn: "2026-03-10", papers: secret("letter"), note: secret("filed"), idempotencyKey: `${words.key}stepFreightClaim` }, "freightClaim");
}

/** What else is known of customers: address, family, payers, credit and holds. */
async function know({ app, company }: Books, words: Words, secret: (what: string) => string, amount: (units: number) => string): Promise<void> {
  const command = async (name: string, input: object, who: "controller" | "administrator" = "controller"): Promise<void> => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const answered = await app.query(company.as[who], `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code message } } }`, { input });
    if (answered[name].userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(answered)}`);
  };
  const { customers } = await app.query(company.as.controller, `{ customers { edges { node { id accountNumber } } } }`);
  const idOf = (account: string): string => customers.edges.find(({ node }: { node: { accountNumber: string } }) => node.accountNumber === account).node.id;
  const [shared, customerId] = [idOf("S-1"), idOf(words.account)];
  const billTo = { name: secret("bill to"), street: secret("street"), street2: secret("floor"), city: secret("city"), region: secret("region"), postalCode: secret("zip"), country: "US" };
  await command("updateCustomer", { customerId, expectedVersion: 1, billTo, newAliases: [secret("new alias")] });
  await command("setParent", { customerId, parentId: shared, effectiveOn: "2026-01-01" });
  await command("addPayingRelationship", { payerId: shared, customerId, startsOn: "2026-01-01", idempotencyKey: `${words.key}addPayingRelationship` });
  await command("setCreditLimit", { customerId, currency: "USD", amount: amount(30), idempotencyKey: `${words.key}setCreditLimit` });
  await command("setWriteOffTolerance", { customerId, currency: "USD", amount: amount(31), effectiveOn: "2031-01-01", idempotencyKey: `${words.key}setWriteOffTolerance` });
  await command("setUnearnedDiscountPolicy", { customerId, rule: "ALLOW", limit: amount(33), limitCurrency: "USD", effectiveOn: "2031-01-01", idempotencyKey: `${words.key}setUnearnedDiscountPolicy` });
  await command("setApprovalLimit", { role: "DEDUCTIONS_ANALYST", currency: "USD", amount: amount(32), effectiveOn: "2026-01-01" }, "administrator");
  await command("setEvidenceRule", { customerId, reason: "PRICE", needs: [{ anyOf: ["CONTRACT"] }], effectiveOn: "2026-01-01" });
  await command("placeHold", { customerId, scope: "SHIPMENTS", reason: secret("hold"), idempotencyKey: `${words.key}placeHold` });
}

/** Memos, a closed period, the company's own account numbers and an export of the journal. */
async function keepBooks(app: TestApp, everything: string, words: Words, secret: (what: string) => string, amount: (units: number) => string): Promise<void> {
  const send = async (mutation: string, type: string, input: object): Promise<void> => {
    const answer = await app.query(everything, `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code message } } }`, { input });
    expect(answer[mutation]).toEqual({ userErrors: [] });
  };
  const memo = (number: string, total: string) => ({ account: words.account, number: secret(number), currency: "USD", issuedOn: "2026-03-15", total, lines: [{ description: secret("memo goods"), amount: total }] });
  await send("issueDebitMemo", "IssueDebitMemoInput", { ...memo("debit memo", amount(12)), dueOn: "2026-04-15", reason: "PRICE_CORRECTION" });
  await send("issueCreditMemo", "IssueCreditMemoInput", { ...memo("credit memo", amount(13)), reason: "RETURN" });
  await send("issueCreditMemo", "IssueCreditMemoInput", { ...memo("credit used", "1.00"), invoice: words.invoice, reason: "RETURN" });
  const { creditMemos } = await app.query(everything, `query ($number: String) { creditMemos(number: $number) { edges { node { id } } } }`, { number: secret("credit memo") });
  await send("refundCredit", "RefundCreditInput", { creditMemoId: creditMemos.edges[0].node.id, amount: "2.00", note: secret("refund") });
  await send("mapAccount", "MapAccountInput", { account: "BANK", number: secret("1010") });
  await send("closePeriod", "ClosePeriodInput", { from: "2019-01-01", to: "2019-01-31" });
  await send("exportJournal", "ExportJournalInput", { to: "2026-12-31" });
}

const bankFileOf = (secret: (what: string) => string, amount: (units: number) => string): string =>
  `${one(
    ["142", BigInt(amount(9).replace(".", "")), `,${secret("bankref")},${secret("chk")},${secret("bank text")}`],
    ["142", BigInt(amount(10).replace(".", "")), `,${secret("bankref2")},,${secret("bank text 2")}`],
    ["475", BigInt(amount(11).replace(".", "")), `,${secret("bankref3")},,${secret("debit")}`],
  ).join("\n")}\n`;

/** The files of a company, loaded as its people would. */
class Files {
  constructor(
    private readonly app: TestApp,
    private readonly company: FoundedCompany,
    private readonly token: string,
  ) {}

  /** Loads a bank file, with a remittance file where one is given. It must be new to the company. */
  async bankFile(name: string, content: string, advice?: string): Promise<unknown> {
    const remittances = advice === undefined ? [] : [{ name: `advice of ${name}`, content: advice }];
    const document = `mutation ($input: LoadBankFileInput!) { loadBankFile(input: $input) { bankFile { id name status postedCount } userErrors { code message } } }`;
    const { loadBankFile } = await this.app.query(this.token, document, { input: { name, content, format: "BAI2", remittances } });
    expect(loadBankFile).toMatchObject({ bankFile: { name, status: "POSTED" }, userErrors: [] });
    return loadBankFile;
  }

  /** Uploads a book and imports its good rows. It must be new to the company. */
  async book(name: string, content: string): Promise<unknown> {
    const stored = await this.upload(name, content);
    const live = subscribe(this.app.url, this.token, `subscription { importFinished { import { name status } } }`);
    await live.next();
    const document = `mutation ($input: ImportBookInput!) { importBook(input: $input) { existing import { id } userErrors { code message } } }`;
    const { importBook } = await this.app.query(this.token, document, { input: { fileId: stored.id, map: SHARED_MAP, acceptGood: true } });
    expect(importBook).toMatchObject({ existing: false, userErrors: [] });
    expect(await live.next()).toEqual({ importFinished: { import: { name, status: "POSTED" } } });
    await live.close();
    return stored;
  }

  async upload(name: string, content: string, purpose = "LOAD"): Promise<{ id: string; digest: string }> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": "application/octet-stream" };
    const response = await fetch(`${this.app.url}/files?${new URLSearchParams({ name, purpose, company: this.company.code })}`, { method: "POST", headers, body: content });
    expect(response.status).toBe(201);
    return (await response.json()) as { id: string; digest: string };
  }
}
