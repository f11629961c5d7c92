import { DeductionReason } from "../domain/reasons.ts";
import type { AgreementCode } from "./agreements.ts";
import { type HabitKind, HABITS, habitKinds } from "./habit-kinds.ts";
import { contactOf, customerNames } from "./names.ts";
import type { Random } from "./random.ts";

/** A customer of the demo company. */
export interface DemoCustomer {
  readonly account: string;
  readonly name: string;
  readonly kind: HabitKind;
  readonly terms: AgreementCode;
  readonly invoicesAYear: number;
  /** What an ordinary invoice comes to, in cents. */
  readonly typicalMinor: number;
  readonly contacts: readonly object[];
  /** What it calls the reasons of its deductions; empty for those who take few and use the codes of everybody. */
  readonly codes: readonly CustomerCode[];
  readonly creditLimit: string | null;
  readonly onHold: boolean;
  /** Account of the customer that it belongs to. */
  readonly parent: string | null;
}

export interface CustomerCode {
  readonly code: string;
  readonly reason: DeductionReason;
}

const FIRST_ACCOUNT = 1001;
/** How many of the prompt customers pay in thirds. */
const INSTALLMENT_BUYERS = 2;
/** Whom the guide pays short: an ordinary customer on net 30. */
export const GUIDE_ACCOUNT = "1003";

/** Codes that customers without codes of their own use. */
export const COMMON_CODES: readonly CustomerCode[] = [
  { code: "22", reason: "SHORTAGE" }, { code: "30", reason: "DAMAGE" }, { code: "31", reason: "QUALITY" }, { code: "40", reason: "RETURN" },
  { code: "50", reason: "FREIGHT" }, { code: "60", reason: "PRICE" }, { code: "70", reason: "PROMOTION" }, { code: "90", reason: "BANK_FEE" },
];

/** Reasons that a retailer names, the ones it names most first. One code of each retailer is unknown to the company. */
export const RETAIL_REASONS: readonly DeductionReason[] = [
  "SHORTAGE", "DAMAGE", "PROMOTION", "PRICE", "UNIT_PER_CASE", "RETURN", "QUALITY", "FREIGHT", "TAX", "DUPLICATE", "PRIOR_CREDIT", "BANK_FEE",
];

/** The customers, mixed: their kinds do not follow the order of their accounts. */
export function demoCustomers(count: number, random: Random): DemoCustomer[] {
  const kinds = mixed(habitKinds(count), random.of("kinds"));
  const names = customerNames(kinds.length, random.of("names"));
  const first = kinds.indexOf("PROMPT");
  const guide = Number(GUIDE_ACCOUNT) - FIRST_ACCOUNT;
  [kinds[first], kinds[guide]] = [kinds[guide]!, kinds[first]!];
  const byThirds = kinds.flatMap((kind, index) => (kind === "PROMPT" && index !== guide ? [index] : [])).slice(-INSTALLMENT_BUYERS);
  let retailers = 0;
  return kinds.map((kind, index) => {
    const account = String(FIRST_ACCOUNT + index);
    const draw = random.of(account);
    const [fewest, most] = HABITS[kind].invoices;
    const typicalMinor = Math.round(60_000 * draw.between(1, 6) * (kind === "DEDUCTOR" || HABITS[kind].together ? 2 : 1));
    const terms = account === GUIDE_ACCOUNT ? "NET30" : byThirds.includes(index) ? "THIRDS" : draw.pick<AgreementCode>(HABITS[kind].agreements);
    return {
      account, name: names[index]!, kind, terms, invoicesAYear: draw.whole(fewest, most), typicalMinor,
      contacts: draw.chance(0.5) || kind === "DEDUCTOR" ? [contactOf(names[index]!, draw)] : [],
      codes: kind === "DEDUCTOR" ? retailCodes(retailers++) : [],
      creditLimit: draw.chance(0.2) ? `${Math.ceil((typicalMinor * 6) / 500_000) * 5_000}.00` : null,
      onHold: false, parent: null,
    };
  }).map(familyOf).map((customer, index, all) => ({ ...customer, onHold: all.filter(({ kind }) => kind === "DISTRESSED").slice(0, 2).includes(all[index]!) }));
}

/** Every 50th account belongs to a group with the three after it. */
const familyOf = (customer: DemoCustomer): DemoCustomer => {
  const place = (Number(customer.account) - FIRST_ACCOUNT) % 50;
  return place >= 10 && place <= 12 ? { ...customer, parent: String(Number(customer.account) - place + 9) } : customer;
};

/** The codes of a retailer: some number them, some abbreviate. Each begins with another reason, and takes them in turn beside the usual ones. */
function retailCodes(index: number): CustomerCode[] {
  const numbered = index % 2 === 0;
  return RETAIL_REASONS.map((_, place) => RETAIL_REASONS[(place + 5 * index) % RETAIL_REASONS.length]!).map((reason, place) => ({ reason, code: numbered ? String(10 + index + 7 * place) : `${reason.slice(0, 2)}${index}${place}` }));
}

function mixed<T>(list: readonly T[], random: Random): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(random.whole(0, rest.length - 1), 1)[0]!);
}
