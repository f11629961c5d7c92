import { accountKey, documentKey } from "../../src/domain/account-number.ts";

describe("an account is one account however its number is spelled", () => {
  test.each([
    ["0200769623", "200769623", "leading zeros"],
    ["200769623", "200769623", "none"],
    [" 0200 769623\t", "200769623", "blanks around and inside"],
    ["0200\u00a0769623", "200769623", "a no-break space"],
    ["ccca02", "CCCA02", "small letters"],
    ["0379-NEVHP", "379-NEVHP", "punctuation is kept"],
    ["C007", "C007", "zeros inside are kept"],
    ["2007000", "2007000", "zeros at the end are kept"],
    ["000", "0", "only zeros"],
    ["0 0", "0", "only zeros and blanks"],
  ])("%j has the key %s (%s)", (number, key) => {
    expect(accountKey(number)).toBe(key);
  });

  test.each(["", "  ", "\t\r\n"])("%j is no account number", (number) => {
    expect(() => accountKey(number)).toThrow("An account number must not be empty.");
  });

  test("the key of a key is the key", () => {
    for (const number of ["0 0", "00ab c", "0200769623", "0 1"]) expect(accountKey(accountKey(number))).toBe(accountKey(number));
  });
});

describe("a document is found by its number, and distinct numbers never merge", () => {
  test.each([
    ["0001930438491", "1930438491"],
    [" inv-0042 ", "INV-0042"],
    ["INV 1001", "INV1001"],
    ["00INV-0042", "INV-0042"],
  ])("%j has the key %s", (number, key) => {
    expect(documentKey(number)).toBe(key);
  });

  test("letters, punctuation and inner zeros keep numbers apart", () => {
    const numbers = ["42", "INV42", "INV-42", "CM-42", "INV-0042", "42-1", "421", "42A", "420"];
    expect(new Set(numbers.map(documentKey)).size).toBe(numbers.length);
  });

  test("a blank number is refused", () => {
    expect(() => documentKey(" ")).toThrow("A document number must not be empty.");
  });
});
