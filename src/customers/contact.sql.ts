import { statement } from "../db/database.ts";
import type { ChannelWish, Consent, ContactChannel, ContactRole } from "../domain/contact.ts";
import { memberName } from "./customer.sql.ts";

/** What a person said about a channel, who noted it and when. */
export interface WishRow extends ChannelWish {
  readonly recordedBy: string | null;
  readonly recordedAt: string;
}

/** A person to talk to at a customer. */
export interface ContactRow {
  readonly companyId: string;
  readonly id: string;
  readonly customerId: string;
  readonly name: string;
  readonly role: ContactRole;
  readonly title: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly channel: ContactChannel | null;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly version: number;
  /** The latest wish for each channel that any is known for. */
  readonly wishes: readonly WishRow[];
}

const SELECT = `
  select contact.company_id as "companyId", contact.id, contact.customer_id as "customerId", contact.name, contact.role, contact.title, contact.email, contact.phone,
         contact.channel, contact.language, contact.time_zone as "timeZone", contact.version,
         coalesce((select json_agg(json_build_object('channel', wish.channel, 'consent', wish.consent, 'doNotContact', wish.do_not_contact, 'recordedBy', ${memberName("wish")},
                                     'recordedAt', to_char(wish.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) order by wish.channel)
                     from (select distinct on (channel) * from contact_channel told
                            where told.company_id = contact.company_id and told.contact_id = contact.id order by channel, id desc) as wish), '[]') as wishes
    from customer_contact contact`;

export const contactsByCustomers = statement<ContactRow, [readonly string[], readonly string[]]>(
  "contacts.byCustomers",
  `${SELECT} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on contact.company_id = key.company_id and contact.customer_id = key.id order by contact.id`,
);

export const contactsByKeys = statement<ContactRow, [readonly string[], readonly string[]]>(
  "contacts.byKeys",
  `${SELECT} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on contact.company_id = key.company_id and contact.id = key.id`,
);

type ContactValues = [
  companyId: string, id: string, name: string, role: ContactRole, title: string | null, email: string | null, phone: string | null, channel: ContactChannel | null,
  language: string | null, timeZone: string | null,
];

export const insertContact = statement<object, [...ContactValues, customerId: string, recordedAt: string]>(
  "contacts.insert",
  `insert into customer_contact (company_id, id, name, role, title, email, phone, channel, language, time_zone, customer_id, recorded_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);

export const updateContactRow = statement<{ version: number }, ContactValues>(
  "contacts.update",
  `update customer_contact set name = $3, role = $4, title = $5, email = $6, phone = $7, channel = $8, language = $9, time_zone = $10, version = version + 1
    where company_id = $1 and id = $2 returning version`,
);

export const insertWish = statement<object, [string, string, string, ContactChannel, Consent, boolean, string | null, string]>(
  "contacts.noteWish",
  `insert into contact_channel (company_id, id, contact_id, channel, consent, do_not_contact, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
