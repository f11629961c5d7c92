import { DEMO_SUBJECT, type DemoBooks } from "./demo-books.ts";

/** Sends a GraphQL operation as somebody and returns its data. */
export type Ask = (operation: string, variables: object) => Promise<Record<string, unknown>>;

/** A command of the demo was refused, which a plan of ours never should be. */
export class DemoRefused extends Error {
  override readonly name = "DemoRefused";
}

/** Refusals that say it is there already. */
const THERE = new Set(["DUPLICATE", "IDEMPOTENCY_KEY_REUSED"]);

/** The roles of the demo's one person: more than one person should hold, so that everything can be tried. */
const ROLES = ["CONTROLLER", "CASH_APPLICATION_CLERK", "DEDUCTIONS_ANALYST"];

/**
 * Puts the demo's books in place through the API, as people would. What is there already is left as it is, so that an
 * interrupted start can go on. The operator founds the company, the demo's person does the rest.
 */
export async function seedDemo(asOperator: Ask, asPerson: Ask, books: DemoBooks): Promise<void> {
  const send = async (ask: Ask, mutation: string, inputType: string, input: object): Promise<void> => {
    const data = await ask(`mutation ($input: ${inputType}!) { ${mutation}(input: $input) { userErrors { code message } } }`, { input });
    const { userErrors } = data[mutation] as { userErrors: { code: string; message: string }[] };
    const fault = userErrors.find(({ code }) => !THERE.has(code));
    if (fault) throw new DemoRefused(`${mutation} refused: ${fault.message}`);
  };
  const { code } = books.company;
  await send(asOperator, "createCompany", "CreateCompanyInput", { ...books.company, administrator: DEMO_SUBJECT });
  for (const role of ROLES) await send(asPerson, "grantRole", "GrantRoleInput", { company: code, subject: DEMO_SUBJECT, name: "Demo", role });
  for (const terms of books.terms) await send(asPerson, "createTerms", "CreateTermsInput", { company: code, ...terms });
  for (const customer of books.customers) await send(asPerson, "createCustomer", "CreateCustomerInput", { company: code, ...customer });
  for (const reason of books.reasons) await send(asPerson, "mapReason", "MapReasonInput", { company: code, ...reason });
  for (const invoice of books.invoices) await send(asPerson, "issueInvoice", "IssueInvoiceInput", { company: code, ...invoice });
  for (const [index, payment] of books.payments.entries()) {
    await send(asPerson, "recordPayment", "RecordPaymentInput", { company: code, ...payment, idempotencyKey: `demo-payment-${index + 1}` });
  }
}
