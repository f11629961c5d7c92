import { addDays, type BusinessDate } from "../domain/dates.ts";
import { CURRENCY } from "./facts.ts";
import type { LiveCustomer, OpenInvoice } from "./live-choice.ts";
import type { Random } from "./random.ts";

type Query = <Result>(operation: string, variables?: object) => Promise<Result>;

interface Named {
  readonly id: string;
  readonly accountNumber: string;
  readonly name: string;
}
interface Page<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
interface Figure {
  readonly value: string | null;
}
interface ReadHabits {
  readonly habits: { readonly medianDaysBeyondTerms: Figure; readonly discountTakenRate: Figure; readonly discountUnearnedRate: Figure; readonly deductionRate: Figure };
}
interface ReadInvoice {
  readonly number: string | null;
  readonly dueOn: BusinessDate;
  readonly graceDays: number;
  readonly total: { readonly minorUnits: string };
  readonly open: { readonly minorUnits: string; readonly currency: string };
  readonly discounts: readonly { readonly discountOn: BusinessDate; readonly basisPoints: number }[];
}

const CUSTOMERS = `query ($company: String, $after: String) { customers(company: $company, first: 200, after: $after) { edges { node { id accountNumber name } } pageInfo { hasNextPage endCursor } } }`;
const CODES = `query ($company: String) { reasonMappings(company: $company) { customerId customerCode } }`;
const HABITS = `... on Customer { habits { medianDaysBeyondTerms { value } discountTakenRate { value } discountUnearnedRate { value } deductionRate { value } } }`;
const INVOICES = `edges { node { number dueOn graceDays total { minorUnits } open { minorUnits currency } discounts { discountOn basisPoints } } }`;

/** Customers that are looked at before one of them pays. */
const LOOKED_AT = 6;
const MOST_INVOICES = 20;

/** What there is to choose from: who buys from the company, and by what codes they explain short pays. */
export class LiveDesk {
  private constructor(
    private readonly query: Query,
    private readonly company: string | null,
    private readonly customers: readonly Named[],
    private readonly codes: ReadonlyMap<string | null, readonly string[]>,
  ) {}

  static async open(query: Query, company: string | null): Promise<LiveDesk> {
    const customers: Named[] = [];
    for (let after: string | null = null; ; ) {
      const page: Page<Named> = (await query<{ customers: Page<Named> }>(CUSTOMERS, { company, after })).customers;
      customers.push(...page.edges.map(({ node }) => node));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    const codes = new Map<string | null, string[]>();
    const { reasonMappings } = await query<{ reasonMappings: { customerId: string | null; customerCode: string }[] }>(CODES, { company });
    for (const { customerId, customerCode } of reasonMappings) codes.set(customerId, [...(codes.get(customerId) ?? []), customerCode]);
    return new LiveDesk(query, company, customers, codes);
  }

  /** Nobody buys from the company yet. */
  get empty(): boolean {
    return this.customers.length === 0;
  }

  /** Some customers, drawn by lot, with what they have open in dollars and how they have paid so far. */
  async some(today: BusinessDate, random: Random): Promise<LiveCustomer[]> {
    const drawn = [...new Set(Array.from({ length: LOOKED_AT }, () => random.pick(this.customers)))];
    const names = drawn.map((_, index) => `$c${index}: ID!`).join(", ");
    const fields = drawn.map((_, index) => `h${index}: node(id: $c${index}) { ${HABITS} } i${index}: invoices(company: $company, customerId: $c${index}, openOnly: true, first: ${MOST_INVOICES}) { ${INVOICES} }`);
    const variables = { company: this.company, ...Object.fromEntries(drawn.map(({ id }, index) => [`c${index}`, id])) };
    const data = await this.query<Record<string, ReadHabits & Page<ReadInvoice>>>(`query ($company: String, ${names}) { ${fields.join(" ")} }`, variables);
    return drawn.map(({ id, accountNumber, name }, index): LiveCustomer => {
      const { habits } = data[`h${index}`]!;
      return {
        account: accountNumber, name, open: data[`i${index}`]!.edges.flatMap(({ node }) => openInvoice(node, today)),
        daysBeyondTerms: habits.medianDaysBeyondTerms.value === null ? null : Number(habits.medianDaysBeyondTerms.value),
        discountTaken: Number(habits.discountTakenRate.value ?? 0), discountUnearned: Number(habits.discountUnearnedRate.value ?? 0), deductionRate: Number(habits.deductionRate.value ?? 0),
        codes: this.codes.get(id) ?? this.codes.get(null) ?? [],
      };
    });
  }
}

function openInvoice({ number, dueOn, graceDays, total, open, discounts }: ReadInvoice, today: BusinessDate): OpenInvoice[] {
  if (number === null || open.currency !== CURRENCY) return [];
  const rates = (those: typeof discounts): number => Math.max(0, ...those.map(({ basisPoints }) => basisPoints));
  return [{
    number, dueOn, openMinor: Number(open.minorUnits), untouched: open.minorUnits === total.minorUnits, discountOffered: rates(discounts),
    discountNow: rates(discounts.filter(({ discountOn }) => today <= addDays(discountOn, graceDays))),
  }];
}
