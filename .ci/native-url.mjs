// Prints the address of a PostgreSQL server that tests may make databases on, and nothing when none answers.
// The port is the first argument, 5432 when left out.
import pg from "pg";

const port = process.argv[2] ?? "5432";
const people = ["postgres", "postgres:postgres", process.env.USER ?? "root"];
const addresses = people.flatMap((person) => ["postgres", "template1"].map((database) => `postgres://${person}@127.0.0.1:${port}/${database}`));

/** Whether the address lets us in, on a version that books may live on, with the right to make databases. */
async function serves(address) {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 3_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query(
      "select current_setting('server_version_num')::int >= 150000 and (rolsuper or rolcreatedb) as good from pg_roles where rolname = current_user",
    );
    return rows[0]?.good === true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

for (const address of addresses) {
  if (await serves(address)) {
    console.log(address);
    break;
  }
}
