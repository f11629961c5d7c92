import type { Random } from "./random.ts";

/** Names that the guide and the examples use. All names here are made up. */
const KNOWN = ["Harbor Street Market", "Brightfield Grocers", "Oak & Anchor Stores", "Sunday Pantry Co-op", "Northgate Discount", "Little Lantern Cafes"];

const FIRST = [
  "Alder", "Amber", "Ashgrove", "Bellwether", "Birchbark", "Bluestem", "Bramble", "Cedarline", "Cobblestone", "Copperpot", "Crosswind", "Dovetail", "Driftwood",
  "Eastbrook", "Elderflower", "Fernhollow", "Foxglove", "Goldenrod", "Graystone", "Hawthorn", "Hearthside", "Hollyhock", "Ironbridge", "Juniper", "Kestrel",
  "Larkspur", "Longmeadow", "Maplewood", "Marigold", "Millrace", "Moonrise", "Nettlecombe", "Old Ferry", "Orchard Lane", "Pinecrest", "Quarry Hill", "Redfern",
  "Riverbend", "Rosewater", "Saltmarsh", "Sparrow", "Stonebridge", "Summerfield", "Tamarack", "Thistledown", "Three Chimneys", "Twin Oaks", "Wayfarer", "Willowbrook", "Winterberry",
];
const KIND = [
  "Market", "Grocers", "Foods", "Provisions", "Pantry", "Deli", "Bakery Group", "Cafes", "Kitchens", "Catering", "Co-op", "Corner Stores", "Superstores", "Hotels", "Restaurants", "Trading",
];
const PEOPLE = ["Ava Lindqvist", "Ben Okafor", "Carla Moretti", "Dinesh Rao", "Ella Novak", "Felix Brandt", "Grace Adeyemi", "Hugo Martel", "Iris Tanaka", "Jonas Weiss", "Kira Dahl", "Leo Santos", "Mina Haddad", "Noah Pell", "Olga Petrov", "Priya Nair"];

/** So many different names of customers. */
export function customerNames(count: number, random: Random): string[] {
  const names = new Set(KNOWN);
  while (names.size < count) names.add(`${random.pick(FIRST)} ${random.pick(KIND)}`);
  return [...names].slice(0, count);
}

/** Somebody to talk to about invoices of a customer. */
export function contactOf(name: string, random: Random): object {
  const person = random.pick(PEOPLE);
  const domain = `${name.toLowerCase().replace(/[^a-z]+/g, "-").replace(/^-|-$/g, "")}.example`;
  return { name: person, role: "ACCOUNTS_PAYABLE", email: `${person.toLowerCase().replace(" ", ".")}@${domain}`, phone: `+1 555 01${random.whole(10, 99)}` };
}
