/** What a customer answered to a denial. Part of the public schema: add answers, never rename them. */
export const DenialAnswer = { ACCEPTED: "ACCEPTED", CONTESTED: "CONTESTED", ASKED: "ASKED" } as const;
export type DenialAnswer = (typeof DenialAnswer)[keyof typeof DenialAnswer];
