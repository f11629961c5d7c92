import { ActorReader } from "../../src/companies/actor.ts";
import type { Database } from "../../src/db/database.ts";
import { readGlobalId } from "../../src/graphql/global-id.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { GrantRoleDocument } from "../kit/gql.ts";

let app: TestApp;
let company: FoundedCompany;
let companyId: string;
beforeAll(async () => {
  app = await openTestApp();
  company = await app.company();
  companyId = readGlobalId(company.companyId)!.key;
});
afterAll(() => app.close());

/** The database of the test, which also says how many statements it was sent. */
function counted(): { readonly db: Database; readonly sent: () => number } {
  let sent = 0;
  const run: Database["run"] = (...given) => (sent++, app.db.run(...given));
  return { db: Object.assign(Object.create(app.db) as Database, { run }), sent: () => sent };
}

const who = (subject: string) => ({ subject, operator: false });

test("requests that come together are answered by one read, each with what its own person may do", async () => {
  const { db, sent } = counted();
  const reader = new ActorReader(db);
  const { clerk, controller } = company.subjects;
  const actors = await Promise.all([clerk, controller, "stranger", clerk, controller].map((subject) => reader.load(who(subject))));
  expect(actors.map(({ subject, grants }) => [subject, grants.get(companyId)?.roles])).toEqual([
    [clerk, ["CASH_APPLICATION_CLERK"]], [controller, ["CONTROLLER"]], ["stranger", undefined], [clerk, ["CASH_APPLICATION_CLERK"]], [controller, ["CONTROLLER"]],
  ]);
  expect(sent()).toBe(1);
});

test("those who come while a read is on its way wait for the next, which sees what was granted meanwhile", async () => {
  const { db, sent } = counted();
  const reader = new ActorReader(db);
  const first = reader.load(who(company.subjects.clerk));
  await new Promise(setImmediate);
  await app.query(company.as.administrator, GrantRoleDocument, { input: { company: company.code, subject: company.subjects.clerk, role: "DEDUCTIONS_ANALYST" } });
  const later = await Promise.all([reader.load(who(company.subjects.clerk)), reader.load(who(company.subjects.clerk))]);
  expect((await first).grants.get(companyId)!.roles).toEqual(["CASH_APPLICATION_CLERK"]);
  for (const { grants } of later) expect([...grants.get(companyId)!.roles].sort()).toEqual(["CASH_APPLICATION_CLERK", "DEDUCTIONS_ANALYST"]);
  expect(sent()).toBe(2);
});

test("a read that fails fails those who waited for it, and nobody after them", async () => {
  const { db } = counted();
  const { run } = db;
  let broken = true;
  Object.assign(db, { run: (...given: Parameters<Database["run"]>) => (broken ? Promise.reject(new Error("gone")) : run(...given)) });
  const reader = new ActorReader(db);
  await expect(reader.load(who(company.subjects.clerk))).rejects.toThrow("gone");
  broken = false;
  expect((await reader.load(who(company.subjects.controller))).grants.has(companyId)).toBe(true);
});
