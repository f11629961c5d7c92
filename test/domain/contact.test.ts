import { allowedChannels, type Correspondent, languageTag, timeZone, writtenTo } from "../../src/domain/contact.ts";

test.each([["de-at", "de-AT"], ["EN", "en"], ["zh-hant-tw", "zh-Hant-TW"]])("the language %s is kept as %s", (text, tag) => {
  expect(languageTag(text)).toBe(tag);
});

test.each(["", "deutsch_AT", "e", "english language"])("%j is no language", (text) => {
  expect(() => languageTag(text)).toThrow("is not a language");
});

test.each([["Europe/Vienna", "Europe/Vienna"], ["europe/vienna", "Europe/Vienna"], ["Asia/Kolkata", "Asia/Kolkata"], ["UTC", "UTC"]])("the time zone %s is kept as %s", (text, zone) => {
  expect(timeZone(text)).toBe(zone);
});

test.each(["", "+01:00", "Europe/Graz", "CET+1", "noon"])("%j is no time zone", (text) => {
  expect(() => timeZone(text)).toThrow("is not a time zone");
});

test("a withdrawn consent or a word not to use it closes a channel, and silence closes none", () => {
  expect(allowedChannels([])).toEqual(["EMAIL", "PHONE", "POST", "PORTAL"]);
  const wishes = [
    { channel: "EMAIL", consent: "GIVEN", doNotContact: false }, { channel: "PHONE", consent: "WITHDRAWN", doNotContact: false }, { channel: "POST", consent: "GIVEN", doNotContact: true },
  ] as const;
  expect(allowedChannels(wishes)).toEqual(["EMAIL", "PORTAL"]);
});

describe("an e-mail about what was deducted goes", () => {
  const who = (role: Correspondent["role"], email: string | null, ...wishes: Correspondent["wishes"]): Correspondent => ({ role, email, wishes });
  const no = { channel: "EMAIL", consent: "WITHDRAWN", doNotContact: false } as const;
  test.each<[string, Correspondent[], string | null]>([
    ["to the contact for disputes first", [who("ACCOUNTS_PAYABLE", "ap"), who("DISPUTES", "dispute")], "dispute"],
    ["to payables where nobody is there for disputes", [who("BUYER", "buyer"), who("ACCOUNTS_PAYABLE", "ap")], "ap"],
    ["to payables where the one for disputes wants no e-mails", [who("DISPUTES", "dispute", no), who("ACCOUNTS_PAYABLE", "ap")], "ap"],
    ["to payables where the one for disputes has no address", [who("DISPUTES", null), who("ACCOUNTS_PAYABLE", "ap")], "ap"],
    ["to nobody else", [who("BUYER", "buyer"), who("EXECUTIVE", "boss"), who("LEGAL", "law")], null],
  ])("%s", (_rule, contacts, expected) => {
    expect(writtenTo(contacts)?.email ?? null).toBe(expected);
  });
});
