import { readFileSync } from "node:fs";
import type { DataSource } from "typeorm";
import { mapping } from "../../src/mapping.ts";
import { openEmptyDatabase, openTestDatabase, type TestDatabase } from "../kit/database.ts";
import { expectNone, filesIn } from "./source.ts";

let database: TestDatabase | null = null;
afterEach(async () => {
  await database?.close();
  database = null;
});

test("entities say what the tables have", async () => {
  database = await openTestDatabase();
  const { source } = database.db;
  const faults: string[] = [];
  for (const { tableName, columns } of source.entityMetadatas) {
    const there = new Map((await columnsOf(source, tableName)).map((column) => [column.name, column]));
    for (const { databaseName, type, isNullable, length } of columns) {
      const column = there.get(databaseName);
      const said = `${tableName}.${databaseName} is ${String(type)}${length ? `(${length})` : ""}${isNullable ? "" : " not null"}`;
      if (!column) faults.push(`${said} in the entity, and not in the table.`);
      else if (said !== `${tableName}.${column.name} is ${column.type}${column.nullable ? "" : " not null"}`) faults.push(`${said} in the entity, and ${column.type}${column.nullable ? "" : " not null"} in the table.`);
      there.delete(databaseName);
    }
    for (const name of there.keys()) faults.push(`${tableName}.${name} is in the table, and not in the entity.`);
  }
  expectNone(faults, "An entity maps every column of its table, with its type and nullability. Change the entity, or write a migration:");
});

test("every entity and every migration is known to src/mapping.ts", () => {
  const app = readFileSync("src/mapping.ts", "utf8");
  const unknown = [...filesIn("src", ".entity.ts").map((path) => path.replace(/^src\//, "./")), ...filesIn("migrations", ".ts").map((path) => `../${path}`)].filter((path) => !app.includes(`"${path}"`));
  expectNone(unknown, "Add it to `mapping` in src/mapping.ts:");
  const names = (mapping.migrations as Function[]).map(({ name }) => name);
  expect(names).toEqual([...names].sort((a, b) => Number(a.slice(-13)) - Number(b.slice(-13))));
});

test("migrations run up, down to nothing, and up again to the same", async () => {
  database = await openEmptyDatabase();
  const { source } = database.db;
  const runs = (mapping.migrations as Function[]).length;
  await source.runMigrations({ transaction: "each" });
  const first = await everythingIn(source);
  for (let step = 0; step < runs; step++) await source.undoLastMigration({ transaction: "each" });
  expectNone(await everythingIn(source), "The `down` of some migration leaves these behind. It takes away all that its `up` made:");
  await source.runMigrations({ transaction: "each" });
  expect(await everythingIn(source)).toEqual(first);
});

/** The columns of a table, with types written as entities write them. */
function columnsOf(source: DataSource, table: string): Promise<{ name: string; type: string; nullable: boolean }[]> {
  return source.query(
    `select attname as name, not attnotnull as nullable,
            case format_type(atttypid, null) when 'timestamp with time zone' then 'timestamptz' when 'character' then 'char(' || (atttypmod - 4) || ')' else format_type(atttypid, null) end as type
       from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
    [table],
  );
}

/** Everything that migrations made in a database, by name and definition; TypeORM's own list of migrations is left out. */
async function everythingIn(source: DataSource): Promise<string[]> {
  const rows: { thing: string }[] = await source.query(`
    with own as (select oid, relname, relkind from pg_class where relnamespace = 'public'::regnamespace and relname !~ '^(migrations|PK_)')
    select relkind::text || ' ' || relname as thing from own
    union all
    select relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull
      from own join pg_attribute on attrelid = own.oid where relkind in ('r', 'p', 'v', 'm') and attnum > 0 and not attisdropped
    union all
    select relname || ' ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid) from own join pg_constraint on conrelid = own.oid
    union all
    select relname || ' ' || pg_get_triggerdef(pg_trigger.oid) from own join pg_trigger on tgrelid = own.oid where not tgisinternal
    union all
    select relname || ' ' || pg_get_indexdef(own.oid) from own where relkind = 'i'
    union all
    select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
    union all
    select 'type ' || typname from pg_type where typnamespace = 'public'::regnamespace and typtype in ('d', 'e')
    order by 1`);
  return rows.map(({ thing }) => thing.replace(/^([a-z]) migrations_id_seq$/, "")).filter(Boolean);
}
