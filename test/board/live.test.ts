import type { Page } from "playwright-core";
import { afterBrowsing, beforeBrowsing, counts, shows, testInBrowser } from "../kit/browser.ts";
import { Books } from "../kit/books.ts";
import { type CuttableLine, openLine } from "../kit/cuttable-line.ts";
import { BoardKit, old } from "./kit.ts";

let kit: BoardKit;
let line: CuttableLine | null = null;
beforeBrowsing(async () => {
  kit = await BoardKit.open();
});
afterEach(async () => {
  await line?.close();
  line = null;
});
afterBrowsing(() => kit.close());

/** A company with two customers past due, and the account number and id of the first. */
async function pastDue() {
  const books = await Books.open(kit.app);
  const [one, two] = [await books.customer(), await books.customer()];
  await books.bill(one.account, old("B-1", "1000.00"), old("B-2", "500.00"));
  await books.bill(two.account, old("B-3", "700.00"));
  return { books, ...one };
}

const feed = (page: Page): Promise<string[]> => page.locator(".feed .x").allTextContents();
const referencesIn = async (page: Page): Promise<string[]> => (await feed(page)).flatMap((text) => /ACH-\w+/.exec(text)?.[0] ?? []);

testInBrowser("a payment posted by another client appears without reload, and every figure follows it", async () => {
  const { books, account } = await pastDue();
  const { page, complaints } = await kit.board(books);
  await shows(page, `[data-testid="past-due-${account}"]`, "1,500.00");
  await shows(page, ".sentence", "Past due: USD 2,200.00 from 2 customers");
  await page.evaluate("globalThis.untouched = true");

  await books.pay({ account, amount: "950.00", reference: "ACH-new", lines: [{ reference: "B-1", gross: "1000.00", deduction: "50.00", customerCode: "22" }] });

  await shows(page, `[data-testid="past-due-${account}"]`, "500.00");
  await shows(page, ".sentence", "Past due: USD 1,200.00 from 2 customers");
  await counts(page, ".feed .li", 2);
  expect((await feed(page)).sort()).toEqual([expect.stringContaining("ACH-new"), expect.stringMatching(/^deduction: no reason given, code 22 · on B-1$/)].sort());
  await shows(page, ".head .link", "New order for 2 r");
  await page.keyboard.press("r");
  expect(await page.locator(".worklist tbody .m.b").allTextContents()).toEqual(["700.00", "500.00"]);
  expect(await page.evaluate("globalThis.untouched")).toBe(true);
  expect(complaints).toEqual([]);
});

testInBrowser("a customer's screen follows a payment: balance, open items, deductions and what was paid with it", async () => {
  const { books, id, account } = await pastDue();
  const { page } = await kit.board(books, { path: `/customers/${id}` });
  await shows(page, '[data-testid="balance-USD"]', "1,500.00");
  await books.pay({ account, amount: "950.00", reference: "ACH-new", lines: [{ reference: "B-1", gross: "1000.00", deduction: "50.00", customerCode: "22" }] });
  await shows(page, '[data-testid="balance-USD"]', "550.00");
  await shows(page, ".items tfoot .double", "550.00");
  expect(await page.locator(".payments tbody tr").allTextContents()).toEqual([expect.stringContaining("ACH-new"), "B-1 paid950.00", "B-1 short, deduction: no reason given50.00"]);
  await shows(page, ".facts dd", "too few paid");
});

testInBrowser("after a cut line nothing is missing and nothing is double, and the board says what happened", async () => {
  const { books, account } = await pastDue();
  line = await openLine(kit.app.url);
  const { page, complaints } = await kit.board(books, { at: line.url });
  await books.pay({ account, amount: "100.00", reference: "ACH-kept", lines: [{ reference: "B-1", net: "100.00", partial: true }] });
  await shows(page, `[data-testid="past-due-${account}"]`, "1,400.00");

  await line.cut();
  await page.waitForSelector('[data-line="offline"]');
  expect(await page.locator(".banner").textContent()).toMatch(/^The connection was lost at \d\d:\d\d\. Figures are as of then/);
  for (const number of [1, 2, 3]) {
    await books.pay({ account, amount: "100.00", reference: `ACH-missed${number}`, lines: [{ reference: "B-1", net: "100.00", partial: true }] });
  }
  await shows(page, `[data-testid="past-due-${account}"]`, "1,400.00");

  await line.restore();
  await page.getByRole("button", { name: "Try now" }).click();
  await page.waitForSelector('[data-line="live"]');
  await shows(page, `[data-testid="past-due-${account}"]`, "1,100.00");
  await shows(page, ".sentence", "Past due: USD 1,800.00 from 2 customers");
  expect(await page.locator(".banner").textContent()).toMatch(/^Back since \d\d:\d\d\. \d+ things happened meanwhile; the figures are exact again\.$/);
  await page.mouse.move(5, 5);
  await counts(page, ".feed .li", 4);
  expect(await referencesIn(page)).toEqual(["ACH-missed3", "ACH-missed2", "ACH-missed1", "ACH-kept"]);

  await books.pay({ account, amount: "100.00", reference: "ACH-after", lines: [{ reference: "B-1", net: "100.00", partial: true }] });
  await shows(page, `[data-testid="past-due-${account}"]`, "1,000.00");
  await counts(page, ".feed .li", 5);
  expect(await referencesIn(page)).toEqual(["ACH-after", "ACH-missed3", "ACH-missed2", "ACH-missed1", "ACH-kept"]);
  expect(complaints).toEqual([]);
});

testInBrowser("a token that the server does not take leads back to the sign-in, with the reason", async () => {
  const { page } = await kit.browser.visit(`${kit.app.url}/#token=${await kit.app.token("nobody", { seconds: -10 })}`);
  await page.getByText("The server does not take this token, or not any more. Ask for a new one.").waitFor();
  expect(page.url()).toBe(`${kit.app.url}/`);
  const books = await Books.open(kit.app);
  await page.getByLabel("Token").fill("what");
  await page.keyboard.press("Enter");
  await page.getByText("That is not a token.").waitFor();
  await page.getByLabel("Token").fill(`export TOKEN=${books.company.as.collector}`);
  await page.keyboard.press("Enter");
  await shows(page, ".sentence", "Nobody is past due.");
});
