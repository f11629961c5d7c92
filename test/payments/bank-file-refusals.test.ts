import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { LoadBankFileDocument, PaymentsDocument } from "../kit/gql.ts";
import { BankDesk, bankText, remittance } from "./bank-file-kit.ts";

let app: TestApp;
let books: Books;
let desk: BankDesk;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
  desk = new BankDesk(app, books);
});
afterAll(() => app.close());

const payments = async () => (await app.query(books.company.as.collector, PaymentsDocument, {})).payments!.edges!;
const content = bankText({ minor: 543_050n, customer: "CHK-1001" }, { minor: 500n, bank: "B-2", customer: "TWICE" }, { minor: 600n, bank: "TWICE" });

describe("a file at fault leaves its own row with the fault and the line, and nothing else", () => {
  const [header, ...rest] = content.split("\n");
  const trailer = rest.findIndex((line) => line.startsWith("49,"));
  const eur = JSON.stringify({ name: "eur", columns: { paymentReference: "payment_reference", reference: "reference", net: "net" }, delimiter: ",", decimal: ".", negative: "minus", discountSign: "positive", deductionSign: "positive", currency: "EUR" });

  test.each<[string, object, string, number | null, RegExp, string[]]>([
    ["a total that the lines do not add up to", { content: [header, ...rest.with(trailer, rest[trailer]!.replace("544150", "544151"))].join("\n") }, "FILE_INVALID", 7, /states 544151 .* adds up to 544150/, ["content"]],
    ["a count that is not the number of records", { content: content.replace("49,544150,5/", "49,544150,6/") }, "FILE_INVALID", 7, /states 6 .* has 5/, ["content"]],
    ["a file that stops before its end", { content: content.slice(0, content.indexOf("99,")) }, "FILE_INVALID", 8, /ends without it/, ["content"]],
    ["another kind of file", { content: "a,b,c\n1,2,3\n" }, "FILE_INVALID", 1, /./, ["content"]],
    ["an empty file", { content: "" }, "FILE_INVALID", 1, /file header/, ["content"]],
    ["a day that has not come", { content: content.replace(",260330,", ",790330,") }, "DATE_INVALID", 4, /2079-03-30/, ["content"]],
    ["a remittance that adds up to something else", { remittances: [remittance("CHK-1001,,A,,,,,5430.00,,")] }, "TOTAL_MISMATCH", 2, /"advice.csv".*CHK-1001.*5430\.00 USD.*5430\.50 USD.*line 4/, ["remittances", "0"]],
    ["a remittance for no receipt", { remittances: [remittance("CHK-1001,,A,,,,,5430.50,,", "CHK-1002,,A,,,,,1.00,,")] }, "FILE_INVALID", 3, /"advice.csv".*CHK-1002 on line 3 belongs to no receipt/, ["remittances", "0"]],
    ["a remittance for two receipts", { remittances: [remittance("TWICE,,A,,,,,5.00,,")] }, "FILE_INVALID", 2, /several receipts.*5 and 6/, ["remittances", "0"]],
    ["two remittances for one receipt", { remittances: [remittance("CHK-1001,,A,,,,,5430.50,,"), { ...remittance("chk-1001,,A,,,,,5430.50,,"), name: "again.csv" }] }, "FILE_INVALID", 2, /"again.csv".*"advice.csv" explains already/, ["remittances", "1"]],
    ["an account nobody has", { remittances: [remittance("CHK-1001,NOBODY,A,,,,,5430.50,,")] }, "NOT_FOUND", 2, /no account NOBODY/, ["remittances", "0"]],
    ["a remittance in another currency", { remittances: [{ name: "advice.csv", content: "payment_reference,reference,net\nCHK-1001,A,5430.50\n", map: eur }] }, "CURRENCY_MISMATCH", 2, /EUR.*USD/, ["remittances", "0"]],
    ["an amount against its map", { remittances: [remittance('CHK-1001,,A,,,,,"5,430.50",,')] }, "FILE_INVALID", 2, /"net" on line 2/, ["remittances", "0"]],
    ["a remittance with a quote that never closes", { remittances: [remittance('CHK-1001,,A,,,,,1.00,,', '"CHK-1001,,A')] }, "FILE_INVALID", 3, /quote/, ["remittances", "0"]],
    ["a remittance without a row", { remittances: [remittance()] }, "FILE_INVALID", 1, /no row/, ["remittances", "0"]],
    ["a column that no text could name", { remittances: [{ name: "advice.csv", content: "a,b\n1,2\n", map: eur.replace('"net":"net"', '"net":"\\u0000"') }] }, "FILE_INVALID", 1, /lacks the column/, ["remittances", "0"]],
    ["a remittance without the columns of its map", { remittances: [{ name: "advice.csv", content: "a,b\n1,2\n" }] }, "FILE_INVALID", 1, /lacks the column/, ["remittances", "0"]],
  ])("%s", async (_fault, input, code, line, message, field) => {
    const { bankFile, userErrors } = await desk.load({ content, ...input });
    expect(userErrors).toEqual([{ code, line, field, message: expect.stringMatching(message) }]);
    expect(bankFile).toMatchObject({ name: "day.bai", status: "REFUSED", errorMessage: userErrors[0]!.message, errorLine: line, lineCount: 0, accounts: [] });
    expect(await desk.files()).toEqual([bankFile]);
    expect(await desk.lines(bankFile!.id)).toEqual([]);
    expect(await payments()).toEqual([]);
  });

  test("and may be loaded again", async () => {
    const { bankFile: refused } = await desk.load({ content, remittances: [remittance("CHK-1001,,A,,,,,5430.00,,")] });
    const { bankFile: posted } = await desk.load({ content, remittances: [remittance("CHK-1001,,A,,,,,5430.50,,")] });
    expect([refused!.status, posted!.status]).toEqual(["REFUSED", "POSTED"]);
    expect((await desk.files()).map(({ id }) => id)).toEqual([posted!.id, refused!.id]);
  });
});

describe("a command that brings no file it could keep is refused without a row", () => {
  test.each([
    ["content over the limit", { content: "x".repeat(1024 * 1024 + 1) }, "LIMIT_EXCEEDED", ["content"], /1048577 bytes; a command takes at most 1048576\. .*POST \/files/],
    ["a remittance over the limit", { content, remittances: [{ name: "a", content: "x".repeat(1024 * 1024 + 1) }] }, "LIMIT_EXCEEDED", ["remittances", "0", "content"], /1048576/],
    ["neither content nor file", {}, "VALUE_INVALID", ["content"], /either/],
    ["a blank name", { content, name: " " }, "VALUE_INVALID", ["name"], /300/],
    ["a file nobody uploaded", { fileId: "xyz" }, "NOT_FOUND", ["fileId"], /./],
    ["a character that no text has", { content: "01,\0" }, "FILE_INVALID", ["content"], /zero character/],
    ["half of a character", { content: "01,\n\ud83d" }, "FILE_INVALID", ["content"], /half of a character/],
    ["a map that is not JSON", { content, remittances: [{ ...remittance("CHK-1001"), map: "{" }] }, "MAP_INVALID", ["remittances", "0", "map"], /JSON/],
    ["a map without a property", { content, remittances: [{ ...remittance("CHK-1001"), map: "{}" }] }, "MAP_INVALID", ["remittances", "0", "map", "decimal"], /decimal/],
  ])("%s", async (_fault, input, code, field, message) => {
    const { bankFile, userErrors } = await desk.load(input);
    expect({ bankFile, userErrors }).toEqual({ bankFile: null, userErrors: [{ code, field, line: code === "FILE_INVALID" ? expect.any(Number) : null, message: expect.stringMatching(message) }] });
    expect(await desk.files()).toEqual([]);
  });

  test("a controller, who posts no receipts, may not", async () => {
    const { errors } = await app.ask(books.company.as.controller, LoadBankFileDocument, { input: { name: "x", content, format: "BAI2", remittances: [] } });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });
});

describe("the same money comes once", () => {
  const advice = remittance("CHK-1001,,A,,,,,5430.50,,");

  test("loaded again, with other line ends and under another name, it is the first file and makes no payment", async () => {
    const first = await desk.load({ content, remittances: [advice] });
    const again = await desk.load({ content: content.replaceAll("\n", "\r\n"), name: "copy.bai", remittances: [{ ...advice, name: "other.csv" }] });
    expect(again).toEqual(first);
    expect(await payments()).toHaveLength(3);
  });

  test("loaded five times at one moment it is one file", async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => desk.load({ content, remittances: [advice] })));
    expect(new Set(answers.map(({ bankFile }) => bankFile!.id)).size).toBe(1);
    expect(await payments()).toHaveLength(3);
  });

  test("with other remittances it is refused, because it is on the books", async () => {
    await desk.load({ content });
    const { bankFile, userErrors } = await desk.load({ content, remittances: [advice] });
    expect(userErrors).toMatchObject([{ code: "DUPLICATE", message: expect.stringContaining('"day.bai"') }]);
    expect(bankFile).toMatchObject({ status: "REFUSED" });
    expect(await payments()).toHaveLength(3);
  });

  test("another company may load it", async () => {
    await desk.load({ content });
    books = await Books.open(app);
    desk = new BankDesk(app, books);
    expect((await desk.load({ content })).bankFile).toMatchObject({ status: "POSTED" });
  });
});
