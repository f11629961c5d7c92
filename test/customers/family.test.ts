import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { AddPayingRelationshipDocument, EndPayingRelationshipDocument, FamilyDocument, SetParentDocument } from "../kit/gql.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => new Date("2026-03-01T12:00:00Z") } });
});
beforeEach(async () => {
  books = await Books.open(app);
});
afterAll(() => app.close());

const place = async (customerId: string, parentId: string | null, effectiveOn = "2026-01-01") =>
  (await app.query(books.company.as.controller, SetParentDocument, { input: { customerId, parentId, effectiveOn } })).setParent;

async function family(id: string, on?: string) {
  const { node } = await app.query(books.company.as.collector, FamilyDocument, { id, ...(on && { on }) });
  if (!node || !("places" in node)) throw new Error("There is no such customer.");
  return node;
}

const pays = async (payerId: string, customerId: string, startsOn: string, endsOn: string | null = null) =>
  (await app.query(books.company.as.controller, AddPayingRelationshipDocument, { input: { payerId, customerId, startsOn, endsOn } })).addPayingRelationship;

describe("who belongs to whom", () => {
  test("a customer has a parent from a day on, and each place tells who recorded it", async () => {
    const [group, shop] = [await books.customer({ name: "Group" }), await books.customer({ name: "Shop" })];
    expect(await place(shop.id, group.id, "2026-02-01")).toEqual({ customer: { id: shop.id, parent: { id: group.id } }, userErrors: [] });
    await place(shop.id, null, "2026-06-01");
    expect((await family(shop.id, "2026-01-31")).parent).toBeNull();
    expect((await family(shop.id, "2026-05-31")).parent).toEqual({ id: group.id });
    expect((await family(shop.id, "2026-06-01")).parent).toBeNull();
    const recordedBy = books.company.subjects.controller;
    expect((await family(shop.id)).places).toEqual([
      { effectiveOn: "2026-02-01", recordedBy, parent: { id: group.id } }, { effectiveOn: "2026-06-01", recordedBy, parent: null },
    ]);
    expect((await family(group.id)).children!.edges).toEqual([{ node: { id: shop.id, name: "Shop" } }]);
  });

  test("the children of today do not count a place that was replaced", async () => {
    const [old, young, shop] = [await books.customer(), await books.customer(), await books.customer()];
    await place(shop.id, old.id, "2026-01-01");
    await place(shop.id, young.id, "2026-02-01");
    expect((await family(old.id)).children!.edges).toEqual([]);
    expect((await family(young.id)).children!.edges).toHaveLength(1);
  });

  test("no customer ever stands above itself, on no day", async () => {
    const [a, b, c] = [await books.customer(), await books.customer(), await books.customer()];
    await place(b.id, a.id, "2026-05-01");
    await place(c.id, b.id, "2026-01-01");
    const refused = { customer: null, userErrors: [{ code: "VALUE_INVALID", field: ["parentId"] }] };
    expect(await place(a.id, a.id)).toMatchObject(refused);
    expect(await place(a.id, c.id, "2026-02-01")).toMatchObject({ ...refused, userErrors: [{ message: expect.stringContaining("On 2026-05-01") }] });
    expect((await family(a.id)).places).toEqual([]);
  });

  test("two changes that are good alone and a circle together are not both done", async () => {
    const [a, b] = [await books.customer(), await books.customer()];
    const done = await Promise.all([place(a.id, b.id), place(b.id, a.id)]);
    expect(done.filter(({ userErrors }) => userErrors.length > 0)).toHaveLength(1);
  });
});

describe("who pays for whom", () => {
  test("is apart from who belongs to whom, and has its days and its authors", async () => {
    const [payer, shop] = [await books.customer(), await books.customer()];
    const { payingRelationship, userErrors } = await pays(payer.id, shop.id, "2026-01-01");
    const recordedBy = books.company.subjects.controller;
    const told = { id: payingRelationship!.id, startsOn: "2026-01-01", endsOn: null, recordedBy, endedBy: null, payer: { id: payer.id }, customer: { id: shop.id } };
    expect([payingRelationship, userErrors]).toEqual([told, []]);
    expect(await family(payer.id)).toMatchObject({ parent: null, paysFor: { edges: [{ node: told }] }, paidBy: { edges: [] } });
    expect(await family(shop.id)).toMatchObject({ parent: null, paysFor: { edges: [] }, paidBy: { edges: [{ node: told }] } });
    const end = async (endsOn: string) => (await app.query(books.company.as.controller, EndPayingRelationshipDocument, { input: { payingRelationshipId: told.id, endsOn } })).endPayingRelationship;
    expect(await end("2025-12-31")).toMatchObject({ userErrors: [{ code: "DATE_INVALID", field: ["endsOn"] }] });
    expect(await end("2026-06-30")).toEqual({ payingRelationship: { ...told, endsOn: "2026-06-30", endedBy: recordedBy }, userErrors: [] });
    expect(await end("2026-05-31")).toMatchObject({ userErrors: [{ code: "CONFLICT" }] });
    expect(await pays(payer.id, shop.id, "2026-06-30")).toMatchObject({ userErrors: [{ code: "DUPLICATE", field: ["startsOn"] }] });
    expect(await pays(payer.id, shop.id, "2026-07-01")).toMatchObject({ userErrors: [] });
  });

  test("nobody pays for itself, nor backward in time", async () => {
    const [payer, shop] = [await books.customer(), await books.customer()];
    expect(await pays(payer.id, payer.id, "2026-01-01")).toMatchObject({ userErrors: [{ code: "VALUE_INVALID", field: ["payerId"] }] });
    expect(await pays(payer.id, shop.id, "2026-02-01", "2026-01-31")).toMatchObject({ userErrors: [{ code: "DATE_INVALID", field: ["endsOn"] }] });
  });
});
