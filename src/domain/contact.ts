import { Refusal } from "./refusal.ts";

/** What a person at a customer is there for. */
export const ContactRole = {
  ACCOUNTS_PAYABLE: "ACCOUNTS_PAYABLE",
  BUYER: "BUYER",
  DISPUTES: "DISPUTES",
  EXECUTIVE: "EXECUTIVE",
  LEGAL: "LEGAL",
  OTHER: "OTHER",
} as const;
export type ContactRole = (typeof ContactRole)[keyof typeof ContactRole];

/** A way to reach a person. */
export const ContactChannel = { EMAIL: "EMAIL", PHONE: "PHONE", POST: "POST", PORTAL: "PORTAL" } as const;
export type ContactChannel = (typeof ContactChannel)[keyof typeof ContactChannel];

/** Whether a person agreed to be reached by a channel. */
export const Consent = { UNKNOWN: "UNKNOWN", GIVEN: "GIVEN", WITHDRAWN: "WITHDRAWN" } as const;
export type Consent = (typeof Consent)[keyof typeof Consent];

/** What a person said about a channel, as it stands. */
export interface ChannelWish {
  readonly channel: ContactChannel;
  readonly consent: Consent;
  readonly doNotContact: boolean;
}

/** Channels that nothing forbids: consent was not withdrawn, and nobody said not to use them. Silence forbids nothing. */
export function allowedChannels(wishes: readonly ChannelWish[]): ContactChannel[] {
  const forbidden = new Set(wishes.filter(({ consent, doNotContact }) => doNotContact || consent === Consent.WITHDRAWN).map(({ channel }) => channel));
  return Object.values(ContactChannel).filter((channel) => !forbidden.has(channel));
}

/** Somebody who may be written to. */
export interface Correspondent {
  readonly role: ContactRole;
  readonly email: string | null;
  readonly wishes: readonly ChannelWish[];
}

/** Whom to send an e-mail about what was deducted: who is there for disputes before who is there for payables, and nobody who does not want e-mails. Null where nobody is left. */
export function writtenTo<Contact extends Correspondent>(contacts: readonly Contact[]): Contact | null {
  const reachable = contacts.filter(({ email, wishes }) => email !== null && allowedChannels(wishes).includes(ContactChannel.EMAIL));
  return reachable.find(({ role }) => role === ContactRole.DISPUTES) ?? reachable.find(({ role }) => role === ContactRole.ACCOUNTS_PAYABLE) ?? null;
}

/** A language by its BCP 47 tag in its canonical spelling: `de-at` is `de-AT`. Refuses what is no tag. */
export function languageTag(text: string): string {
  try {
    return Intl.getCanonicalLocales(text)[0]!;
  } catch {
    throw new Refusal("VALUE_INVALID", `"${text}" is not a language; write a BCP 47 tag such as de or en-US.`);
  }
}

/** A time zone by its IANA name. Letters of another case are put right; an older name of a zone stays as it is. Refuses offsets and unknown names. */
export function timeZone(text: string): string {
  const refused = new Refusal("VALUE_INVALID", `"${text}" is not a time zone; write an IANA name such as Europe/Vienna.`);
  if (!/^[A-Za-z]/.test(text)) throw refused;
  try {
    const { timeZone: known } = new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions();
    return known.toLowerCase() === text.toLowerCase() ? known : text;
  } catch {
    throw refused;
  }
}
