import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const there = existsSync(CHROMIUM);

/** How long a page may take to show something on a machine with much else to do. */
const PATIENCE = 30_000;

const QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Declares a test that needs a browser: without one it is reported as skipped, with the reason in its name. */
export const testInBrowser = (name: string, run: () => Promise<void>, timeout = 60_000): void =>
  there ? test(name, run, timeout) : test.skip(`${name} [skipped: no Chromium at ${CHROMIUM}; apt-get install chromium]`, run);

/** Runs before the tests of a file that need a browser, and not at all without one. The time allowed covers a build of the board. */
export const beforeBrowsing = (run: () => Promise<void>): void => {
  if (there) beforeAll(run, 180_000);
};

export const afterBrowsing = (run: () => Promise<void>): void => {
  if (there) afterAll(run);
};

/** A page of a browser, and what it did. */
export interface Visit {
  readonly page: Page;
  /** Everything the page asked for that was not on this machine; a test expects none. */
  readonly strangers: string[];
  /** What the page threw or complained about. */
  readonly complaints: string[];
}

/** A browser for the tests of one file. */
export class TestBrowser {
  private constructor(private readonly browser: Browser) {}

  static async open(): Promise<TestBrowser> {
    return new TestBrowser(await chromium.launch({ executablePath: CHROMIUM, args: QUIET }));
  }

  /** Opens a page in a profile of its own. Texts are those of American English unless told otherwise. */
  async visit(url: string, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const [strangers, complaints]: [string[], string[]] = [[], []];
    const watch = (address: string): void => {
      if (!/^(https?|wss?):\/\/localhost[:/]|^(data|blob):/.test(address)) strangers.push(address);
    };
    context.on("request", (request) => watch(request.url()));
    page.on("websocket", (socket) => watch(socket.url()));
    page.on("pageerror", (error) => complaints.push(String(error.stack ?? error)));
    await page.goto(url);
    return { page, strangers, complaints };
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

/** As much of a page's document as the functions below need; they run in the browser, whose policy forbids text as code. */
declare const document: { readonly querySelectorAll: (selector: string) => ArrayLike<{ readonly textContent: string | null }> };

/** Waits until an element's text is exactly this. */
export async function shows(page: Page, selector: string, text: string): Promise<void> {
  const says = ([where, wanted]: readonly [string, string]): boolean => Array.from(document.querySelectorAll(where)).some((element) => element.textContent === wanted);
  await page.waitForFunction(says, [selector, text] as const, { timeout: PATIENCE }).catch(async () => {
    const found = await page.locator(selector).allTextContents();
    throw new Error(`${selector} never said "${text}"; it says ${JSON.stringify(found)}.`);
  });
}

/** Waits until there are so many elements. */
export async function counts(page: Page, selector: string, count: number): Promise<void> {
  const are = ([where, wanted]: readonly [string, number]): boolean => document.querySelectorAll(where).length === wanted;
  await page.waitForFunction(are, [selector, count] as const, { timeout: PATIENCE });
}

/** Waits until an element's text contains this; blanks of every kind are one. */
export async function tells(page: Page, selector: string, text: string): Promise<void> {
  const tell = ([where, wanted]: readonly [string, string]): boolean => Array.from(document.querySelectorAll(where)).some((element) => element.textContent?.replaceAll(/\s/g, " ").includes(wanted));
  await page.waitForFunction(tell, [selector, text] as const, { timeout: PATIENCE });
}

/** What axe finds wrong with a page, each fault with its place. */
export async function faultsOf(page: Page): Promise<string[]> {
  // Motion is over when it is looked at: a color between two others is nobody's choice.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(readFileSync(AXE, "utf8"));
  const { violations } = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as { violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[] };
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`));
}
