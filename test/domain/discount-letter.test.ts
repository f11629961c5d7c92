import { type ExplainedDiscount, termsInWords, unearnedDiscountLetter } from "../../src/domain/discount-letter.ts";

/** Case 1: 980.00 on 2026-03-13 for 1,000.00 with 2/10 net 30, charged back. */
const CASE_1: ExplainedDiscount = {
  invoice: "I-1", invoicedOn: "2026-03-01", dueOn: "2026-03-31", currency: "USD", totalMinor: 100_000n, discounts: [{ discountOn: "2026-03-11", basisPoints: 200 }],
  discountOn: "2026-03-11", graceDays: 0, paidOn: "2026-03-13", takenMinor: 2_000n, openMinor: 2_000n, chargebacks: ["CB-7"],
};
const HEAD = { company: "Northwind Foods", customer: "Harbor Stores", contact: "Ana Lopez" };

test("the letter of case 1, word for word", () => {
  expect(unearnedDiscountLetter(HEAD, [CASE_1])).toEqual({
    subject: "Cash discount on invoice I-1",
    text: `Dear Ana Lopez,

Thank you for your payment. When we applied it, we found that a cash discount was taken that the terms of the invoice did not offer any more:

Invoice I-1 of March 1, 2026, 1000.00 USD
  Terms: 2% discount if paid within 10 days of the invoice date; the full amount within 30 days of the invoice date
  Last day for the discount: March 11, 2026
  Paid: March 13, 2026, 2 days late
  Discount taken: 20.00 USD
  Still to be paid: 20.00 USD, billed as CB-7

May we ask you to pay 20.00 USD, with your next payment if that suits you, and to name the invoice above?

If our dates do not agree with yours, or if something else was agreed with you, please tell us and send us what shows it. We will gladly look at it again.

Kind regards,
Northwind Foods`,
  });
});

test.each<[string, Partial<ExplainedDiscount>, string[], string[]]>([
  ["counts the days from the end of grace", { graceDays: 1 }, ["Last day for the discount: March 12, 2026, with 1 day of grace", "1 day late"], []],
  ["names no invoice of ours that is not open", { openMinor: 0n }, ["Still to be paid: nothing\n", "Nothing is to be paid"], ["May we ask", "CB-7"]],
  ["asks for what is left, not for what was taken", { openMinor: 500n }, ["Discount taken: 20.00 USD", "pay 5.00 USD"], []],
  ["says when more was taken than offered", { paidOn: "2026-03-11" }, ["in time, but with more taken than the terms offer"], ["late"]],
  ["says nothing of a debit memo where there is none", { chargebacks: [] }, ["Still to be paid: 20.00 USD\n"], ["billed"]],
])("the letter %s", (_rule, more, says, saysNot) => {
  const { text } = unearnedDiscountLetter(HEAD, [{ ...CASE_1, ...more }]);
  for (const part of says) expect(text).toContain(part);
  for (const part of saysNot) expect(text).not.toContain(part);
});

test("of several invoices the letter adds up each currency by itself, and greets the customer where nobody is known", () => {
  const { subject, text } = unearnedDiscountLetter({ ...HEAD, contact: null }, [CASE_1, { ...CASE_1, invoice: "I-2" }, { ...CASE_1, invoice: "I-3", currency: "JPY", takenMinor: 70n, openMinor: 70n }]);
  expect(subject).toBe("Cash discounts on 3 invoices");
  expect(text).toMatch(/^Dear Harbor Stores,/);
  expect(text).toContain("cash discounts were taken that the terms of the invoices did not offer any more");
  expect(text).toContain("May we ask you to pay 70 JPY and 40.00 USD,");
});

test("terms in words name every tier from the first to lapse", () => {
  const discounts = [{ discountOn: "2026-03-11", basisPoints: 125 }, { discountOn: "2026-03-01", basisPoints: 300 }];
  expect(termsInWords({ invoicedOn: "2026-03-01", dueOn: "2026-03-31", discounts })).toBe(
    "3% discount if paid on the invoice date; 1.25% discount if paid within 10 days of the invoice date; the full amount within 30 days of the invoice date",
  );
});
