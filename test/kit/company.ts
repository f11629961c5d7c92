import { randomBytes } from "node:crypto";
import { Role } from "../../src/domain/actor.ts";
import type { TestApp } from "./app.ts";

/** What may be chosen about a company of a test. */
export interface NewCompany {
  readonly code?: string;
  readonly name?: string;
  readonly functionalCurrency?: string;
}

const MEMBERS = {
  controller: Role.CONTROLLER,
  clerk: Role.CASH_APPLICATION_CLERK,
  analyst: Role.DEDUCTIONS_ANALYST,
  collector: Role.COLLECTOR,
  biReader: Role.BI_READER,
  bookkeeping: Role.BOOKKEEPING_SERVICE,
  administrator: Role.ADMINISTRATOR,
} as const;

/** A member of a company of a test, named by role. */
export type MemberName = keyof typeof MEMBERS;

/** A company with one member in each role. */
export interface FoundedCompany {
  /** Global id of the company. */
  readonly companyId: string;
  readonly code: string;
  /** A token of the member in each role. */
  readonly as: Readonly<Record<MemberName, string>>;
  /** The subject that the token of each member carries. */
  readonly subjects: Readonly<Record<MemberName, string>>;
}

const FOUND = `mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { company { id } userErrors { code message } } }`;
const GRANT = `mutation ($input: GrantRoleInput!) { grantRole(input: $input) { userErrors { code message } } }`;

/** Founds a company and its members through the API, as an operator and an administrator would. */
export async function foundCompany({ query, token }: Pick<TestApp, "query" | "token">, wish: NewCompany = {}): Promise<FoundedCompany> {
  const code = wish.code ?? `co-${randomBytes(5).toString("hex")}`;
  const { name = `Company ${code}`, functionalCurrency = "USD" } = wish;
  const names = Object.keys(MEMBERS) as MemberName[];
  const subjects = Object.fromEntries(names.map((member) => [member, `${code}-${member}`])) as Record<MemberName, string>;
  const tokens = await Promise.all(names.map(async (member) => [member, await token(subjects[member])]));
  const as = Object.fromEntries(tokens) as Record<MemberName, string>;

  const founder = await token("operator", { operator: true });
  const { createCompany } = await query(founder, FOUND, { input: { code, name, functionalCurrency, administrator: subjects.administrator } });
  if (!createCompany.company) throw new Error(`The company was refused: ${JSON.stringify(createCompany.userErrors)}`);
  for (const member of names) {
    if (member === "administrator") continue;
    const { grantRole } = await query(as.administrator, GRANT, { input: { company: code, subject: subjects[member], role: MEMBERS[member] } });
    if (grantRole.userErrors.length > 0) throw new Error(`A role was refused: ${JSON.stringify(grantRole.userErrors)}`);
  }
  return { companyId: createCompany.company.id, code, as, subjects };
}
