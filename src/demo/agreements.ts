import { InstallmentKind, PLAIN_TERMS, type Terms, type TermsInstallment } from "../domain/terms.ts";

const part = (netDays: number, share: number | null): TermsInstallment => ({
  netDays, months: 0, endOfMonth: false, daysAfter: 0, proximoDay: null, proximoMonths: 0, cutoffDay: null,
  kind: share === null ? InstallmentKind.BALANCE : InstallmentKind.SHARE, share, of: share === null ? null : 3, fixedMinor: null, currency: null,
});
const within = (days: number, basisPoints: number) => ({ days, basisPoints });

/** The terms that the demo company sells on, by code. */
export const AGREEMENTS = {
  NET15: { description: "Net 15 days", terms: { ...PLAIN_TERMS, netDays: 15 } },
  NET30: { description: "Net 30 days", terms: { ...PLAIN_TERMS, netDays: 30 } },
  NET45: { description: "Net 45 days", terms: { ...PLAIN_TERMS, netDays: 45 } },
  "2-10-30": { description: "2 % 10 days, net 30", terms: { ...PLAIN_TERMS, netDays: 30, graceDays: 2, discounts: [within(10, 200)] } },
  "3-10-1-20-45": { description: "3 % 10 days, 1 % 20 days, net 45", terms: { ...PLAIN_TERMS, netDays: 45, graceDays: 2, discounts: [within(10, 300), within(20, 100)] } },
  EOM: { description: "End of the month after 30 days", terms: { ...PLAIN_TERMS, netDays: 30, endOfMonth: true } },
  PROX10: { description: "10th of next month, from the 26th of the one after", terms: { ...PLAIN_TERMS, proximoDay: 10, proximoMonths: 1, cutoffDay: 25 } },
  THIRDS: { description: "Thirds after 30, 60 and 90 days", terms: { ...PLAIN_TERMS, installments: [part(30, 1), part(60, 1), part(90, null)] } },
} as const satisfies Record<string, { readonly description: string; readonly terms: Terms }>;
export type AgreementCode = keyof typeof AGREEMENTS;

export const termsOf = (code: AgreementCode): Terms => AGREEMENTS[code].terms;

/** The terms as the API takes them. */
export const termsInputs = (): object[] =>
  Object.entries<{ readonly description: string; readonly terms: Terms }>(AGREEMENTS).map(([code, { description, terms }]) => ({
    code, description, ...terms, installments: terms.installments.map(({ fixedMinor: _fixed, ...rest }) => rest),
  }));
