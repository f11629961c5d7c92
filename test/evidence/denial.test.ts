import { createHash } from "node:crypto";
import { Analyst } from "../deductions/analyst.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { DenialsOfDocument, RecordDenialAnswerDocument, type RecordDenialAnswerInput, ResearchDeductionDocument, WriteDenialPacketDocument, type WriteDenialPacketInput } from "../kit/gql.ts";
import { pdfText } from "./pdf-text.ts";
import { Researcher, sha256, shortPaid } from "./researcher.ts";

let app: TestApp;
let books: Books;
let researcher: Researcher;
let analyst: Analyst;
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => new Date("2026-04-02T10:00:00Z") } });
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  [researcher, analyst] = [new Researcher(books), new Analyst(books)];
});

const write = async (deductionId: string, input: Partial<WriteDenialPacketInput> = {}, token = researcher.token) => (await app.query(token, WriteDenialPacketDocument, { input: { deductionId, ...input } })).writeDenialPacket;
const answered = async (input: RecordDenialAnswerInput) => (await app.query(researcher.token, RecordDenialAnswerDocument, { input })).recordDenialAnswer;
const lines = (more: object = {}) => [{ item: "BOTTLE", quantity: "500", unit: "EACH", ...more }];
const POD = JSON.stringify({ number: "POD-4711", receivedOn: "2026-03-05", lines: lines() });
const INVOICE = JSON.stringify({ number: "I-1", invoicedOn: "2026-03-01", lines: lines({ amount: "1000.00" }) });

/** A shortage of 200.00 although all arrived, found invalid. */
async function denied(): Promise<{ deductionId: string; account: string; customerId: string }> {
  const short = await shortPaid(books);
  await researcher.add(short.deductionId, { kind: "POD", document: POD, supports: "AGAINST" });
  await researcher.add(short.deductionId, { kind: "INVOICE", document: INVOICE });
  await researcher.add(short.deductionId, { kind: "EMAIL", reference: "The buyer's complaint", supports: "FOR" });
  await researcher.add(short.deductionId, { kind: "CALL_NOTE", reference: "Call with Jo", note: "Sounds unsure." });
  await app.query(researcher.token, ResearchDeductionDocument, { input: { deductionId: short.deductionId } });
  await analyst.work(short.deductionId, "TAKE_UP");
  await analyst.decide(short.deductionId, "0.00");
  return short;
}

test("a denial is a PDF in the company's name with the reasons, the figures and the papers that speak for us, and a draft of an e-mail", async () => {
  const { deductionId, account, customerId } = await denied();
  const contact = (name: string, role: string, email: string) => app.query(books.company.as.controller, `mutation ($input: AddContactInput!) { addContact(input: $input) { userErrors { code } } }`, { input: { customerId, name, role, email } });
  await contact("Pat Payables", "ACCOUNTS_PAYABLE", "pay@example.com");
  await contact("Dee Disputes", "DISPUTES", "disputes@example.com");
  const { packet, userErrors } = await write(deductionId, { reasoning: "Your own dock signed for it." });
  expect(userErrors).toEqual([]);
  expect(packet).toMatchObject({
    answerBy: "2026-05-02", by: books.company.subjects.analyst, answers: [], file: { name: "Denial CL-1.pdf", contentType: "application/pdf" },
    email: { to: "disputes@example.com", subject: `Claim CL-1, invoice ${account}-1: USD 200.00`, text: expect.stringMatching(/^Dear Dee Disputes,[^]*Your own dock signed for it\.[^]*All that was billed was received\.[^]*Proof of delivery POD-4711[^]*by 2026-05-02/) },
  });
  expect(packet!.email.text).not.toMatch(/complaint|Jo|unsure/);

  const response = await fetch(`${app.url}/files/${packet!.file.id}`, { headers: { authorization: `Bearer ${books.company.as.collector}` } });
  const pdf = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get("content-disposition")).toContain("attachment");
  expect([pdf.subarray(0, 5).toString(), createHash("sha256").update(pdf).digest("hex")]).toEqual(["%PDF-", packet!.file.digest]);
  const text = pdfText(pdf);
  for (const said of [`Company ${books.company.code}`, `Customer ${account}`, "Attention: Dee Disputes", "CL-1", "USD 200.00", "Your own dock signed for it.", "BOTTLE", "500", "1000.00", "POD-4711", sha256(POD), sha256(INVOICE), "Page 1 of 1"]) expect(text).toContain(said);
  expect(text).not.toMatch(/complaint|unsure/);
  expect((await researcher.of(deductionId)).activities.at(-1)).toMatchObject({ action: "WRITE_DENIAL", note: expect.stringContaining("to be answered by 2026-05-02") });
});

test("what the customer answers is kept on the case, and the packet stays as it was written", async () => {
  const { deductionId } = await denied();
  const { packet } = await write(deductionId);
  expect(packet!.email).toMatchObject({ to: null, text: expect.stringMatching(/^Dear Sir or Madam,/) });
  expect((await answered({ packetId: packet!.id, answer: "ASKED", note: "Where is the seal number?", answeredOn: "2026-04-01" })).userErrors).toEqual([]);
  const { packet: now } = await answered({ packetId: packet!.id, answer: "ACCEPTED", note: "We pay with the next run." });
  const by = books.company.subjects.analyst;
  expect(now).toEqual({ ...packet, answers: [{ kind: "ASKED", answeredOn: "2026-04-01", note: "Where is the seal number?", by }, { kind: "ACCEPTED", answeredOn: "2026-04-02", note: "We pay with the next run.", by }] });
  const { node } = await app.query(researcher.token, DenialsOfDocument, { id: deductionId });
  expect(node && "denialPackets" in node && node.denialPackets).toEqual([now]);
  expect((await researcher.of(deductionId)).activities.slice(-2)).toMatchObject([{ action: "RECORD_ANSWER" }, { action: "RECORD_ANSWER", note: "ACCEPTED on 2026-04-02: We pay with the next run." }]);
});

test("nothing is denied that was not found invalid, or against which nothing speaks, or by whoever may not", async () => {
  const { deductionId } = await shortPaid(books, { claim: "CL-2" });
  expect((await write(deductionId, { reasoning: "No." })).userErrors).toMatchObject([{ code: "BLOCKED", message: expect.stringContaining("decide it first") }]);
  await analyst.work(deductionId, "TAKE_UP");
  await analyst.decide(deductionId, "0.00");
  expect((await write(deductionId)).userErrors).toMatchObject([{ code: "BLOCKED", field: ["reasoning"] }]);
  expect((await write(deductionId, { reasoning: "No.", answerBy: "2026-04-01" })).userErrors).toMatchObject([{ code: "DATE_INVALID", field: ["answerBy"] }]);
  expect((await write(deductionId, { reasoning: "No.", expectedVersion: 77 })).userErrors).toMatchObject([{ code: "CONFLICT" }]);
  await expect(write(deductionId, { reasoning: "No." }, books.company.as.biReader)).rejects.toThrow(/deduction:work/);
  const { packet } = await write(deductionId, { reasoning: "It was signed for." });
  expect((await answered({ packetId: packet!.id, answer: "CONTESTED", note: "No.", answeredOn: "2026-04-03" })).userErrors).toMatchObject([{ code: "DATE_INVALID" }]);
  expect((await answered({ packetId: packet!.id, answer: "CONTESTED", note: " " })).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["note"] }]);
});
