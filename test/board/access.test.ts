import { afterBrowsing, beforeBrowsing, counts, faultsOf, testInBrowser } from "../kit/browser.ts";
import { BoardKit, fullBooks } from "./kit.ts";

const STICKING_OUT = "[document.scrollingElement, ...document.querySelectorAll('.pane')].filter((it) => it.scrollWidth > it.clientWidth + 1).map((it) => it.className + ' ' + it.scrollWidth)";

let kit: BoardKit;
let full: Awaited<ReturnType<typeof fullBooks>>;
let customer: string;
beforeBrowsing(async () => {
  kit = await BoardKit.open();
  full = await fullBooks(kit.app);
  customer = `/customers/${full.id}`;
});
afterBrowsing(() => kit.close());

const ready: Readonly<Record<string, string>> = { "/": ".worklist tbody tr", "/customers": "tbody tr", customer: ".aging dl" };

describe.each(["light", "dark"] as const)("in the %s theme", (colorScheme) => {
  testInBrowser("axe finds nothing wrong with any screen, at two widths", async () => {
    for (const width of [1280, 360]) {
      for (const place of Object.keys(ready)) {
        const { page } = await kit.board(full.books, { path: place === "customer" ? customer : place, colorScheme, viewport: { width, height: 900 } });
        await page.waitForSelector(ready[place]!);
        expect(await page.evaluate("getComputedStyle(document.body).colorScheme")).toBe(colorScheme);
        expect({ place, width, faults: await faultsOf(page) }).toEqual({ place, width, faults: [] });
        await page.context().close();
      }
    }
    const { page } = await kit.browser.visit(kit.app.url, { colorScheme });
    await page.getByLabel("Token").waitFor();
    expect(await faultsOf(page)).toEqual([]);
  }, 120_000);
});

testInBrowser("the switch changes the theme whatever the system says, and the tab remembers it", async () => {
  const { page } = await kit.board(full.books, { colorScheme: "light" });
  await page.getByRole("button", { name: "Use the dark theme" }).click();
  expect(await page.evaluate("getComputedStyle(document.body).colorScheme")).toBe("dark");
  await page.reload();
  await page.waitForSelector('[data-line="live"]');
  expect(await page.evaluate("getComputedStyle(document.body).colorScheme")).toBe("dark");
});

testInBrowser("no page asks anybody but its own server, and its policy forbids it to", async () => {
  const { page, strangers, complaints } = await kit.board(full.books);
  await page.getByText("Harbor Street Market").first().click();
  await page.waitForSelector(".aging dl");
  await page.goto(`${kit.app.url}/customers`);
  await page.waitForSelector("tbody tr");
  expect(strangers).toEqual([]);
  expect(complaints).toEqual([]);
  expect((await fetch(kit.app.url)).headers.get("content-security-policy")).toContain("connect-src 'self'");
});

testInBrowser("nothing sticks out at any width from 360 to 2,200 pixels", async () => {
  const { page } = await kit.board(full.books);
  for (const path of ["/", customer]) {
    await page.goto(`${kit.app.url}${path}`);
    await page.waitForSelector(path === "/" ? ".worklist tbody tr" : ".aging dl");
    for (const width of [360, 480, 768, 1023, 1024, 1280, 1440, 1900, 2200]) {
      await page.setViewportSize({ width, height: 900 });
      const out = await page.evaluate(STICKING_OUT);
      expect({ path, width, out }).toEqual({ path, width, out: [] });
    }
  }
});

testInBrowser("everything can be reached by the keyboard, and one sees where one is", async () => {
  const { page } = await kit.board(full.books);
  const focused = (): Promise<string> => page.evaluate("document.activeElement.textContent");
  const ringed = (): Promise<boolean> => page.evaluate("getComputedStyle(document.activeElement).outlineStyle === 'solid'");
  await page.waitForSelector(".worklist tbody tr");
  const stops: string[] = [];
  for (let stop = 0; stop < 6; stop++) {
    await page.keyboard.press("Tab");
    stops.push((await focused()) || (await page.evaluate<string>("document.activeElement.getAttribute('aria-label')")));
    expect({ stop: stops.at(-1), ringed: await ringed() }).toEqual({ stop: stops.at(-1), ringed: true });
  }
  expect(stops.slice(0, 5)).toEqual(["Skip to the work", "Today", "Customers", "Sign out", "Use the dark theme"]);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  expect(await focused()).toBe("Kessler & Wirth");
  await page.keyboard.press("k");
  expect(await focused()).toContain("Harbor Street Market");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".aging dl");
  await page.keyboard.press("Escape");
  await page.waitForSelector(".worklist tbody tr");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.getByLabel("Find a customer").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("kess");
  await counts(page, "tbody tr", 1);
  expect(await page.locator("tbody th").allTextContents()).toEqual(["Kessler & Wirth"]);
});
