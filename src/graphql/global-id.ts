import { Refusal } from "../domain/refusal.ts";

/** What a global id stands for: a kind of object, the company it belongs to, and its key there. */
export interface GlobalId {
  readonly type: string;
  readonly companyId: string;
  readonly key: string;
}

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const SHAPE = new RegExp(`^([A-Za-z]{1,40}):(${UUID}):(${UUID})$`);

/** The id that clients see. It is unique over all types and companies, and opaque to them. */
export const globalId = (type: string, companyId: string, key: string): string => Buffer.from(`${type}:${companyId}:${key}`).toString("base64url");

/** What an id from a client stands for, or null when it is none of ours. */
export function readGlobalId(id: string): GlobalId | null {
  const match = SHAPE.exec(Buffer.from(id, "base64url").toString());
  return match && { type: match[1]!, companyId: match[2]!, key: match[3]! };
}

/** The key of an object that an argument names, or null when the argument is left out. Refuses another kind, and another company's. */
export function keyIn(type: string, companyId: string, id: string, field: string): string;
export function keyIn(type: string, companyId: string, id: string | null | undefined, field: string): string | null;
export function keyIn(type: string, companyId: string, id: string | null | undefined, field: string): string | null {
  if (id === null || id === undefined) return null;
  const found = readGlobalId(id);
  if (found?.type === type && found.companyId === companyId) return found.key;
  throw new Refusal("NOT_FOUND", `There is no such ${type.toLowerCase()} in this company.`, { field: [field] });
}
