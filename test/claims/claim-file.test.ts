import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { LoadClaimFileDocument, type LoadClaimFileInput } from "../kit/gql.ts";
import { Claimant } from "./claimant.ts";

let app: TestApp;
let books: Books;
let claimant: Claimant;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  claimant = new Claimant(books, await books.customer());
  await books.bill(claimant.customer.account, { number: "I-1", total: "500.00", purchaseOrder: "7001" });
});

const load = async (input: Partial<LoadClaimFileInput>) =>
  (await app.query(books.company.as.analyst, LoadClaimFileDocument, { input: { account: claimant.customer.account, name: "claims", format: "X12_812", flag: "D", ...input } })).loadClaimFile;

const set = (number: string, cents: number, control: string, flag = "D"): string => {
  const segments = [`ST*812*${control}`, `BCD*20260310*${number}*H*${cents}*${flag}*20260301*I-1***7001`, `CDD*06*${flag}**${cents}*N**4*CA***25`, "LIN**SK*SKU-1"];
  return [...segments, `SE*${segments.length + 1}*${control}`].join("~") + "~";
};

test("an 812 brings claims that are behind the short pay that follows", async () => {
  const loaded = await load({ content: set("CB-1", 10_000, "1") + set("CR-1", 500, "2", "C"), receivedOn: "2026-03-11" });
  expect(loaded).toMatchObject({ userErrors: [], existing: false, knownCount: 0, skippedCount: 1 });
  expect(loaded.claims).toMatchObject([{
    source: "X12_812", number: "CB-1", customerCode: "06", codeList: "X12_426", reason: "SHORTAGE", reasonSource: "STANDARD_CODE", amount: { amount: "100.00" }, purchaseOrder: "7001", receivedOn: "2026-03-11", eventOn: "2026-03-10",
    invoices: [{ number: "I-1" }], lines: [{ item: "SKU-1", quantity: "4", unit: "CA", unitPrice: "25", amount: { amount: "100.00" } }],
  }]);
  const [deduction] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "100.00" });
  expect(deduction).toMatchObject({ claim: { number: "CB-1", status: "DEDUCTED" }, case: { reason: "SHORTAGE" } });
});

test("a file that is loaded again brings nothing, and a number that is here already is not recorded twice", async () => {
  const content = set("CB-1", 10_000, "1");
  const first = await load({ content });
  expect(await load({ content: `${content}\r\n`, name: "another name" })).toMatchObject({ existing: true, claims: [{ id: first.claims![0]!.id }] });
  expect(await load({ content: set("cb-1", 10_000, "1") + set("CB-2", 2_000, "2") })).toMatchObject({ existing: false, knownCount: 1, claims: [{ number: "CB-2" }] });
});

test("two that load the same file at once load it once", async () => {
  const content = set("CB-1", 10_000, "1");
  const both = await Promise.all([load({ content }), load({ content })]);
  expect(both.map(({ existing }) => existing).toSorted()).toEqual([false, true]);
});

test("a CSV file is read by its map, or by that of the house", async () => {
  const house = "claim,invoice,order,code,text,item,quantity,unit,price,amount\nC-1,I-1,,,Broken jars,S-1,3,EA,2.50,7.50\nC-1,,,,,S-2,1,EA,1.00,1.00\n";
  expect(await load({ format: "CSV", content: house })).toMatchObject({ userErrors: [], claims: [{ source: "CSV", number: "C-1", comment: "Broken jars", amount: { amount: "8.50" }, lines: [{ item: "S-1" }, { item: "S-2" }] }] });
  const map = JSON.stringify({ name: "theirs", columns: { amount: "Betrag", number: "Nr", code: "Grund" }, delimiter: ";", decimal: ",", codeList: "EDIFACT_4465" });
  expect(await load({ format: "CSV", content: "Nr;Betrag;Grund\nD-1;1250,50;3\n", map })).toMatchObject({ claims: [{ number: "D-1", amount: { amount: "1250.50" }, reason: "DAMAGE", codeList: "EDIFACT_4465" }] });
});

test("a file at fault records nothing at all, and says where the fault is", async () => {
  const broken = set("CB-1", 10_000, "1") + set("CB-2", 2_000, "2").replace("LIN", "XYZ");
  expect((await load({ content: broken })).userErrors).toMatchObject([{ code: "FILE_INVALID", message: expect.stringContaining("Segment XYZ") }]);
  expect((await load({ content: set("CB-1", 10_000, "1") + set("CB-1", 2_000, "2") })).userErrors).toMatchObject([{ code: "DUPLICATE", line: 1 }]);
  expect((await load({ format: "CSV", content: "claim,invoice,order,code,text,item,quantity,unit,price,amount\nC-1,,,,,,,,,0.00\n" })).userErrors).toMatchObject([{ code: "AMOUNT_INVALID", line: 2 }]);
  expect((await load({ format: "CSV", content: "a\n1\n", map: "{" })).userErrors).toMatchObject([{ code: "MAP_INVALID", field: ["map"] }]);
  expect((await load({ content: set("CB-1", 10_000, "1") })).claims).toHaveLength(1);
});
