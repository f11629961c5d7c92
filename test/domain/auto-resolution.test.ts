import { checkRule, firstHit, type Researched, type ResolutionRule, type RuleAction, type RuleFacts, type RuleMiss, type RuleTerms } from "../../src/domain/auto-resolution.ts";

const FACTS: RuleFacts = {
  deductionId: "D", customerId: "C", reason: "SHORTAGE", currency: "USD", openMinor: 10_000n, invoiceId: "I", numberKeys: [], claimKey: null, orderKey: null, owned: false, credits: [], earlier: [], research: null,
  decided: { count: 0, minor: 0n, validMinor: 0n }, promotion: null, limits: [], workers: [],
};
const NONE = { reason: null, customerId: null, currency: "USD", maxMinor: null, letGoBy: null, minShare: null, minDecided: null, minConfidence: null, chargeBack: false, ownerId: null };
const NET: RuleTerms = { ...NONE, kind: "NET_CREDIT", position: 1, maxMinor: 10_000n };
const SAME: RuleTerms = { ...NONE, kind: "DUPLICATE", position: 2 };
const SMALL: RuleTerms = { ...NONE, kind: "SMALL_AND_USUAL", position: 3, maxMinor: 10_000n, letGoBy: "WRITE_OFF", minShare: 80, minDecided: 5 };
const PROMOTE: RuleTerms = { ...NONE, kind: "PROMOTION", position: 3, maxMinor: 10_000n, minConfidence: 80 };
const ROUTE: RuleTerms = { ...NONE, kind: "ROUTE", position: 4, ownerId: "M" };

const rule = (terms: RuleTerms, more: Partial<ResolutionRule> = {}): ResolutionRule => ({ id: `R-${terms.kind}`, key: terms.kind.toLowerCase(), version: 1, ...terms, ...more });
/** What one rule makes of some facts. */
const tried = (terms: RuleTerms, facts: Partial<RuleFacts>): RuleAction | RuleMiss => {
  const { hit, tried: [missed] } = firstHit([rule(terms)], { ...FACTS, ...facts });
  return hit?.action ?? missed!.miss;
};

const credit = (id: string, more: Partial<RuleFacts["credits"][number]> = {}): RuleFacts["credits"][number] => ({ id, number: id, numberKey: id, invoiceId: null, openMinor: 10_000n, ...more });
const net = (id: string): RuleAction => ({ kind: "NET", creditMemoId: id, number: id });

test.each<[string, Partial<RuleTerms>, Partial<RuleFacts>, RuleMiss | null]>([
  ["of another currency", { currency: "EUR" }, {}, "OTHER_CURRENCY"],
  ["for another reason", { reason: "PRICE" }, {}, "OTHER_REASON"],
  ["for its reason", { reason: "SHORTAGE" }, {}, null],
  ["for another customer", { customerId: "X" }, {}, "OTHER_CUSTOMER"],
  ["for its customer", { customerId: "C" }, {}, null],
  ["up to exactly so much", { maxMinor: 10_000n }, {}, null],
  ["up to a cent less", { maxMinor: 9_999n }, {}, "ABOVE_LIMIT"],
  ["for any amount", { maxMinor: null }, { openMinor: 10n ** 15n }, null],
  ["for all, of a discount that was not earned", {}, { reason: "UNEARNED_DISCOUNT" }, "HAS_POLICY"],
])("a rule %s", (_name, terms, facts, miss) => {
  expect(tried({ ...ROUTE, ...terms }, { workers: ["M"], ...facts })).toEqual(miss ?? { kind: "ROUTE", ownerId: "M" });
});

test.each<[string, Partial<RuleFacts>, RuleAction | RuleMiss]>([
  ["none", {}, "NO_CREDIT"],
  ["one that it names, about another invoice and with more left", { numberKeys: ["CM-1"], credits: [credit("CM-1", { invoiceId: "X", openMinor: 10_001n }), credit("CM-2")] }, net("CM-1")],
  ["one that it names, with too little left, though another would fit", { numberKeys: ["CM-1"], credits: [credit("CM-1", { openMinor: 9_999n }), credit("CM-2", { invoiceId: "I" })] }, "CREDIT_TOO_SMALL"],
  ["two that it names", { numberKeys: ["CM-1", "CM-2"], credits: [credit("CM-1"), credit("CM-2")] }, "SEVERAL_CREDITS"],
  ["one about its invoice of exactly its amount", { credits: [credit("CM-1", { invoiceId: "I" }), credit("CM-2", { invoiceId: "I", openMinor: 10_001n })] }, net("CM-1")],
  ["two about its invoice of exactly its amount", { credits: [credit("CM-1", { invoiceId: "I" }), credit("CM-2", { invoiceId: "I" })] }, "SEVERAL_CREDITS"],
  ["one of its amount about another invoice", { credits: [credit("CM-1", { invoiceId: "X" })] }, "NO_CREDIT"],
  ["one of its amount about none, while it is about none either", { invoiceId: null, credits: [credit("CM-1")] }, "NO_CREDIT"],
  ["one that fits, of more than anybody may let go", { numberKeys: ["CM-1"], credits: [credit("CM-1")], limits: [{ role: "CONTROLLER", reason: null, currency: "USD", maxMinor: 9_999n }, { role: "FINANCE_DIRECTOR", reason: null, currency: "USD", maxMinor: 0n }] }, "ABOVE_EVERY_LIMIT"],
  ["one that fits, of what one role may let go", { numberKeys: ["CM-1"], credits: [credit("CM-1")], limits: [{ role: "CONTROLLER", reason: null, currency: "USD", maxMinor: 10_000n }, { role: "FINANCE_DIRECTOR", reason: null, currency: "USD", maxMinor: 0n }] }, net("CM-1")],
])("a credit memo that the customer has settles it, of these: %s", (_name, facts, expected) => expect(tried(NET, facts)).toEqual(expected));

const before = (more: Partial<RuleFacts["earlier"][number]> = {}): RuleFacts["earlier"][number] => ({ kind: "DEDUCTION", id: "E", number: null, on: "2026-01-02", invoiceId: null, orderKey: null, claimKey: null, ...more });

test.each<[string, Partial<RuleFacts>, RuleFacts["earlier"][number] | RuleMiss]>([
  ["nothing", {}, "NOTHING_EARLIER"],
  ["the same invoice", { earlier: [before({ invoiceId: "I" })] }, before({ invoiceId: "I" })],
  ["another invoice", { earlier: [before({ invoiceId: "X" })] }, "NOTHING_EARLIER"],
  ["the same order, of another invoice", { orderKey: "PO", earlier: [before({ invoiceId: "X", orderKey: "PO" })] }, before({ invoiceId: "X", orderKey: "PO" })],
  ["neither invoice nor order, as this one", { invoiceId: null, earlier: [before()] }, "NOTHING_EARLIER"],
  ["a credit memo about the invoice", { earlier: [before({ kind: "CREDIT_MEMO", number: "CM", invoiceId: "I" })] }, before({ kind: "CREDIT_MEMO", number: "CM", invoiceId: "I" })],
  ["two, of which the first is named", { earlier: [before({ invoiceId: "I" }), before({ id: "F", invoiceId: "I" })] }, before({ invoiceId: "I" })],
  ["the same invoice under another claim number", { claimKey: "A", earlier: [before({ invoiceId: "I", claimKey: "B" })] }, "NOTHING_EARLIER"],
  ["the same invoice, and only one has a claim number", { claimKey: "A", earlier: [before({ invoiceId: "I" })] }, before({ invoiceId: "I" })],
  ["the same invoice, for no reason that is known", { reason: "UNIDENTIFIED", earlier: [before({ invoiceId: "I" })] }, "NO_REASON"],
])("what was deducted or credited before is denied; before was: %s", (_name, facts, expected) => {
  expect(tried(SAME, facts)).toEqual(typeof expected === "string" ? expected : { kind: "DENY", earlier: expected, chargeBack: false });
  if (typeof expected !== "string") expect(tried({ ...SAME, chargeBack: true, maxMinor: 10_000n }, facts)).toEqual({ kind: "DENY", earlier: expected, chargeBack: true });
});

const FULL: RuleTerms = { ...NONE, kind: "POD_FULL", position: 2 };
const SHORT: RuleTerms = { ...NONE, kind: "POD_SHORT", position: 2, maxMinor: 10_000n };
const delivered: Researched = { id: "P", current: true, minor: 10_000n, recommendation: "DENY", causes: ["DELIVERED_IN_FULL"], warnings: [], delivery: "AGAINST", signed: true };
const short: Researched = { ...delivered, recommendation: "CREDIT", causes: ["SHORTAGE"], delivery: "FOR" };

test.each<[string, Researched | null, RuleMiss | null, RuleMiss | null]>([
  ["never", null, "NOT_RESEARCHED", "NOT_RESEARCHED"],
  ["and the receiver signed for all", delivered, null, "NOT_PROVED"],
  ["and the receiver signed for as much less", short, "NOT_PROVED", null],
  ["and the customer alone says so", { ...short, signed: false }, "NOT_PROVED", "NOT_PROVED"],
  ["and papers came or went since", { ...delivered, current: false }, "PAPERS_CHANGED", "PAPERS_CHANGED"],
  ["of another amount", { ...short, minor: 9_999n }, "PAPERS_CHANGED", "PAPERS_CHANGED"],
  ["and only a part is a shortage", { ...short, recommendation: "CREDIT_PART", causes: ["SHORTAGE", "DELIVERED_IN_FULL"] }, "NOT_PROVED", "NOT_PROVED"],
  ["and something else speaks against it", { ...delivered, causes: ["DUPLICATE"] }, "NOT_PROVED", "NOT_PROVED"],
  ["and the carrier signed for the loss", { ...short, warnings: ["CARRIER_AT_FAULT"] }, "NOT_PROVED", "NOT_PROVED"],
])("a signed paper decides what arrived; papers were compared: %s", (_name, research, full, less) => {
  expect(tried(FULL, { research })).toEqual(full ?? { kind: "DENY_DELIVERED", researchId: "P", chargeBack: false });
  expect(tried(SHORT, { research })).toEqual(less ?? { kind: "CREDIT_SHORTAGE", researchId: "P" });
  const limits = (["CONTROLLER", "FINANCE_DIRECTOR"] as const).map((role) => ({ role, reason: null, currency: "USD", maxMinor: 1n }));
  if (less === null) expect(tried(SHORT, { research, limits })).toBe("ABOVE_EVERY_LIMIT");
});

test.each<[string, number, Partial<RuleFacts>, RuleAction | RuleMiss]>([
  ["what the rule asks for", 80, {}, { kind: "PROMOTION", promotionId: "P", code: "SPRING", confidence: 80 }],
  ["a percent less", 81, {}, "UNSURE"],
  ["enough, of more than anybody may let go", 80, { limits: (["CONTROLLER", "FINANCE_DIRECTOR"] as const).map((role) => ({ role, reason: null, currency: "USD", maxMinor: 1n })) }, "ABOVE_EVERY_LIMIT"],
  ["nothing, for another reason", 1, { reason: "SHORTAGE" }, "NO_PROMOTION"],
])("a promotion settles what it is sure enough of; it is sure of: %s", (_name, minConfidence, more, expected) => {
  const promotion = { id: "P", code: "SPRING", codeKey: "SPRING", validFrom: "2026-03-01", validTo: "2026-03-10", leftMinor: 10_000n, billed: true };
  const facts = { reason: "PROMOTION" as const, promotion: { words: [], invoicedOn: "2026-03-05", takenOn: "2026-03-20", offers: [promotion] }, ...more };
  expect(tried({ ...PROMOTE, minConfidence }, facts)).toEqual(expected);
  if (expected === "UNSURE") expect(firstHit([rule({ ...PROMOTE, minConfidence })], { ...FACTS, ...facts }).tried).toEqual([{ ruleId: "R-PROMOTION", key: "promotion", version: 1, miss: "UNSURE", promotion: "SPRING", confidence: 80 }]);
});

test.each<[string, RuleFacts["decided"], RuleMiss | null]>([
  ["five, all of them", { count: 5, minor: 1n, validMinor: 1n }, null],
  ["four, all of them", { count: 4, minor: 1n, validMinor: 1n }, "TOO_FEW_DECIDED"],
  ["exactly the share", { count: 5, minor: 1_000n, validMinor: 800n }, null],
  ["a cent below the share", { count: 5, minor: 1_000n, validMinor: 799n }, "SELDOM_VALID"],
])("what is small is let go where people found enough of the same valid: %s", (_name, decided, miss) => {
  expect(tried(SMALL, { decided })).toEqual(miss ?? { kind: "LET_GO", by: "WRITE_OFF" });
  const nobody = (["CONTROLLER", "FINANCE_DIRECTOR"] as const).map((role) => ({ role, reason: "SHORTAGE" as const, currency: "USD", maxMinor: 1n }));
  if (miss === null) expect(tried(SMALL, { decided, limits: nobody })).toBe("ABOVE_EVERY_LIMIT");
});

test.each<[string, Partial<RuleFacts>, RuleAction | RuleMiss]>([
  ["somebody who works deductions", { workers: ["M"] }, { kind: "ROUTE", ownerId: "M" }],
  ["somebody who does not any more", {}, "OWNER_GONE"],
  ["somebody, and it is another's already", { workers: ["M"], owned: true }, "HAS_OWNER"],
])("a rule gives work to %s", (_name, facts, expected) => expect(tried(ROUTE, facts)).toEqual(expected));

test("the first that hits in order of place, and then of key, counts; the answer says why each before it did not", () => {
  const rules = [rule(ROUTE, { id: "4b", key: "b" }), rule(ROUTE, { id: "4a", key: "a" }), rule(SMALL, { id: "3", version: 7 }), rule(NET, { id: "1", reason: "PRICE" }), rule(SAME, { id: "2" })];
  expect(firstHit(rules, { ...FACTS, workers: ["M"] })).toEqual({
    hit: { ruleId: "4a", action: { kind: "ROUTE", ownerId: "M" } },
    tried: [
      { ruleId: "1", key: "net_credit", version: 1, miss: "OTHER_REASON" }, { ruleId: "2", key: "duplicate", version: 1, miss: "NOTHING_EARLIER" },
      { ruleId: "3", key: "small_and_usual", version: 7, miss: "TOO_FEW_DECIDED" },
    ],
  });
  expect(firstHit([], FACTS)).toEqual({ hit: null, tried: [] });
  expect(firstHit([rule(NET)], FACTS)).toEqual({ hit: null, tried: [{ ruleId: "R-NET_CREDIT", key: "net_credit", version: 1, miss: "NO_CREDIT" }] });
});

test.each<[string, RuleTerms, string | null]>([
  ["to net, with a limit", NET, null],
  ["to net, without a limit", { ...NET, maxMinor: null }, "maxAmount"],
  ["to net, up to nothing", { ...NET, maxMinor: 0n }, "maxAmount"],
  ["to decide, without a limit", SAME, null],
  ["to charge back, without a limit", { ...SAME, chargeBack: true }, "maxAmount"],
  ["to charge back, with a limit", { ...SAME, chargeBack: true, maxMinor: 1n }, null],
  ["to net and charge back", { ...NET, chargeBack: true }, "chargeBack"],
  ["to charge back what arrived, without a limit", { ...FULL, chargeBack: true }, "maxAmount"],
  ["to decide what arrived", FULL, null],
  ["to credit what did not arrive, without a limit", { ...SHORT, maxMinor: null }, "maxAmount"],
  ["to credit what did not arrive", SHORT, null],
  ["to let go", SMALL, null],
  ["to let go, without saying how", { ...SMALL, letGoBy: null }, "letGoBy"],
  ["to let go, without a share", { ...SMALL, minShare: null }, "minShare"],
  ["to let go, at any share", { ...SMALL, minShare: 0 }, "minShare"],
  ["to let go, at more than all", { ...SMALL, minShare: 101 }, "minShare"],
  ["to let go, without a number", { ...SMALL, minDecided: null }, "minDecided"],
  ["to let go, though none was decided", { ...SMALL, minDecided: 0 }, "minDecided"],
  ["to net and look at history", { ...NET, minShare: 50 }, "minShare"],
  ["to settle against a promotion", PROMOTE, null],
  ["to settle against a promotion, without a limit", { ...PROMOTE, maxMinor: null }, "maxAmount"],
  ["to settle against a promotion, however sure it is", { ...PROMOTE, minConfidence: null }, "minConfidence"],
  ["to settle against a promotion, at no confidence", { ...PROMOTE, minConfidence: 0 }, "minConfidence"],
  ["to settle against a promotion, at more than sure", { ...PROMOTE, minConfidence: 101 }, "minConfidence"],
  ["to net, at some confidence", { ...NET, minConfidence: 80 }, "minConfidence"],
  ["to route", ROUTE, null],
  ["to route to nobody", { ...ROUTE, ownerId: null }, "ownerId"],
  ["to net and route", { ...NET, ownerId: "M" }, "ownerId"],
  ["without a place", { ...NET, position: 0 }, "position"],
  ["for discounts that were not earned", { ...NET, reason: "UNEARNED_DISCOUNT" }, "reason"],
])("a rule %s", (_name, terms, field) => {
  if (field === null) expect(() => checkRule(terms)).not.toThrow();
  else expect(() => checkRule(terms)).toThrow(expect.objectContaining({ field: [field] }));
});
