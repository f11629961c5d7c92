import { EventKind } from "./events.ts";

/** What about a customer may change. Part of the public schema: add, never rename. */
export const CustomerTopic = {
  ADDED: "ADDED",
  MASTER_DATA: "MASTER_DATA",
  CONTACTS: "CONTACTS",
  RELATIONSHIPS: "RELATIONSHIPS",
  CREDIT_LIMIT: "CREDIT_LIMIT",
  HOLDS: "HOLDS",
  ARRANGEMENTS: "ARRANGEMENTS",
} as const;
export type CustomerTopic = (typeof CustomerTopic)[keyof typeof CustomerTopic];

/** The kind of event that tells of each change. */
export const TOPIC_EVENTS: Readonly<Record<CustomerTopic, EventKind>> = {
  ADDED: EventKind.CUSTOMER_ADDED,
  MASTER_DATA: EventKind.CUSTOMER_CHANGED,
  CONTACTS: EventKind.CONTACT_CHANGED,
  RELATIONSHIPS: EventKind.RELATIONSHIP_CHANGED,
  CREDIT_LIMIT: EventKind.CREDIT_LIMIT_SET,
  HOLDS: EventKind.HOLD_CHANGED,
  ARRANGEMENTS: EventKind.ARRANGEMENT_CHANGED,
};

/** What an event tells of a customer; null when it tells of something else. */
export const topicOf = (kind: EventKind): CustomerTopic | null => Object.values(CustomerTopic).find((change) => TOPIC_EVENTS[change] === kind) ?? null;
