/** Everything that may be allowed, as a closed list. Reading is one permission, so that no field of the graph needs a guard of its own. */
export const PERMISSIONS = [
  "receivables:read",
  "ledger:read",
  "ledger:export",
  "period:close",
  "customer:write",
  "reason:write",
  "invoice:write",
  "credit:write",
  "claim:record",
  "deduction:work",
  "deduction:approve",
  "payment:record",
  "payment:apply",
  "file:load",
  "import:run",
  "member:manage",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** What a person does in a company. Whoever takes the cash does not also forgive the debt, so no role holds everything. */
export const Role = {
  CASH_APPLICATION_CLERK: "CASH_APPLICATION_CLERK",
  DEDUCTIONS_ANALYST: "DEDUCTIONS_ANALYST",
  COLLECTOR: "COLLECTOR",
  CONTROLLER: "CONTROLLER",
  FINANCE_DIRECTOR: "FINANCE_DIRECTOR",
  BI_READER: "BI_READER",
  BOOKKEEPING_SERVICE: "BOOKKEEPING_SERVICE",
  ADMINISTRATOR: "ADMINISTRATOR",
} as const;
export type Role = (typeof Role)[keyof typeof Role];

/** Which role may do what. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  CASH_APPLICATION_CLERK: ["receivables:read", "claim:record", "payment:record", "payment:apply", "file:load"],
  DEDUCTIONS_ANALYST: ["receivables:read", "reason:write", "claim:record", "deduction:work", "file:load"],
  COLLECTOR: ["receivables:read", "claim:record"],
  CONTROLLER: ["receivables:read", "ledger:read", "customer:write", "reason:write", "invoice:write", "credit:write", "claim:record", "deduction:work", "deduction:approve", "period:close", "ledger:export", "file:load", "import:run"],
  FINANCE_DIRECTOR: ["receivables:read", "ledger:read", "deduction:approve"],
  BI_READER: ["receivables:read", "ledger:read"],
  BOOKKEEPING_SERVICE: ["receivables:read", "customer:write", "invoice:write", "payment:record", "payment:apply", "file:load", "import:run"],
  ADMINISTRATOR: ["receivables:read", "customer:write", "file:load", "import:run", "member:manage"],
};

/** What one person may do in one company. An API key has no roles, only permissions. */
export interface Grant {
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
}

/** Who is asking, and what they may do where. Loaded once per request, never per field. */
export interface Actor {
  /** The member's id, which events and files keep; an API key's is the key's own. Null for an operator or a person whom no company knows. */
  readonly memberId: string | null;
  /** The subject of the token; `api-key:` and its id for an API key. */
  readonly subject: string;
  /** Holds a token of the installation itself: may found companies, and read none. */
  readonly operator: boolean;
  readonly grants: ReadonlyMap<string, Grant>;
}

export const grantOf = (roles: readonly Role[]): Grant => ({
  roles,
  permissions: new Set(roles.flatMap((role) => ROLE_PERMISSIONS[role])),
});

export const may = (actor: Actor, permission: Permission, companyId: string): boolean =>
  actor.grants.get(companyId)?.permissions.has(permission) ?? false;

/** Whether the actor holds a permission in at least one company. */
export function mayAnywhere(actor: Actor, permission: Permission): boolean {
  for (const grant of actor.grants.values()) if (grant.permissions.has(permission)) return true;
  return false;
}
