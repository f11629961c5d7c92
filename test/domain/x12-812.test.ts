import { Refusal } from "../../src/domain/refusal.ts";
import { read812 } from "../../src/domain/x12-812.ts";

const ISA = "ISA*00*          *00*          *ZZ*BUYER          *ZZ*SELLER         *260310*1200*U*00401*000000001*0*P*>";
const DETAILS = ["CDD*06*D**9000*N**4*CA***22.5***Four cases short", "LIN**SK*SKU-1", "CDD*06*D**3000"];
/** A set as a buyer sends it, with its trailer counted. */
function set(...segments: string[]): string {
  const all = ["ST*812*0001", ...segments];
  return [...all, `SE*${all.length + 1}*0001`].join("~\n") + "~\n";
}
const BCD = "BCD*20260310*CB-77*H*12000*D*20260301*I-1***7001";
const refusal = (text: string): Refusal => {
  try {
    read812(text);
  } catch (error) {
    return error as Refusal;
  }
  throw new Error("It was read.");
};

test("an 812 in its envelope is a claim with its number, documents, code and lines", () => {
  const text = `${ISA}~\nGS*CD*BUYER*SELLER*20260310*1200*1*X*004010~\n${set(BCD, "CUR*BY*USD", "N9*BM*BOL-9", "N9*IV*I-2", "DTM*035*20260305", "N1*BY*A buyer*92*100", ...DETAILS)}GE*1*1~\nIEA*1*000000001~\n`;
  expect(read812(text)).toEqual({
    others: [],
    claims: [{
      line: 3, number: "CB-77", customerCode: "06", comment: null, amount: "120.00", currency: "USD", invoices: ["I-1", "I-2"], purchaseOrder: "7001", shipment: "BOL-9", eventOn: "2026-03-05",
      lines: [
        { item: "SKU-1", description: "Four cases short", quantity: "4", unit: "CA", unitPrice: "22.5", amount: "90.00" },
        { item: null, description: null, quantity: null, unit: null, unitPrice: null, amount: "30.00" },
      ],
    }],
  });
});

test("other separators, no line ends and no envelope are the same claim", () => {
  const bare = read812(set(BCD, ...DETAILS)).claims;
  expect(read812(set(BCD, ...DETAILS).replaceAll("~\n", "~")).claims).toEqual(bare);
  expect(read812(set(BCD, ...DETAILS).replaceAll("~\n", "\n")).claims).toEqual(bare);
  expect(read812(set(BCD, ...DETAILS).replaceAll("*", "|")).claims).toEqual(bare);
});

test("a detail with the other flag counts against the claim, and several codes are none in particular", () => {
  const [claim] = read812(set(BCD, "CDD*06*D**15000", "CDD*04*C**3000")).claims;
  expect(claim).toMatchObject({ amount: "120.00", customerCode: null, comment: "Codes 06, 04", lines: [{ amount: "150.00" }, { amount: "-30.00" }] });
});

test("an adjustment with the other flag is no claim, unless the partner writes its claims so", () => {
  const gives = set("BCD*20260310*CR-1*H*500*C", "CDD*52*C**500");
  expect(read812(gives)).toEqual({ claims: [], others: [{ line: 1, number: "CR-1" }] });
  expect(read812(gives, "C")).toMatchObject({ claims: [{ number: "CR-1", amount: "5.00" }], others: [] });
});

test.each<[string, string, number, string]>([
  ["that is none", "HELLO", 1, "begins with ISA"],
  ["of another kind", set(BCD).replace("812", "820"), 1, "ST on line 1: only 812 is read here, and this is a 820"],
  ["without a beginning", set("CUR*BY*USD"), 2, "CUR on line 2: a set of adjustments begins with a BCD"],
  ["with a miscount", set(BCD).replace("SE*3", "SE*4"), 3, "SE on line 3: it says 4 segments, and there are 3"],
  ["with another control number", set(BCD).replace("SE*3*0001", "SE*3*0002"), 3, "SE on line 3"],
  ["that is not closed", `ST*812*0001~${BCD}~`, 1, "ST on line 1: the set is not closed"],
  ["with a segment of another set", set(BCD, "CLP*1"), 3, "CLP on line 3: an 812 has no such segment"],
  ["without a number", set("BCD*20260310**H*12000*D"), 2, "BCD on line 2: element 02 is missing"],
  ["with a written decimal point", set(BCD.replace("12000", "120.00")), 2, 'BCD on line 2: element 04 is "120.00"'],
  ["with a day that is none", set(BCD.replace("20260310", "20260231")), 2, 'BCD on line 2: element 01 is "20260231"'],
  ["with a flag that is none", set(BCD.replace("*D*", "*X*")), 2, "BCD on line 2: element 05"],
  ["whose details say something else", set(BCD, "CDD*06*D**100"), 2, "BCD on line 2: it is about 120.00, and its details (CDD) add up to 1.00"],
  ["whose detail has no code", set(BCD, "CDD**D**12000"), 3, "CDD on line 3: element 01 is missing"],
  ["that counts without a unit", set(BCD, "CDD*06*D**12000***4"), 3, "CDD on line 3: element 08 is missing"],
  ["with an item of nothing", set(BCD, "LIN**SK*SKU-1"), 3, "LIN on line 3: it belongs to a detail"],
])("a file %s is refused, and the segment is named", (_what, text, line, message) => {
  const refused = refusal(text);
  expect(refused).toBeInstanceOf(Refusal);
  expect([refused.code, refused.line]).toEqual(["FILE_INVALID", line]);
  expect(refused.message).toContain(message);
});
