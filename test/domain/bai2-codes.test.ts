import { bai2Direction, bai2SkipReason } from "../../src/domain/bai2-codes.ts";

describe("what a code means", () => {
  test.each(["108", "115", "142", "165", "169", "175", "191", "195", "206", "208", "218", "399"])("%s is money from a customer", (code) => {
    expect([bai2Direction(code), bai2SkipReason(code)]).toEqual(["CREDIT", null]);
  });

  test.each<[string, RegExp]>([
    ["100", /total of other lines/], ["110", /total of other lines/], ["116", /one item of a deposit/], ["275", /our own money/], ["145", /our own money/],
    ["347", /our own money/], ["171", /lent to us/], ["354", /interest/], ["346", /interest/], ["255", /returned, rejected or reversed/],
    ["257", /returned, rejected or reversed/], ["261", /returned, rejected or reversed/], ["266", /returned, rejected or reversed/],
    ["351", /investments/], ["398", /by the bank/], ["930", /bank's own/],
  ])("%s is a credit and no receipt, with the reason in words", (code, reason) => {
    expect(bai2Direction(code)).toBe("CREDIT");
    expect(bai2SkipReason(code)).toMatch(reason);
  });

  test.each<[string, RegExp]>([["451", /money out/], ["475", /money out/], ["555", /reverse the payment/], ["557", /reverse the payment/], ["970", /money out/]])(
    "%s is a debit and skipped", (code, reason) => {
      expect(bai2Direction(code)).toBe("DEBIT");
      expect(bai2SkipReason(code)).toMatch(reason);
    },
  );
});
