import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { DeductionChangedDocument, EvidenceOfAllDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { statementNames } from "../kit/statements.ts";
import { Analyst } from "../deductions/analyst.ts";
import { Researcher, sha256, shortPaid } from "./researcher.ts";

let app: TestApp;
let books: Books;
let researcher: Researcher;
let deductionId: string;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  researcher = new Researcher(books);
  ({ deductionId } = await shortPaid(books));
});

test("a paper is kept with its file, its digest, where it is from and whom it speaks for, and live clients hear of it", async () => {
  const file = await researcher.upload("pod.pdf", "signed in full");
  await app.caughtUp();
  const live = subscribe(app.url, researcher.token, DeductionChangedDocument, {});
  await live.next();
  const { evidence, userErrors } = await researcher.add(deductionId, {
    kind: "POD", reference: "POD 4711", fileId: file.id, source: "Carrier's portal", supports: "AGAINST", note: "Ten cases, signed without remark.", capturedAt: "2026-03-21T10:00:00Z",
  });
  expect(userErrors).toEqual([]);
  expect(evidence).toMatchObject({
    kind: "POD", reference: "POD 4711", source: "Carrier's portal", supports: "AGAINST", note: "Ten cases, signed without remark.", by: books.company.subjects.analyst, withdrawnAt: null,
    digest: sha256("signed in full"), file: { id: file.id, name: "pod.pdf", contentType: "application/pdf", bytes: 14, digest: file.digest },
  });
  expect(Date.parse(evidence!.capturedAt)).toBe(Date.parse("2026-03-21T10:00:00Z"));
  expect(await live.next()).toMatchObject({ deductionChanged: { deduction: { id: deductionId } } });
  await live.close();
  expect((await researcher.of(deductionId)).activities).toMatchObject([{ action: "ADD_EVIDENCE", note: "POD: POD 4711: Ten cases, signed without remark.", by: books.company.subjects.analyst }]);
});

test("a deduction with a paper counts as looked into: it may be decided", async () => {
  await new Analyst(books).work(deductionId, "TAKE_UP");
  expect((await researcher.of(deductionId)).case.blockers).toContainEqual({ action: "DECIDE", code: "NOTHING_RESEARCHED" });
  await researcher.add(deductionId, { kind: "BOL", reference: "BOL 9" });
  expect((await researcher.of(deductionId)).case.allowedActions).toContain("DECIDE");
});

test("a paper is withdrawn and stays on record with who and why; once", async () => {
  const { evidence } = await researcher.add(deductionId, { reference: "POD 4712" });
  const withdrawn = await new Researcher(books, "controller").withdraw(evidence!.id);
  expect(withdrawn.evidence).toMatchObject({ id: evidence!.id, withdrawnAt: expect.any(String), withdrawnBy: books.company.subjects.controller, withdrawnBecause: "It is of another delivery." });
  expect((await researcher.withdraw(evidence!.id)).userErrors).toMatchObject([{ code: "CONFLICT" }]);
  const { evidence: all, activities } = await researcher.of(deductionId);
  expect(all).toEqual([withdrawn.evidence]);
  expect(activities.map(({ action }) => action)).toEqual(["ADD_EVIDENCE", "WITHDRAW_EVIDENCE"]);
  await expect(app.db.run("test.change", "delete from deduction_evidence_withdrawal", [])).rejects.toThrow(/fact/i);
});

test("the same content is kept once as the same kind, and again after it was withdrawn", async () => {
  const fileId = (await researcher.upload("a.pdf", "same")).id;
  const again = (await researcher.upload("b.pdf", "same")).id;
  const { evidence } = await researcher.add(deductionId, { fileId });
  expect((await researcher.add(deductionId, { fileId: again })).userErrors).toMatchObject([{ code: "DUPLICATE", field: ["fileId"] }]);
  expect((await researcher.add(deductionId, { fileId: again, kind: "BOL" })).userErrors).toEqual([]);
  await researcher.withdraw(evidence!.id);
  expect((await researcher.add(deductionId, { fileId: again })).userErrors).toEqual([]);
});

test.each([
  ["names nothing", {}, "VALUE_INVALID", ["reference"]],
  ["has a blank reference", { reference: " " }, "VALUE_INVALID", ["reference"]],
  ["has too long a note", { reference: "POD 1", note: "x".repeat(10_001) }, "VALUE_INVALID", ["note"]],
  ["names no file of the company", { fileId: "bm9uZQ" }, "NOT_FOUND", ["fileId"]],
  ["was got in the future", { reference: "POD 1", capturedAt: "2999-01-01T00:00:00Z" }, "DATE_INVALID", ["capturedAt"]],
  ["was added to an older version", { reference: "POD 1", expectedVersion: 77 }, "CONFLICT", ["expectedVersion"]],
] as const)("a paper that %s is refused, and nothing is on record", async (_what, input, code, field) => {
  expect((await researcher.add(deductionId, { ...input })).userErrors).toMatchObject([{ code, field }]);
  expect(await researcher.of(deductionId)).toMatchObject({ evidence: [], activities: [] });
});

test("a file that was uploaded to be loaded is no evidence, and neither is another company's", async () => {
  const loaded = await researcher.upload("book.csv", "a,b", "text/csv", "LOAD");
  expect((await researcher.add(deductionId, { fileId: loaded.id })).userErrors).toMatchObject([{ code: "FILE_INVALID" }]);
  const others = await new Researcher(await Books.open(app)).upload("pod.pdf", "theirs");
  expect((await researcher.add(deductionId, { fileId: others.id })).userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
});

test("whoever does not work deductions keeps no papers", async () => {
  const answer = app.query(books.company.as.collector, `mutation ($input: AddEvidenceInput!) { addEvidence(input: $input) { userErrors { code } } }`, { input: { deductionId, kind: "POD", reference: "POD 1" } });
  await expect(answer).rejects.toThrow(/deduction:work/);
});

test("the papers of many deductions and their files come in one statement each", async () => {
  const { customerId, account } = await shortPaid(books);
  await books.bill(account, ...Array.from({ length: 5 }, (_, no) => ({ number: `${account}-M${no}`, total: "100.00" })));
  const { payment } = await books.pay({ account, amount: "450.00", lines: Array.from({ length: 5 }, (_, no) => ({ reference: `${account}-M${no}`, gross: "100.00", deduction: "10.00" })) });
  for (const [no, { id }] of payment!.deductions.entries()) await researcher.add(id, { fileId: (await researcher.upload(`${no}.pdf`, `paper ${no}`)).id });
  const sent = await statementNames(async () => {
    const { deductions } = await app.query(researcher.token, EvidenceOfAllDocument, { customerId });
    expect(deductions!.edges!.map((it) => it!.node!.evidence.length)).toEqual([1, 1, 1, 1, 1, 0]);
  });
  expect(sent.filter((name) => /^(evidence|files)\./.test(name))).toEqual(["evidence.ofDeductions", "files.byKeys"]);
});
