/** The orders that deductions may be listed in. Part of the public schema. */
export const DeductionOrder = { TAKEN: "TAKEN", AMOUNT: "AMOUNT", DEADLINE: "DEADLINE", MONEY_AT_RISK: "MONEY_AT_RISK" } as const;
export type DeductionOrder = (typeof DeductionOrder)[keyof typeof DeductionOrder];

/** What the rows of money at risk are about. Part of the public schema. */
export const RiskBy = { CUSTOMER: "CUSTOMER", REASON: "REASON", WEEK: "WEEK" } as const;
export type RiskBy = (typeof RiskBy)[keyof typeof RiskBy];
