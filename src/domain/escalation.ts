/** To whom a deduction was taken, from the nearest to the last. Part of the public schema. */
export const Escalation = { TEAM_LEAD: "TEAM_LEAD", SALES: "SALES", SENIOR_MANAGEMENT: "SENIOR_MANAGEMENT", LEGAL: "LEGAL" } as const;
export type Escalation = (typeof Escalation)[keyof typeof Escalation];
