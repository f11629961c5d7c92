import type { Page } from "playwright-core";
import { afterBrowsing, beforeBrowsing, counts, faultsOf, testInBrowser } from "../kit/browser.ts";
import { Books } from "../kit/books.ts";
import { BoardKit, fullBooks, old } from "./kit.ts";

/** More customers than one page of the worklist shows. */
const MANY = 104;

let kit: BoardKit;
beforeBrowsing(async () => {
  kit = await BoardKit.open();
});
afterBrowsing(() => kit.close());

const dayAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const chosen = (page: Page): Promise<string | null> => page.locator('[role="option"][aria-selected="true"]').textContent();

testInBrowser("Ctrl K finds customers by name and number, and does what can be done from anywhere, by the keyboard alone", async () => {
  const { books, account } = await fullBooks(kit.app);
  const { page } = await kit.board(books, { colorScheme: "light" });
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Find or do" });
  await field.waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(await page.getByRole("option").allTextContents()).toEqual(["Todayg t", "Customersg c", "Use the dark theme"]);
  await page.keyboard.type("kess");
  await counts(page, '[role="option"]', 1);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Kessler & Wirth" }).waitFor();
  expect(await page.locator("dialog[open]").count()).toBe(0);

  await page.keyboard.press("Meta+k");
  await page.keyboard.type(account);
  await page.getByRole("option", { name: "Harbor Street Market" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Harbor Street Market" }).waitFor();

  await page.keyboard.press("Control+k");
  await page.keyboard.press("ArrowDown");
  expect(await chosen(page)).toContain("Customers");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await chosen(page)).toContain("Today");
  await page.keyboard.type("no such thing");
  await page.getByText("Nothing called that.").waitFor();
  await page.keyboard.press("Escape");
  await counts(page, "dialog[open]", 0);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dark");
  await counts(page, '[role="option"]', 1);
  await page.keyboard.press("Enter");
  await page.waitForFunction("getComputedStyle(document.body).colorScheme === 'dark'");
});

testInBrowser("the worklist shows more, page after page, and all of it stays live", async () => {
  const books = await Books.open(kit.app);
  const accounts: string[] = [];
  for (let no = 0; no < MANY; no++) {
    const { account } = await books.customer({ name: `Long list ${no}` });
    await books.bill(account, old(`L-${no}`, `${1_000 - no}.00`));
    accounts.push(account);
  }
  const { page } = await kit.board(books);
  await counts(page, ".worklist tbody tr", 100);
  const more = page.getByRole("button", { name: "Show more" });
  await more.focus();
  await page.keyboard.press("Enter");
  await counts(page, ".worklist tbody tr", MANY);
  expect(await more.count()).toBe(0);
  await books.pay({ account: accounts.at(-1)!, amount: "97.00", lines: [{ reference: `L-${MANY - 1}`, net: "97.00", partial: true }] });
  await page.getByTestId(`past-due-${accounts.at(-1)!}`).getByText("800.00").waitFor();
}, 120_000);

testInBrowser("how a customer pays is told by the graph's own figures", async () => {
  const books = await Books.open(kit.app);
  const { id, account } = await books.customer({ contacts: [{ name: "Ann Lee", role: "ACCOUNTS_PAYABLE" }] });
  for (const [index, late] of [0, 4, 10, 20, 66].entries()) {
    await books.bill(account, { number: `H-${index}`, total: "100.00", invoicedOn: dayAgo(150), dueOn: dayAgo(120) });
    await books.pay({ account, amount: "100.00", receivedOn: dayAgo(120 - late), lines: [{ reference: `H-${index}` }] });
  }
  const { page } = await kit.board(books, { path: `/customers/${id}` });
  await page.waitForSelector(".lateness");
  expect(await page.locator(".facts > div").allTextContents()).toEqual(["Median10 days late", "When late25 days", "On time20 %", "Days to pay50 days", "Discountsnone offered", "Deducted0 %"]);
  expect(await page.locator(".lateness tr").allTextContents()).toEqual(["On time1", "1–152", "16–301", "31–60–", "61–901", "Over 90–"]);
  expect(await page.locator(".people").textContent()).toContain("Accounts payable");
});
