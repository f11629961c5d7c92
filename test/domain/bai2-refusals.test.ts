import { lines, readLines, refusal } from "./bai2-builder.ts";

describe("a BAI2 file is refused with the line at fault when", () => {
  // 1: 01 · 2: 02 · 3: 03 · 4: 16 · 5: 88 · 6: 49 · 7: 98 · 8: 99
  const sound = lines([{ accounts: [{ summary: [["010", 100n]], details: [["195", 7n, ",,,Wire", "EREF: 1"]] }] }]);
  const swap = (line: number, to: string) => sound.with(line - 1, to);
  const without = (...numbers: number[]) => sound.filter((_line, index) => !numbers.includes(index + 1));
  const plus = (after: number, text: string) => sound.toSpliced(after, 0, text);

  test("it stands here as sound before anything is broken", () => {
    expect(sound.slice(-3)).toEqual(["49,107,4/", "98,107,1,6/", "99,107,1,8/"]);
    expect(readLines(sound).lines).toHaveLength(1);
  });

  test.each<[string, readonly string[], number, RegExp]>([
    ["it is empty", [], 1, /Expected the file header \(01\)/],
    ["it holds only blanks", ["  ", ""], 1, /Expected the file header \(01\)/],
    ["it does not begin with a header", without(1), 1, /Expected record 01 at the start of a file; found 02/],
    ["it is of version 1", swap(1, "01,BANK,OPENITEM,260331,0600,7,80,1,1/"), 1, /Expected version 2.*found "1"/],
    ["its creation date is no day", swap(1, "01,BANK,OPENITEM,260231,0600,7,80,1,2/"), 1, /file creation date.*found "260231"/],
    ["its creation time is no time", swap(1, "01,BANK,OPENITEM,260331,2460,7,80,1,2/"), 1, /file creation time.*found "2460"/],
    ["its sender is missing", swap(1, "01,,OPENITEM,260331,0600,7,80,1,2/"), 1, /Expected the sender/],
    ["its header says too much", swap(1, "01,BANK,OPENITEM,260331,0600,7,80,1,2,X/"), 1, /no more fields/],
    ["its header is not closed", swap(1, "01,BANK,OPENITEM,260331,0600,7,80,1,2"), 1, /closed by "\/"/],
    ["a record code is unknown", plus(2, "17,4711/"), 3, /must begin with one of 01.*found "17,4711\/"/],
    ["a record code inside an account is unknown", plus(4, "17,195,5/"), 5, /found "17,195,5\/"/],
    ["a line has no record code", plus(3, "HELLO/"), 4, /must begin with one of/],
    ["a line without a code follows a closed text", plus(4, "HELLO/"), 5, /the record before it is closed/],
    ["a line without a code follows an open text and nothing closes it", swap(4, "16,195,7,,,,Wire").toSpliced(4, 0, "HELLO"), 5, /no slash closes it/],
    ["a continuation continues nothing", ["88,X/", ...sound], 1, /before any record/],
    ["a group status is unknown", swap(2, "02,OPENITEM,BANK,5,260330,2400,,2/"), 2, /group status 1, 2, 3 or 4; found "5"/],
    ["an as-of date is missing", swap(2, "02,OPENITEM,BANK,1,,2400,,2/"), 2, /as-of date.*found ""/],
    ["an as-of date is no day", swap(2, "02,OPENITEM,BANK,1,261330,2400,,2/"), 2, /as-of date.*found "261330"/],
    ["an as-of time is no time", swap(2, "02,OPENITEM,BANK,1,260330,2401,,2/"), 2, /as-of time.*found "2401"/],
    ["a group currency is unknown", swap(2, "02,OPENITEM,BANK,1,260330,2400,XXQ,2/"), 2, /currency code; found "XXQ"/],
    ["an account currency is unknown", swap(3, "03,4711,US,010,100,,/"), 3, /currency code; found "US"/],
    ["an account has no number", swap(3, "03,,,010,100,,/"), 3, /Expected the account number/],
    ["a balance is no number", swap(3, "03,4711,,010,1.00,,/"), 3, /amount of type 010 as digits in minor units; found "1.00"/],
    ["a total of credits is negative", swap(3, "03,4711,,100,-100,,/"), 3, /without a minus sign; found "-100"/],
    ["a balance has no type", swap(3, "03,4711,,,100,,/"), 3, /Expected a type code before the amount 100/],
    ["a type code is not three digits", swap(3, "03,4711,,10,100,,/"), 3, /type code of three digits; found "10"/],
    ["an item count is no number", swap(3, "03,4711,,010,100,x,/"), 3, /item count of type 010 as digits; found "x"/],
    ["a balance in a continuation is no number", swap(3, "03,4711,,010/").toSpliced(3, 0, "88,1OO,,/"), 4, /found "1OO"/],
    ["a detail is a balance", swap(4, "16,010,7,,,,Wire/"), 4, /detail code of 100 to 699, 890 or 920 to 999; found "010"/],
    ["a detail is of a loan", swap(4, "16,721,7,,,,Wire/"), 4, /detail code.*found "721"/],
    ["a detail is a bank's own status", swap(4, "16,915,7,,,,Wire/"), 4, /detail code.*found "915"/],
    ["a detail has no code", swap(4, "16,,7,,,,Wire/"), 4, /detail code.*found ""/],
    ["a detail's amount is negative", swap(4, "16,195,-7,,,,Wire/"), 4, /without a minus sign; found "-7"/],
    ["a detail's amount has a decimal point", swap(4, "16,195,0.07,,,,Wire/"), 4, /digits in minor units; found "0.07"/],
    ["a detail's amount is beyond what a document may carry", swap(4, "16,195,1000000000000000,,,,Wire/"), 4, /at most 999999999999999; found 1000000000000000/],
    ["a text-only detail carries money", swap(4, "16,890,7,,,,Wire/"), 4, /Code 890 carries no money; found the amount 7/],
    ["a funds type is unknown", swap(4, "16,195,7,Q,,,Wire/"), 4, /funds type.*found "Q"/],
    ["a value date is missing", swap(4, "16,195,7,V,,,,,Wire/"), 4, /value date.*found ""/],
    ["availability runs out of pairs", swap(3, "03,4711,,010,100,,D,2,0,100/"), 3, /Expected 1 more pair/],
    ["an account total disagrees", swap(6, "49,106,4/"), 6, /states 106 for the sum of the account's amounts; the file adds up to 107/],
    ["an account total is missing", swap(6, "49,,4/"), 6, /Expected the sum of the account's amounts; found an empty field/],
    ["an account's records are miscounted", swap(6, "49,107,3/"), 6, /states 3 records of the account; the file has 4/],
    ["a group total disagrees", swap(7, "98,106,1,6/"), 7, /states 106 for the sum of the account totals; the file adds up to 107/],
    ["a group's accounts are miscounted", swap(7, "98,107,2,6/"), 7, /states 2 accounts in the group; the file has 1/],
    ["a group's records are miscounted", swap(7, "98,107,1,7/"), 7, /states 7 records of the group; the file has 6/],
    ["a file total disagrees", swap(8, "99,108,1,8/"), 8, /states 108 for the sum of the group totals; the file adds up to 107/],
    ["a file's groups are miscounted", swap(8, "99,107,2,8/"), 8, /states 2 groups in the file; the file has 1/],
    ["a file's records are miscounted", swap(8, "99,107,1,9/"), 8, /states 9 records of the file; the file has 8/],
    ["a count is no number", swap(8, "99,107,1,/"), 8, /number of records of the file as digits; found ""/],
    ["a trailer is cut off", swap(8, "99,107,1,"), 8, /closed by "\/"/],
    ["the account trailer is missing", without(6), 6, /Expected record 16 or 49 inside the account; found 98/],
    ["the group trailer is missing", without(7), 7, /Expected record 03 or 98 inside the group; found 99/],
    ["the file trailer is missing", without(8), 7, /Expected the file trailer \(99\); the file ends/],
    ["it stops in a group", without(7, 8), 6, /Expected the group trailer \(98\)/],
    ["it stops in an account", without(6, 7, 8), 4, /Expected the account trailer \(49\)/],
    ["a detail stands outside an account", plus(2, "16,195,7/"), 3, /Expected record 03 or 98 inside the group; found 16/],
    ["an account stands outside a group", without(2), 2, /Expected record 02 or 99 inside the file; found 03/],
    ["a second header follows", plus(1, sound[0]!), 2, /Expected record 02 or 99 inside the file; found 01/],
    ["a group is inside an account", plus(3, sound[1]!), 4, /found 02/],
    ["anything follows the file trailer", [...sound, "01,BANK,OPENITEM,260331,0600,7,80,1,2/"], 9, /Nothing may follow the file trailer \(99\); found "01,BANK,OPEN"/],
    ["a line is longer than any record", plus(4, `88,${"X".repeat(70_000)}/`), 5, /longer than 65536/],
  ])("%s", (_name, broken, line, message) => {
    const refused = refusal(() => readLines(broken));
    expect(refused.message).toMatch(message);
    expect([refused.code, refused.line]).toEqual(["FILE_INVALID", line]);
  });
});
