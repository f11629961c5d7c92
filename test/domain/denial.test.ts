import { denialLetter, type DenialFacts, denialText } from "../../src/domain/denial.ts";

const FACTS: DenialFacts = {
  company: "Northern Foods", customer: "Retail Inc.", account: "A-1", contact: null, day: "2026-04-02", answerBy: "2026-05-02", currency: "USD", minor: 2400n, reason: "SHORTAGE", takenOn: "2026-03-20", claimNumber: "C-1",
  invoice: "I-1", purchaseOrder: null, reasoning: null, findings: [], tests: [], lines: [], papers: [],
};
const finding = (speaks: "FOR" | "AGAINST", argument: string) => ({ cause: "SHORTAGE", speaks, minor: 2400n, thousandths: null, argument, papers: [], warnings: [] }) as const;
const tried = (answer: "FOR" | "AGAINST" | "CANNOT_TELL", argument: string) => ({ test: "DELIVERY", answer, argument, inputs: [] }) as const;

test("a denial says what speaks against the claim, each reason once, a person's own first, and nothing that speaks for it", () => {
  const { arguments: said } = denialLetter({ ...FACTS, reasoning: "Ours.", findings: [finding("AGAINST", "All came."), finding("FOR", "Some was short.")], tests: [tried("AGAINST", "All came."), tried("AGAINST", "It was signed."), tried("FOR", "They wrote."), tried("CANNOT_TELL", "Who knows.")] });
  expect(said).toEqual(["Ours.", "All came.", "It was signed."]);
});

test.each<[string, Partial<DenialFacts>, RegExp]>([
  ["a claim with its number and invoice", {}, /^Claim C-1, invoice I-1: USD 24\.00$/],
  ["a deduction that came with neither", { claimNumber: null, invoice: null }, /^Deduction of 2026-03-20: USD 24\.00$/],
])("the subject names %s", (_name, facts, subject) => {
  expect(denialLetter({ ...FACTS, ...facts }).subject).toMatch(subject);
});

test("the e-mail asks courteously for the amount and leaves the door open", () => {
  const text = denialText(denialLetter({ ...FACTS, contact: "Ada", reasoning: "Ours.", papers: [{ kind: "POD", reference: "P-1", digest: "00" }] }));
  expect(text).toMatch(/^Dear Ada,\n\nThank you[^]*kindly ask you to pay USD 24\.00[^]*name C-1[^]*by 2026-05-02[^]*gladly look[^]*Yours sincerely,\nNorthern Foods/);
  expect(text).toContain("- Proof of delivery P-1");
});
