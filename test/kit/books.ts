import type { TestApp } from "./app.ts";
import type { FoundedCompany } from "./company.ts";
import {
  AddPayingRelationshipDocument, type AddPayingRelationshipInput, AgreeArrangementDocument, type AgreeArrangementInput, ControlAccountDocument, type CreateCustomerInput, CreateCustomerDocument, CreateTermsDocument, type CreateTermsInput, CustomerBooksDocument, IssueInvoiceDocument,
  type IssueInvoiceInput, MapReasonDocument, type MapReasonInput, RecordPaymentDocument, type RecordPaymentInput, SetUnearnedDiscountPolicyDocument, type SetUnearnedDiscountPolicyInput,
  SetWriteOffToleranceDocument, type SetWriteOffToleranceInput,
} from "./gql.ts";

/** One bill of a test: its number, its total, and whatever else it needs. */
export type Bill = Partial<IssueInvoiceInput> & { readonly number: string; readonly total: string };

let made = 0;

/** Writes the books of a company through the API, as its people would. What is refused throws. */
export class Books {
  constructor(
    readonly app: TestApp,
    readonly company: FoundedCompany,
  ) {}

  static async open(app: TestApp): Promise<Books> {
    return new Books(app, await app.company());
  }

  /** Adds a customer with an account number of its own, and answers with its id. */
  async customer(input: Partial<CreateCustomerInput> = {}): Promise<{ id: string; account: string }> {
    const account = input.accountNumber ?? `A-${++made}`;
    const { createCustomer } = await this.app.query(this.company.as.controller, CreateCustomerDocument, { input: { name: `Customer ${account}`, currency: "USD", ...input, accountNumber: account } });
    done(createCustomer.userErrors);
    return { id: createCustomer.customer!.id, account };
  }

  async terms(input: CreateTermsInput): Promise<void> {
    done((await this.app.query(this.company.as.controller, CreateTermsDocument, { input })).createTerms.userErrors);
  }

  async agree(input: AgreeArrangementInput): Promise<void> {
    done((await this.app.query(this.company.as.controller, AgreeArrangementDocument, { input })).agreeArrangement.userErrors);
  }

  /** Lets one customer pay for another. */
  async pays(input: AddPayingRelationshipInput): Promise<void> {
    done((await this.app.query(this.company.as.controller, AddPayingRelationshipDocument, { input })).addPayingRelationship.userErrors);
  }

  async tolerance(input: SetWriteOffToleranceInput): Promise<void> {
    done((await this.app.query(this.company.as.controller, SetWriteOffToleranceDocument, { input })).setWriteOffTolerance.userErrors);
  }

  async unearned(input: SetUnearnedDiscountPolicyInput): Promise<void> {
    done((await this.app.query(this.company.as.controller, SetUnearnedDiscountPolicyDocument, { input })).setUnearnedDiscountPolicy.userErrors);
  }

  async reason(input: MapReasonInput): Promise<void> {
    done((await this.app.query(this.company.as.analyst, MapReasonDocument, { input })).mapReason.userErrors);
  }

  /** Puts bills on the books, of 2026-03-01 and due 2026-03-31 unless they say otherwise. */
  async bill(account: string, ...bills: readonly Bill[]): Promise<{ id: string; number: string }[]> {
    const issued: { id: string; number: string }[] = [];
    for (const bill of bills) {
      const input: IssueInvoiceInput = {
        account, currency: "USD", invoicedOn: "2026-03-01", lines: [{ description: "Goods", amount: bill.total }], ...(bill.termsCode ? {} : { dueOn: "2026-03-31" }), ...bill,
      };
      const { issueInvoice } = await this.app.query(this.company.as.controller, IssueInvoiceDocument, { input });
      done(issueInvoice.userErrors);
      issued.push({ id: issueInvoice.invoice!.id, number: bill.number });
    }
    return issued;
  }

  /** Records a payment as the clerk would, and answers with everything that came back. */
  async pay(input: Partial<RecordPaymentInput> & { readonly amount: string }) {
    const payment: RecordPaymentInput = { currency: "USD", receivedOn: "2026-03-20", lines: [], ...input };
    return (await this.app.query(this.company.as.clerk, RecordPaymentDocument, { input: payment })).recordPayment;
  }

  /** What the books say of a customer. */
  async of(customerId: string) {
    const { node } = await this.app.query(this.company.as.collector, CustomerBooksDocument, { id: customerId });
    if (!node || !("balances" in node)) throw new Error("There is no such customer.");
    return node;
  }

  /** Whether ledger and items agree. */
  async control(variables: { asOf?: string; knownAt?: string } = {}) {
    return (await this.app.query(this.company.as.controller, ControlAccountDocument, variables)).controlAccount;
  }
}

function done(userErrors: readonly { readonly code: string; readonly message: string }[]): void {
  if (userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(userErrors)}`);
}
