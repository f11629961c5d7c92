import type { Page } from "playwright-core";
import { currentBoard } from "../../src/board-build.ts";
import { ConfigError, readConfig } from "../../src/config.ts";
import { openTestApp } from "../kit/app.ts";
import { afterBrowsing, beforeBrowsing, tells, testInBrowser } from "../kit/browser.ts";
import { BoardKit, fullBooks } from "./kit.ts";

let kit: BoardKit;
beforeBrowsing(async () => {
  kit = await BoardKit.open(true);
});
afterBrowsing(() => kit.close());

/** Runs one of the operations that the explorer begins with. It offers a choice of them once its editor has read them. */
async function run(page: Page, operation: string): Promise<void> {
  const choice = page.getByRole("menuitem", { name: operation });
  for (let attempt = 0; attempt < 10 && !(await choice.isVisible()); attempt++) {
    await page.getByRole("button", { name: "Execute query" }).click();
    await choice.waitFor({ timeout: 3_000 }).catch(() => {});
  }
  await choice.click();
}

const answerSays = (page: Page, text: string): Promise<void> => tells(page, ".graphiql-response", text);

testInBrowser("the explorer runs a query and a subscription, and asks nobody but its own server", async () => {
  const { books, account } = await fullBooks(kit.app);
  const { page, strangers, complaints } = await kit.browser.visit(`${kit.app.url}/explorer#token=${books.company.as.collector}`);
  await run(page, "WhoIsPastDue");
  await answerSays(page, `"accountNumber": "${account}"`);
  expect(page.url()).toBe(`${kit.app.url}/explorer`);

  await run(page, "Payments");
  await answerSays(page, '"payment": null');
  await books.pay({ account, amount: "18.20", lines: [{ reference: "F-4" }] });
  await answerSays(page, '"amount": "18.20"');
  expect(strangers).toEqual([]);
  expect(complaints).toEqual([]);
}, 90_000);

testInBrowser("a server without the explorer does not know the address", async () => {
  const plain = await openTestApp({ pages: { folder: currentBoard(), explorer: false } });
  expect((await fetch(`${plain.url}/explorer`)).status).toBe(404);
  expect((await fetch(plain.url)).status).toBe(200);
  await plain.close();
});

test("the explorer is on for the embedded database, off for one of your own, and as told otherwise", () => {
  const secret = { OPENITEM_SECRET: "a secret of at least thirty-two letters" };
  const own = { ...secret, DATABASE_URL: "postgres://localhost/books" };
  expect(readConfig(secret).explorer).toBe(true);
  expect(readConfig(own).explorer).toBe(false);
  expect(readConfig({ ...own, OPENITEM_EXPLORER: "on" }).explorer).toBe(true);
  expect(readConfig({ ...secret, OPENITEM_EXPLORER: "off" }).explorer).toBe(false);
  expect(() => readConfig({ ...secret, OPENITEM_EXPLORER: "perhaps" })).toThrow(ConfigError);
});
