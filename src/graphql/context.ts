import DataLoader from "dataloader";
import type { Database } from "../db/database.ts";
import type { Page, PageArgs } from "../db/page.ts";
import { type Actor, may, type Permission } from "../domain/actor.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { type AskedLoader, type Loader, type RowKey, textOfKey } from "./loader.ts";

/** Loads the same page of a list below each of many parents. */
export type PageLoader<Row> = (parents: readonly RowKey[], args: PageArgs, db: Database) => Promise<readonly Page<Row>[]>;

/** What every resolver is handed. One per request, and one per pushed event: loaded rows never outlive what asked for them. */
export class Context {
  // Not `#private`: Apollo hands resolvers a shallow copy of the context, and a copy has no `#` fields.
  private readonly loaders = new Map<unknown, DataLoader<RowKey, unknown, string>>();
  private readonly questions = new Map<unknown, Map<string, Loader<unknown>>>();
  private readonly pages = new Map<unknown, Map<string, DataLoader<RowKey, unknown, string>>>();

  constructor(
    /** Null when the request carried no token. */
    readonly signedIn: Actor | null,
    public db: Database,
    readonly tail: Tail,
    readonly companies: CompanyLookup,
  ) {}

  /** Lets everything read from now on take so many milliseconds at most. Commands have no such limit: half of one would be none. */
  limitTo(milliseconds: number): this {
    this.db = this.db.until(Date.now() + milliseconds);
    return this;
  }

  get actor(): Actor {
    if (!this.signedIn) throw new Error("A resolver ran without an actor; its field states no permission.");
    return this.signedIn;
  }

  /** The company a root field is about, in which the actor holds the permission. Left out, it is the only company the actor knows. */
  async company(permission: Permission, code: string | null | undefined): Promise<string> {
    const { grants } = this.actor;
    const companyId = code ? await this.companies(code) : grants.size === 1 ? [...grants.keys()][0]! : null;
    if (!code && companyId === null) throw new Refusal("VALUE_INVALID", "Name the company; you work in none or in several.", { field: ["company"] });
    if (companyId === null || !may(this.actor, permission, companyId)) {
      throw new Refusal("FORBIDDEN", `You may not do this in a company called "${code ?? ""}".`, { field: ["company"] });
    }
    return companyId;
  }

  /** The company of an object that an argument names. Refuses one the actor may not touch as if the object were not there. */
  companyOf(permission: Permission, companyId: string | undefined): string {
    if (companyId && this.actor.grants.has(companyId)) {
      if (may(this.actor, permission, companyId)) return companyId;
      throw new Refusal("FORBIDDEN", `This needs the permission ${permission} in that company.`);
    }
    throw new Refusal("NOT_FOUND", "There is no such thing in a company you work in.");
  }

  load<Value>(loader: Loader<Value>, companyId: string, id: string): Promise<Value | null> {
    let batched = this.loaders.get(loader);
    if (!batched) {
      const batch = async (keys: readonly RowKey[]) => {
        const found = await loader(keys, this.db);
        return keys.map((key) => found.get(textOfKey(key)) ?? null);
      };
      this.loaders.set(loader, (batched = new DataLoader(batch, { cacheKeyFn: textOfKey })));
    }
    return batched.load({ companyId, id }) as Promise<Value | null>;
  }

  /** What is known of a key when it is asked something: the keys of a request that are asked the same are loaded at once. */
  loadAsked<Asked, Value>(loader: AskedLoader<Asked, Value>, asked: Asked, companyId: string, id: string): Promise<Value | null> {
    const same = JSON.stringify(asked);
    let byQuestion = this.questions.get(loader);
    if (!byQuestion) this.questions.set(loader, (byQuestion = new Map()));
    let bound = byQuestion.get(same) as Loader<Value> | undefined;
    if (!bound) byQuestion.set(same, (bound = (keys, db) => loader(keys, asked, db)));
    return this.load(bound, companyId, id);
  }

  /** For a key that the database promises to have, such as a foreign key. */
  async require<Value>(loader: Loader<Value>, companyId: string, id: string): Promise<Value> {
    const value = await this.load(loader, companyId, id);
    if (value === null) throw new Error(`Nothing loaded for the required key ${id}.`);
    return value;
  }

  /** A page below one parent; the pages below all parents of a request are read in one statement. */
  page<Row>(loader: PageLoader<Row>, parent: RowKey, args: PageArgs): Promise<Page<Row>> {
    const { first, after, last, before } = args;
    const same = JSON.stringify([first, after, last, before]);
    let byArgs = this.pages.get(loader);
    if (!byArgs) this.pages.set(loader, (byArgs = new Map()));
    let batched = byArgs.get(same);
    if (!batched) {
      batched = new DataLoader<RowKey, unknown, string>((parents) => loader(parents, args, this.db), { cacheKeyFn: textOfKey });
      byArgs.set(same, batched);
    }
    return batched.load(parent) as Promise<Page<Row>>;
  }
}

/** The id of the company with a code, or null. */
export type CompanyLookup = (code: string) => Promise<string | null>;
