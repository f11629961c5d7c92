import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cell } from "../../src/commands/import-report.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { book, mapText, totalsOf } from "./books.ts";

let t: TestApp;
let company: FoundedCompany;
let folder: string;
beforeAll(async () => {
  t = await openTestApp();
  company = await t.company();
  folder = mkdtempSync(join(tmpdir(), "openitem-import-"));
  writeFileSync(join(folder, "map.json"), mapText());
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await t.close();
});

interface Outcome {
  readonly code: number | null;
  readonly said: string;
}

/** Runs the command as a process of its own, as a person would. */
function run(args: readonly string[], env: Record<string, string>): Promise<Outcome> {
  const child = spawn(process.execPath, ["--import", "tsx", "src/commands/import.ts", ...args], {
    env: { PATH: process.env["PATH"]!, OPENITEM_DATA: join(folder, "data"), PORT: "1", ...env },
  });
  let said = "";
  child.stdout.on("data", (text: Buffer) => void (said += text.toString()));
  child.stderr.on("data", (text: Buffer) => void (said += text.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, said })));
}

const importWith = (file: string, ...more: string[]): Promise<Outcome> =>
  run(["--map", join(folder, "map.json"), file, "--company", company.code, "--url", t.url, ...more], { OPENITEM_TOKEN: company.as.controller });

const file = (name: string, ...lines: string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, book(...lines));
  return path;
};

const GOOD = "41,Acme,INV-1,2026-01-01,2026-01-31,2026-02-05,USD,100.00";

describe("npm run import", () => {
  test("refuses a file with faults, lists them in a rejects file, and ends with 1", async () => {
    const path = file("bad.csv", GOOD, `41,Acme,INV-2,"=1+1",2026-01-31,,USD,"1,5"`, "41,Acme,INV-3,2026-02-01,2026-01-31,,USD,1.00");
    const { code, said } = await importWith(path);
    expect([code, said]).toEqual([1, expect.stringContaining("Not imported: 1 row is at fault of 3, so nothing was posted.")]);
    expect(said).toContain(`2 faults are listed in ${path}.rejects.csv.`);
    expect(readFileSync(`${path}.rejects.csv`, "utf8").split("\r\n")).toEqual([
      "line,column,value,reason",
      `3,amount,"1,5",It is not an amount written like 1250.50.`,
      "3,invoiced,'=1+1,It is not a day of the calendar written as YYYY-MM-DD.",
      "",
    ]);
    expect(await totalsOf(t, company)).toMatchObject({ invoices: 0 });
  }, 60_000);

  test("posts the good rows of it with --accept-good", async () => {
    const { code, said } = await importWith(join(folder, "bad.csv"), "--accept-good");
    expect([code, said]).toEqual([0, expect.stringContaining("3 rows: 2 posted, 0 known already, 0 duplicates, 1 rejected; 1 warning.")]);
    expect(await totalsOf(t, company)).toMatchObject({ invoices: 2, payments: 1 });
  }, 60_000);

  test("says of a file that was imported before that nothing was posted again", async () => {
    const path = file("good.csv", GOOD);
    expect(await importWith(path)).toMatchObject({ code: 0, said: expect.stringContaining("0 posted, 1 known already") });
    expect(await importWith(path)).toMatchObject({ code: 0, said: expect.stringContaining("was imported with this map before") });
    expect(existsSync(`${path}.rejects.csv`)).toBe(false);
  }, 60_000);

  test.each([
    ["no map", ["x.csv"], {}, "Name one map and one file.\nUsage: npm run import -- --map"],
    ["a map that there is not", ["--map", "sap", "package.json"], {}, `There is no map "sap". These come with Openitem: highradius-book, highradius-open, ibm-ar`],
    ["a file that there is not", ["--map", "ibm-ar", "nowhere.csv"], {}, "There is no file nowhere.csv."],
    ["a server that does not answer", ["--map", "ibm-ar", "package.json", "--url", "http://localhost:1"], {}, "No server answers at http://localhost:1."],
  ])("refuses %s and says what to do", async (_name, args, env, message) => {
    expect(await run(args, env)).toMatchObject({ code: 1, said: expect.stringContaining(message) });
  }, 60_000);

  test("says with --help how it is used", async () => {
    expect(await run(["--help"], {})).toEqual({ code: 0, said: expect.stringMatching(/^Usage: npm run import -- --map/) });
  }, 60_000);

  test("refuses the embedded folder of another process, and names that process", async () => {
    const data = join(folder, "taken");
    mkdirSync(data);
    writeFileSync(join(data, "owner.json"), JSON.stringify({ pid: process.pid, since: "2026-01-01T00:00:00.000Z" }));
    const { code, said } = await run(["--map", "ibm-ar", "package.json"], { OPENITEM_DATA: data });
    expect([code, said]).toEqual([1, expect.stringContaining(`belongs to process ${process.pid}, since 2026-01-01T00:00:00.000Z`)]);
    expect(said).toContain("No server answers at http://localhost:1.");
  }, 60_000);
});

test.each([
  ["plain", "plain"], ["=SUM(A1)", "'=SUM(A1)"], ["-5.00", "'-5.00"], ["@x", "'@x"], ["+1", "'+1"], ["\tx", "'\tx"],
  ['say "x", twice\n', `"say ""x"", twice\n"`], ['=1,"2"', `"'=1,""2"""`],
])("a cell of the rejects file that says %j is written %j, so that no spreadsheet runs it", (text, written) => expect(cell(text)).toBe(written));
