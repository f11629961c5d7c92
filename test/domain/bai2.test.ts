import fc from "fast-check";
import { readBai2 } from "../../src/domain/bai2.ts";
import { isReceivable, physicalLines, readBankFile } from "../../src/domain/bank-file.ts";
import { lines, one, read, readLines, refusal } from "./bai2-builder.ts";

describe("a sound BAI2 file", () => {
  // 1: 01 · 2: 02 · 3: 03 · 4 and 5: 16 · 6: 49 · 7: 98 · 8: 99
  const sound = lines([{ accounts: [{ summary: [["010", -500n], ["015", 7_500n], ["100", 10_000n]], details: [["195", 10_000n, ",REF1,CUST1,Wire"], ["475", 2_000n]] }] }]);

  test("gives each movement with the account, day and direction, and the sums of both directions", () => {
    const file = readLines(sound);
    expect(file.lines).toEqual([
      {
        line: 4, account: "4711", currency: "USD", typeCode: "195", direction: "CREDIT", minor: 10_000n, asOf: "2026-03-30", valueOn: null,
        bankReference: "REF1", customerReference: "CUST1", text: "Wire", skipReason: null,
      },
      {
        line: 5, account: "4711", currency: "USD", typeCode: "475", direction: "DEBIT", minor: 2_000n, asOf: "2026-03-30", valueOn: null,
        bankReference: null, customerReference: null, text: "", skipReason: "Code 475 is money out of the account.",
      },
    ]);
    expect(file).toMatchObject({ creditMinor: 10_000n, debitMinor: 2_000n, lineCount: 2, notes: [] });
    expect(file.accounts).toEqual([
      { line: 3, account: "4711", currency: "USD", asOf: "2026-03-30", openingMinor: -500n, closingMinor: 7_500n, creditMinor: 10_000n, debitMinor: 2_000n },
    ]);
  });

  const whole = `${sound.join("\n")}\n`;
  test.each<[string, readonly string[]]>([
    ["CRLF", [sound.join("\r\n")]],
    ["CR only", [sound.join("\r")]],
    ["no line end at the end", [sound.join("\n")]],
    ["blanks after each record and blank lines", [sound.map((line) => `${line}   `).join("\n\n")]],
    ["all records on one line with blanks between", [sound.join("  ")]],
    ["a byte order mark", [`\uFEFF${whole}`]],
    ["chunks of one character", [...whole]],
    ["chunks that cut a CRLF in two", sound.flatMap((line) => [`${line}\r`, "\n"])],
    ["leading zeros and plus signs", [whole.replace("16,195,10000,", "16,195,+000000000010000,").replace("49,19000,", "49,+00000019000,")]],
  ])("reads the same from %s", (_name, chunks) => {
    const file = readBankFile(readBai2, chunks);
    expect(file.lines.map(({ minor, text }) => [minor, text])).toEqual([[10_000n, "Wire"], [2_000n, ""]]);
  });

  test("a text keeps its commas and slashes, and each continuation begins a new line of it", () => {
    const [line] = readLines(one(["165", 5n, ",B/1,C/2,Inv 7/8, PO 9/10", "EREF: A/B, C", " and more "])).lines;
    expect(line).toMatchObject({ bankReference: "B/1", customerReference: "C/2", text: "Inv 7/8, PO 9/10\nEREF: A/B, C\nand more" });
  });

  test("a text without a closing slash ends with its line", () => {
    const all = one(["165", 5n, ",,,TEXT", "EREF: 1"]).map((line) => (/^(16|88)/.test(line) ? line.slice(0, -1) : line));
    expect(readLines(all).lines[0]?.text).toBe("TEXT\nEREF: 1");
  });

  test("a continuation may carry on in the middle of the fields of any record", () => {
    const all = lines([{ accounts: [{ details: [["165", 5n]] }] }]);
    all.splice(0, 8, "01,BANK,OPENITEM,260331/", "88,0600,7,80,1,2/", "02,OPENITEM,BANK,1/", "88,260330,2400,,2/", "03,4711/", "88,,010/", "88,400,,/",
      "16,165/", "88,5,V,260401/", "88,1200,BANKREF/", "88,CUSTREF/", "88,Text/", "49,405,9/", "98,405,1,12/", "99,405,1,15/");
    expect(readLines(all).lines).toMatchObject([{ line: 8, minor: 5n, valueOn: "2026-04-01", bankReference: "BANKREF", customerReference: "CUSTREF", text: "Text" }]);
  });

  test("a text cut by a line break is one text when a slash closes it, and counts as one record", () => {
    const all = one(["165", 5n, ",,,First half~second half"]);
    expect(read(all.join("\n").replace("~", "\n")).lines[0]?.text).toBe("First half second half");
  });

  test.each<[string, string, string | null, string]>([
    ["no funds type", ",BREF,CREF,T", null, "T"],
    ["immediate", "0,BREF,CREF,T", null, "T"],
    ["one day", "1,BREF,CREF,T", null, "T"],
    ["two days", "2,BREF,CREF,T", null, "T"],
    ["unknown", "Z,BREF,CREF,T", null, "T"],
    ["value dated with a time", "V,260402,1530,BREF,CREF,T", "2026-04-02", "T"],
    ["value dated at the end of the day", "V,260402,9999,BREF,CREF,T", "2026-04-02", "T"],
    ["value dated without a time", "V,260402,,BREF,CREF,T", "2026-04-02", "T"],
    ["three amounts, one left out", "S,3,,4,BREF,CREF,T", null, "T"],
    ["pairs of days and amounts", "D,2,0,3,5,4,BREF,CREF,T", null, "T"],
  ])("funds type %s leaves the references where they belong", (_name, rest, valueOn, text) => {
    expect(readLines(one(["195", 7n, rest])).lines).toMatchObject([{ valueOn, bankReference: "BREF", customerReference: "CREF", text }]);
  });

  test("funds types among the balances do not enter the control total", () => {
    const all = lines([{ accounts: [{ summary: [["010", 100n], ["100", 50n]] }] }]);
    all[2] = "03,4711,,010,100,,S,1,2,3,100,50,4,D,2,0,20,1,30/";
    expect(readLines(all).accounts).toMatchObject([{ openingMinor: 100n }]);
  });

  test.each<[string, string, string, string]>([
    ["the account's currency", "EUR", "CAD", "EUR"],
    ["the group's, when the account has none", "", "CAD", "CAD"],
    ["USD, when neither has one", "", "", "USD"],
  ])("money is in %s", (_name, currency, groupCurrency, expected) => {
    const file = readLines(lines([{ header: `02,,BANK,1,260330,,${groupCurrency},/`, accounts: [{ currency, details: [["195", 7n]] }] }]));
    expect(file.lines[0]?.currency).toBe(expected);
  });

  test("yen have no decimals and dinars three: amounts are minor units of the account's currency", () => {
    const file = readLines(lines([{ accounts: [{ currency: "JPY", details: [["195", 1250n]] }, { currency: "KWD", details: [["195", 1250n]] }] }]));
    expect(file.accounts.map(({ currency, creditMinor }) => [currency, creditMinor])).toEqual([["JPY", 1250n], ["KWD", 1250n]]);
  });

  test("a file without groups is sound and empty", () => {
    expect(readLines(lines([]))).toMatchObject({ lines: [], accounts: [], creditMinor: 0n });
  });

  test.each<[number, string]>([[2, "deletes an earlier report"], [4, "is a test"]])("a group of status %i makes no money, and a note says so", (status, says) => {
    const file = readLines(lines([{ status, accounts: [{ details: [["195", 7n]] }] }, { accounts: [{ details: [["195", 11n]] }] }]));
    expect(file.lines.map(({ minor }) => minor)).toEqual([11n]);
    expect(file).toMatchObject({ creditMinor: 11n, lineCount: 1 });
    expect(file.accounts).toHaveLength(1);
    expect(file.notes).toEqual([{ line: 2, text: expect.stringContaining(says) }]);
  });

  test("a test group is still checked", () => {
    const all = lines([{ status: 4, accounts: [{ details: [["195", 7n]] }] }]);
    all[4] = "49,8,3/";
    expect(refusal(() => readLines(all)).line).toBe(5);
  });

  test("lines of a correction are given and none of them is a receipt, because it may repeat what was posted", () => {
    const file = readLines(lines([{ status: 3, accounts: [{ details: [["195", 7n]] }] }]));
    expect(file.creditMinor).toBe(7n);
    expect(file.lines.filter(isReceivable)).toEqual([]);
    expect(file.notes).toMatchObject([{ line: 2 }]);
  });

  test("an interim report is noted, because the final one may repeat its lines", () => {
    expect(readLines(lines([{ header: "02,,BANK,1,260330,1200,USD,3/", accounts: [] }])).notes).toMatchObject([{ line: 2 }]);
  });

  test("a detail without money is noted and left out", () => {
    const file = readLines(one(["195", 0n], ["890", 0n, ",,,Please call"]));
    expect(file.lines).toEqual([]);
    expect(file.notes.map(({ line }) => line)).toEqual([4, 5]);
  });
});

test("lines are cut the same wherever chunks are cut", () => {
  const text = fc.array(fc.constantFrom("a", "b/", "\r", "\n", "\r\n"), { maxLength: 30 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.array(fc.nat(60), { maxLength: 6 }), (whole, cuts) => {
      const ends = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).toSorted((a, b) => a - b), whole.length];
      const chunks = ends.slice(1).map((end, index) => whole.slice(ends[index], end));
      expect([...physicalLines(chunks)]).toEqual([...physicalLines([whole])]);
    }),
  );
});

describe("conservation", () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 13n });
  const detail = fc.tuple(fc.constantFrom("142", "195", "275", "451", "475"), amount).map(([type, minor]) => [type, minor] as const);
  const account = fc.record({ currency: fc.constantFrom("", "USD", "JPY"), summary: fc.array(fc.tuple(fc.constantFrom("010", "100"), amount), { maxLength: 3 }), details: fc.array(detail, { maxLength: 5 }) });
  const groups = fc.array(fc.record({ accounts: fc.array(account, { maxLength: 3 }) }), { maxLength: 3 });

  test("the credits and debits of any sound file are those that were put in", () => {
    fc.assert(
      fc.property(groups, (parts) => {
        const file = readLines(lines(parts));
        const put = parts.flatMap(({ accounts }) => accounts.flatMap(({ details }) => details));
        const sum = (debit: boolean) => put.filter(([type]) => type >= "400" === debit).reduce((all, [, minor]) => all + minor, 0n);
        expect([file.creditMinor, file.debitMinor, file.lineCount]).toEqual([sum(false), sum(true), put.length]);
        expect(file.accounts.reduce((all, { creditMinor }) => all + creditMinor, 0n)).toBe(file.creditMinor);
      }),
    );
  });

  test("one wrong digit in any amount, total or count is refused", () => {
    fc.assert(
      fc.property(groups, fc.nat(), fc.integer({ min: 1, max: 9 }), (parts, where, by) => {
        const text = lines(parts).join("\n");
        const amounts = [...text.matchAll(/(?<=^16,\d{3},|,010,|,100,)\d+/gm)];
        const trailers = [...text.matchAll(/(?<=^(?:49|98|99),)[\d,]+/gm)];
        const spots = [...amounts, ...trailers].flatMap(({ index, 0: digits }) => [...digits].flatMap((digit, offset) => (digit === "," ? [] : [index + offset])));
        const spot = spots[where % spots.length]!;
        const digit = (Number(text[spot]) + by) % 10;
        expect(refusal(() => read(`${text.slice(0, spot)}${digit}${text.slice(spot + 1)}`)).code).toBe("FILE_INVALID");
      }),
    );
  });
});
