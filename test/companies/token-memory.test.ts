import { Tokens } from "../../src/companies/tokens.ts";
import { TokenMemory } from "../../src/companies/token-memory.ts";

const SECRET = "a secret of this test, of at least 32 letters";

test("a token is verified once, and again when it has expired", async () => {
  let [now, asked] = [1_000, 0];
  const memory = new TokenMemory(async () => (asked++, { expiresAt: new Date(2_000) }), () => now);
  expect(await memory.read("token")).toEqual(await memory.read("token"));
  expect(asked).toBe(1);
  now = 2_000;
  await memory.read("token");
  expect(asked).toBe(2);
});

test("what was no token is looked at again, and takes no place", async () => {
  let asked = 0;
  const memory = new TokenMemory<{ expiresAt: Date }>(async () => (asked++, null));
  expect(await memory.read("forged")).toBeNull();
  expect(await memory.read("forged")).toBeNull();
  expect(asked).toBe(2);
});

test("a remembered token speaks for its own person only", async () => {
  const tokens = new Tokens(SECRET);
  const [ada, bob] = [await tokens.sign({ subject: "ada", operator: false }, 60), await tokens.sign({ subject: "bob", operator: true }, 60)];
  for (let time = 0; time < 2; time++) {
    expect(await tokens.verify(ada)).toMatchObject({ subject: "ada", operator: false });
    expect(await tokens.verify(bob)).toMatchObject({ subject: "bob", operator: true });
    expect(await tokens.verify(`${ada}x`)).toBeNull();
  }
});
