import { type Permission, type Role, ROLE_PERMISSIONS } from "./actor.ts";
import { DeductionAction, DeductionState, isAsked, TRANSITIONS, type Verdict } from "./deduction-case.ts";
import type { DeductionReason } from "./reasons.ts";

/** Why something cannot be done with a deduction now. Part of the public schema: add codes, never rename them. */
export const BlockerCode = {
  STATE: "STATE",
  PERMISSION: "PERMISSION",
  NOTHING_RESEARCHED: "NOTHING_RESEARCHED",
  STILL_OPEN: "STILL_OPEN",
  APPROVAL_NEEDED: "APPROVAL_NEEDED",
  NO_APPROVAL_NEEDED: "NO_APPROVAL_NEEDED",
  OWN_DECISION: "OWN_DECISION",
  ABOVE_LIMIT: "ABOVE_LIMIT",
  WRONG_VERDICT: "WRONG_VERDICT",
  NOTHING_OPEN: "NOTHING_OPEN",
} as const;
export type BlockerCode = (typeof BlockerCode)[keyof typeof BlockerCode];

export interface Blocker {
  readonly code: BlockerCode;
  readonly message: string;
}

/** What is known of a deduction when somebody wants to do something with it. */
export interface CaseFacts {
  readonly state: DeductionState;
  readonly reason: DeductionReason;
  readonly currency: string;
  readonly minor: bigint;
  readonly openMinor: bigint;
  readonly verdict: Verdict | null;
  /** What the customer may keep, as decided; null before a decision. */
  readonly validMinor: bigint | null;
  readonly decidedBy: string | null;
  /** Whether anything was noted or any paper kept. */
  readonly researched: boolean;
}

/** How much one role may let a customer keep. A null amount is any amount; a null reason, any reason. */
export interface ApprovalLimit {
  readonly role: Role;
  readonly reason: DeductionReason | null;
  readonly currency: string;
  readonly maxMinor: bigint | null;
}

/** Who asks. */
export interface CaseWorker {
  readonly memberId: string | null;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
}

/** Which permission an action takes. What the books do by themselves takes none. */
export const PERMISSION_FOR: Readonly<Partial<Record<DeductionAction, Permission>>> = Object.fromEntries(
  [...new Set(TRANSITIONS.filter(({ asked }) => asked).map(({ action }) => action))].map((action) => [action, action === "APPROVE" || action === "SEND_BACK" ? "deduction:approve" : "deduction:work"] as const),
);

/**
 * How much a role may let a customer keep: the limit for the reason before the limit for any, in the currency. Where nothing
 * was laid down for the role, it is nothing at all, except for whoever may approve: then any amount.
 */
export function limitOf(role: Role, { reason, currency }: Pick<CaseFacts, "reason" | "currency">, limits: readonly ApprovalLimit[]): bigint | null {
  const its = limits.filter((it) => it.role === role && it.currency === currency);
  const limit = its.find((it) => it.reason === reason) ?? its.find((it) => it.reason === null);
  if (limit) return limit.maxMinor;
  return ROLE_PERMISSIONS[role].includes("deduction:approve") ? null : 0n;
}

/** The highest limit of somebody's roles. A null is any amount; a machine without a role decides nothing alone. */
export function limitOfWorker({ roles }: CaseWorker, facts: Pick<CaseFacts, "reason" | "currency">, limits: readonly ApprovalLimit[]): bigint | null {
  let highest = 0n;
  for (const role of roles) {
    const limit = limitOf(role, facts, limits);
    if (limit === null) return null;
    if (limit > highest) highest = limit;
  }
  return highest;
}

/** Whether a decision needs somebody else: it lets the customer keep more than whoever decided may. */
export const needsApproval = (facts: CaseFacts, decider: CaseWorker, limits: readonly ApprovalLimit[]): boolean => {
  const limit = limitOfWorker(decider, facts, limits);
  return limit !== null && (facts.validMinor ?? 0n) > limit;
};

/** The roles whose limit covers what was decided. */
const rolesThatMay = (facts: CaseFacts, limits: readonly ApprovalLimit[]): Role[] =>
  (Object.keys(ROLE_PERMISSIONS) as Role[]).filter((role) => {
    const limit = limitOf(role, facts, limits);
    return ROLE_PERMISSIONS[role].includes("deduction:approve") && (limit === null || (facts.validMinor ?? 0n) <= limit);
  });

/** Whether anybody at all may let the customer keep so much, with or without an approval. */
export const somebodyMay = (facts: Pick<CaseFacts, "reason" | "currency" | "validMinor">, limits: readonly ApprovalLimit[]): boolean =>
  (Object.keys(ROLE_PERMISSIONS) as Role[]).some((role) => {
    const limit = limitOf(role, facts, limits);
    return limit === null || (facts.validMinor ?? 0n) <= limit;
  });

const holders = (permission: Permission): string => (Object.keys(ROLE_PERMISSIONS) as Role[]).filter((role) => ROLE_PERMISSIONS[role].includes(permission)).join(" or ");

const ABOUT_MONEY: readonly DeductionAction[] = ["DECIDE", "REQUEST_APPROVAL", "SUBMIT", "SETTLE", "DENY"];

/** All that keeps somebody from an action; nothing when it may be done. The command refuses with the first of them. */
export function blockersOf(action: DeductionAction, facts: CaseFacts, worker: CaseWorker, limits: readonly ApprovalLimit[]): Blocker[] {
  const blockers: Blocker[] = [];
  const add = (when: boolean, code: BlockerCode, message: string): void => void (when && blockers.push({ code, message }));
  const permission = PERMISSION_FOR[action];
  if (permission) add(!worker.permissions.has(permission), "PERMISSION", `That takes the permission ${permission}, which ${holders(permission)} has.`);
  if (!isAsked(facts.state, action)) {
    const from = TRANSITIONS.filter((it) => it.action === action && it.asked).map((it) => it.from);
    return [...blockers, { code: "STATE", message: `A deduction that is ${facts.state} does not allow ${action}; that goes from ${from.join(", ")}.` }];
  }
  const standsByIt = action === DeductionAction.DENY && facts.state === DeductionState.DISPUTED_AGAIN;
  add(ABOUT_MONEY.includes(action) && facts.openMinor === 0n && !standsByIt, "NOTHING_OPEN", "Nothing of it is open: work on what it was split or merged into, or undo what settled it.");
  const toBeApproved = needsApproval(facts, worker, limits);
  switch (action) {
    case DeductionAction.DECIDE:
      add(!facts.researched, "NOTHING_RESEARCHED", "Note what was found, or keep a paper, before deciding.");
      break;
    case DeductionAction.REQUEST_APPROVAL:
      add(!toBeApproved, "NO_APPROVAL_NEEDED", "The decision is within your own limit; settle it.");
      break;
    case DeductionAction.SUBMIT:
      add(toBeApproved, "APPROVAL_NEEDED", `Letting the customer keep so much has to be approved by ${rolesThatMay(facts, limits).join(" or ") || "somebody with a higher limit"}.`);
      break;
    case DeductionAction.DENY:
      add(!standsByIt && facts.validMinor !== 0n, "WRONG_VERDICT", "It was found valid: settle it.");
      break;
    case DeductionAction.APPROVE:
      add(worker.memberId !== null && worker.memberId === facts.decidedBy, "OWN_DECISION", "Whoever decided does not approve it as well.");
      add(toBeApproved, "ABOVE_LIMIT", `It is above your limit; ${rolesThatMay(facts, limits).join(" or ") || "nobody"} may approve it.`);
      break;
    case DeductionAction.VOID:
      add(facts.openMinor > 0n, "STILL_OPEN", "Money was taken: settle it, or reverse it onto its invoice.");
      break;
    case DeductionAction.CONFIRM:
      add(facts.openMinor > 0n, "STILL_OPEN", "Some of it is open.");
      break;
  }
  return blockers;
}

/** What somebody may do now. */
export const allowedActions = (facts: CaseFacts, worker: CaseWorker, limits: readonly ApprovalLimit[]): DeductionAction[] =>
  [...new Set(TRANSITIONS.filter((it) => it.asked && it.from === facts.state).map(({ action }) => action))].filter((action) => blockersOf(action, facts, worker, limits).length === 0);

/** What a settlement is to do with a decided deduction. */
export interface IntendedSettlement {
  /** Whether the customer keeps what is settled, of each part. */
  readonly concedes: readonly boolean[];
  /** Whether all that is open is charged back, or the last of it. */
  readonly denies: boolean;
}

/** What keeps somebody from a settlement: that of the step it takes, and a decision that says otherwise. */
export function blockersOfSettlement({ concedes, denies }: IntendedSettlement, facts: CaseFacts, worker: CaseWorker, limits: readonly ApprovalLimit[]): Blocker[] {
  const waits = facts.state === DeductionState.SETTLEMENT_PENDING;
  const blockers = blockersOf(denies ? DeductionAction.DENY : waits ? DeductionAction.SETTLE : DeductionAction.SUBMIT, facts, worker, limits);
  if (blockers.length > 0) return blockers;
  const mixed = concedes.some((it) => it !== concedes[0]);
  if (mixed) return [{ code: "WRONG_VERDICT", message: "A part that the customer keeps and a part that it does not are two deductions: decide it in part first." }];
  const valid = facts.validMinor !== 0n;
  if (concedes[0] === valid) return [];
  return [{ code: "WRONG_VERDICT", message: valid ? "It was found valid: the customer keeps it." : "Nothing of it was found valid: charge it back, or reverse it onto its invoice." }];
}

/** The verdict that an amount to keep means. */
export const verdictOf = (validMinor: bigint, minor: bigint): Verdict => (validMinor === 0n ? "INVALID" : validMinor === minor ? "VALID" : "PARTIAL");
