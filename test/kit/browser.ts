import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const there = existsSync(CHROMIUM);

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

/** Waits until an element's text is exactly this. */
export async function shows(page: Page, selector: string, text: string): Promise<void> {
  const says = `[...document.querySelectorAll(${JSON.stringify(selector)})].some((element) => element.textContent === ${JSON.stringify(text)})`;
  await page.waitForFunction(says, undefined, { timeout: 15_000 }).catch(async () => {
    const found = await page.locator(selector).allTextContents();
    throw new Error(`${selector} never said "${text}"; it says ${JSON.stringify(found)}.`);
  });
}
