import { readFileSync } from "node:fs";
import { areaOf, expectNone, type SourceFile, sourceFiles } from "./source.ts";
import type { Import } from "./syntax.ts";

const files = sourceFiles("src");
const ofKind = (kind: string): SourceFile[] => files.filter(({ path }) => path.endsWith(`.${kind}.ts`));

const GRAPHQL_PACKAGES = /^(graphql|type-graphql|graphql-.+|@apollo\/.+)$/;
const isPackage = (name: string) => ({ specifier }: Import): boolean => specifier === name;
const isKind = (...kinds: readonly string[]) => ({ file }: Import): boolean => kinds.some((kind) => file?.endsWith(`.${kind}.ts`));
const isGraphQL = (it: Import): boolean => GRAPHQL_PACKAGES.test(it.specifier) || isKind("type", "resolver")(it) || (it.file !== null && areaOf(it.file) === "graphql");

/** The faults of all files of a kind: imports that it may not have. */
function forbidden(kind: string, ...wrong: readonly ((it: Import) => boolean)[]): string[] {
  return ofKind(kind).flatMap(({ path, imports }) => imports.filter((it) => wrong.some((is) => is(it))).map(({ specifier }) => `${path} imports "${specifier}".`));
}

test("an entity is a row: columns and getters, no relations, no hooks, nothing of GraphQL", () => {
  const extras = ofKind("entity").flatMap(({ path, imports }) =>
    imports.filter(isPackage("typeorm")).flatMap(({ names }) => names.filter((name) => !["Column", "Entity", "PrimaryColumn"].includes(name)).map((name) => `${path} uses ${name} of typeorm.`)),
  );
  const lazy = ofKind("entity").filter(({ text }) => /\b(lazy|eager): true/.test(text)).map(({ path }) => `${path} loads lazily or eagerly.`);
  expectNone([...forbidden("entity", isPackage("type-graphql"), isKind("type")), ...extras, ...lazy], "An x.entity.ts maps one row. Foreign keys live in migrations, loaders join, and the public shape is x.type.ts:");
});

test("a type is the public shape and knows nothing of tables", () => {
  const rowsByValue = (it: Import): boolean => isKind("sql")(it) && !it.typeOnly;
  expectNone(forbidden("type", isPackage("typeorm"), isKind("entity"), rowsByValue), "An x.type.ts may `import type` the row of an x.sql.ts that it shapes, and no more of the database than that:");
});

test("a resolver translates: no entities, no writing", () => {
  expectNone(forbidden("resolver", isPackage("typeorm"), isKind("entity")), "An x.resolver.ts takes arguments, calls a service or a reader, and gives a shape. The row belongs to the service:");
  const faults = ofKind("resolver").flatMap(({ path, imports }) =>
    imports.filter((it) => isKind("sql")(it) && !it.typeOnly).flatMap(({ file, names }) => names.filter((name) => writes(file!, name)).map((name) => `${path} calls ${name} of ${file}.`)),
  );
  expectNone(faults, "A resolver may call what reads in an x.sql.ts, when there is no rule to guard. What writes or locks is called by a service, in its transaction:");
});

test("a resolver method has at most 10 lines, and no SQL", () => {
  const ROOTS = ["Query", "Mutation", "Subscription", "FieldResolver"];
  const long = ofKind("resolver").flatMap(({ path, functions }) =>
    functions.filter(({ decorators, bodyLines }) => bodyLines > 10 && decorators.some((name) => ROOTS.includes(name))).map(({ name, bodyLines, firstLine }) => `${path}:${firstLine} ${name} has ${bodyLines} lines.`),
  );
  const sql = ofKind("resolver").filter(({ text }) => /\b(select .+ from|insert into|delete from|update \w+ set)\b/.test(text)).map(({ path }) => `${path} contains SQL.`);
  expectNone([...long, ...sql], "A resolver only translates. Move the rule to domain, the order of steps to the service, the shape to x.type.ts and the statement to x.sql.ts:");
});

test.each(["service", "sql"])("a %s knows nothing of GraphQL", (kind) => {
  expectNone(forbidden(kind, isGraphQL), `An x.${kind}.ts is used by commands and importers too. Translate in the resolver, with keys and values going in and rows coming out:`);
});

test("a loader does not import resolvers", () => {
  expectNone(forbidden("loader", isKind("resolver")), "An x.loader.ts batches reads by key; resolvers use it, not the other way around:");
});

test("transactions begin in services only", () => {
  const mayBegin = (path: string): boolean => path.endsWith(".service.ts") || areaOf(path) === "db";
  const faults = files.filter(({ path, imports }) => !mayBegin(path) && imports.some((it) => it.file === "src/db/transaction.ts" && !it.typeOnly && it.names.includes("transact"))).map(({ path }) => `${path} calls transact.`);
  expectNone(faults, "One command, one transaction, begun in the public method of an x.service.ts. What runs inside takes `tx: Tx` as its first parameter:");
});

test("only src/config.ts reads the environment", () => {
  const faults = [...files, ...sourceFiles("migrations")].filter(({ path, text }) => path !== "src/config.ts" && /process\.env\b/.test(text)).map(({ path }) => `${path} reads process.env.`);
  expectNone(faults, "Settings are read and explained in one place. Add yours to Config in src/config.ts and hand it down:");
});

/** Whether what a file exports under a name writes or locks, judged by its text up to the next declaration. */
function writes(path: string, name: string): boolean {
  const text = readFileSync(path, "utf8");
  const start = text.search(new RegExp(`^export (async )?(const|function) ${name}\\b`, "m"));
  if (start === -1) return false;
  const rest = text.slice(start + 1);
  const end = rest.search(/^(export |const |async function |function |class |interface )/m);
  return /\b(insert into|delete from|pg_advisory\w*|for update|update \w+ (as \w+ )?set|merge into)\b/i.test(end === -1 ? rest : rest.slice(0, end));
}
