import { allowedChannels, languageTag, timeZone } from "../../src/domain/contact.ts";

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
