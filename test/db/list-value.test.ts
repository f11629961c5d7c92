import { openTestApp, type TestApp } from "../kit/app.ts";

let t: TestApp;
beforeAll(async () => void (t = await openTestApp()));
afterAll(() => t.close());

describe("lists as values of a statement", () => {
  test.each([
    ["plain texts", ["a", "B2", "x-y", "2026-01-31"]],
    ["signs with a meaning", ['say "so"', "back\\slash", "{braces}", "a,b", "'", "tab\there", "two\nlines", " leading"]],
    ["emptiness and the word for null", ["", "null", "NULL", "Null", null, "nullable"]],
    ["other scripts", ["Ünïcøde", "日本", "\u00a0", "\u2003", "😀"]],
    ["no element", []],
  ])("arrive as they were given: %s", async (_what, texts) => {
    expect(await t.db.run("test.texts", "select $1::text[] as texts", [texts])).toEqual([{ texts }]);
  });

  test("hold numbers, big integers and booleans", async () => {
    const values = [[1, -2, null], [9007199254740993n, 0n, null], [true, false, null], ["12.50"]];
    const [row] = await t.db.run<object>("test.numbers", "select $1::int[] as ints, $2::bigint[]::text[] as bigints, $3::boolean[] as booleans, $4::numeric[]::text[] as numbers", values);
    expect(row).toEqual({ ints: [1, -2, null], bigints: ["9007199254740993", "0", null], booleans: [true, false, null], numbers: ["12.50"] });
  });

  test("hold no objects", async () => {
    await expect(t.db.run("test.objects", "select $1::jsonb[]", [[{ a: 1 }]])).rejects.toThrow("JSON is given as text");
  });
});
