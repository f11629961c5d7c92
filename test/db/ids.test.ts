import { newId } from "../../src/db/ids.ts";

describe("new ids", () => {
  const ids = Array.from({ length: 20_000 }, newId);

  test("sort in the order they were made in, within one millisecond too", () => {
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("are UUIDs of version 7 that carry the moment", () => {
    for (const id of ids.slice(0, 100)) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Math.abs(Date.now() - Number.parseInt(ids[0]!.replace("-", "").slice(0, 12), 16))).toBeLessThan(60_000);
  });

  test("end in 32 random bits, by which customers are locked", () => {
    expect(new Set(ids.map((id) => id.slice(-8))).size).toBeGreaterThan(ids.length - 5);
  });
});
