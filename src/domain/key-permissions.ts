import { type Permission, PERMISSIONS, ROLE_PERMISSIONS } from "./actor.ts";
import { Refusal } from "./refusal.ts";

const field = ["permissions"];

/**
 * What an API key may do: what is asked for, or reading alone when nothing is named. A key never manages members or keys, so
 * that a stolen one cannot outlive its revocation; and it holds no more than some one role does, so that whoever takes the
 * cash does not also forgive the debt, machine or person.
 */
export function keyPermissions(asked: readonly string[] | null | undefined): readonly Permission[] {
  if (asked === null || asked === undefined) return ROLE_PERMISSIONS.BI_READER;
  const wanted = [...new Set(asked)].sort();
  if (wanted.length === 0) throw new Refusal("VALUE_INVALID", "Name at least one permission, or leave them out for a key that only reads.", { field });
  const unknown = wanted.find((name) => !(PERMISSIONS as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Refusal("VALUE_INVALID", `"${unknown}" is no permission; there are ${PERMISSIONS.join(", ")}.`, { field });
  const permissions = wanted as Permission[];
  if (permissions.includes("member:manage")) throw new Refusal("FORBIDDEN", "A key does not manage members or keys; a person does.", { field });
  const inOneRole = Object.values(ROLE_PERMISSIONS).some((held) => permissions.every((permission) => held.includes(permission)));
  if (!inOneRole) throw new Refusal("FORBIDDEN", `No one role holds ${permissions.join(", ")} together. Make a key for each task.`, { field });
  return permissions;
}
