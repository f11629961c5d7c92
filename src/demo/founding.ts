import { addDays } from "../domain/dates.ts";
import { termsInputs } from "./agreements.ts";
import type { DemoCustomer } from "./customers.ts";
import { DEMO_COMPANY, DEMO_SUBJECT, type DemoBooks } from "./demo-books.ts";
import { type Ask, order, type Order } from "./desk.ts";
import { CURRENCY } from "./facts.ts";

/** The roles of the demo's one person: more than one person should hold, so that everything can be tried. */
const ROLES = ["CONTROLLER", "CASH_APPLICATION_CLERK", "DEDUCTIONS_ANALYST"];

const PLACES = `query ($after: String) { customers(company: "${DEMO_COMPANY}", first: 200, after: $after) { edges { node { id accountNumber parent { id } } } pageInfo { hasNextPage endCursor } } }`;

interface Places {
  readonly edges: readonly { readonly node: { readonly id: string; readonly accountNumber: string; readonly parent: object | null } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Founds the company with its one person and its terms: enough to sign in. The operator founds, the person does the rest. */
export async function foundDemo(asOperator: Ask, asPerson: Ask): Promise<void> {
  const company = DEMO_COMPANY;
  await order(asOperator, [{ mutation: "createCompany", inputType: "CreateCompanyInput", input: { code: company, name: "Demo Wholesale", functionalCurrency: CURRENCY, administrator: DEMO_SUBJECT } }]);
  await order(asPerson, [
    ...ROLES.map((role): Order => ({ mutation: "grantRole", inputType: "GrantRoleInput", input: { company, subject: DEMO_SUBJECT, name: "Demo", role } })),
    ...termsInputs().map((input): Order => ({ mutation: "createTerms", inputType: "CreateTermsInput", input: { company, ...input } })),
  ]);
}

/** Adds the customers with what was agreed with them and what they call the reasons of their deductions. */
export async function addCustomers(ask: Ask, { customers, reasons, year }: DemoBooks): Promise<void> {
  await order(ask, customers.map((it) => ({ mutation: "createCustomer", inputType: "CreateCustomerInput", input: customerInput(it) })));
  await order(ask, reasons.map((input) => ({ mutation: "mapReason", inputType: "MapReasonInput", input: { company: DEMO_COMPANY, ...input } })));
  const places = await readPlaces(ask);
  const idOf = (account: string): string => places.get(account)!.id;
  await order(ask, customers.flatMap(({ account, parent, creditLimit, onHold }): Order[] => {
    const customerId = idOf(account);
    const idempotencyKey = (what: string): { idempotencyKey: string } => ({ idempotencyKey: `demo-${what}-${account}` });
    return [
      ...(parent !== null && places.get(account)!.parent === null ? [{ mutation: "setParent", inputType: "SetParentInput", input: { customerId, parentId: idOf(parent), effectiveOn: year.firstDay } }] : []),
      ...(parent === null ? [] : [{ mutation: "addPayingRelationship", inputType: "AddPayingRelationshipInput", input: { payerId: idOf(parent), customerId, startsOn: year.firstDay, ...idempotencyKey("payer") } }]),
      ...(creditLimit === null ? [] : [{ mutation: "setCreditLimit", inputType: "SetCreditLimitInput", input: { customerId, currency: CURRENCY, amount: creditLimit, effectiveOn: year.firstDay, ...idempotencyKey("limit") } }]),
      ...(onHold ? [{ mutation: "placeHold", inputType: "PlaceHoldInput", input: { customerId, scope: "ORDERS", reason: "Pays later every month", since: addDays(year.lastDay, -20), ...idempotencyKey("hold") } }] : []),
    ];
  }));
}

const customerInput = ({ account, name, terms, contacts }: DemoCustomer): object => ({
  company: DEMO_COMPANY, accountNumber: account, name, currency: CURRENCY, termsCode: terms, aliases: [name.toUpperCase()], contacts,
});

async function readPlaces(ask: Ask): Promise<Map<string, { readonly id: string; readonly parent: object | null }>> {
  const places = new Map<string, { readonly id: string; readonly parent: object | null }>();
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo } = (await ask(PLACES, { after })).customers as Places;
    for (const { node } of edges) places.set(node.accountNumber, node);
    if (!pageInfo.hasNextPage) return places;
    after = pageInfo.endCursor;
  }
}
