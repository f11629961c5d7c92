import { type GraphQLSchema, isIntrospectionType, isSpecifiedScalarType, printType } from "graphql";
import { assemble } from "../app.ts";
import { mapping } from "../mapping.ts";
import { serverDataSource } from "../db/data-source.ts";
import { Database } from "../db/database.ts";
import { systemClock } from "../domain/clock.ts";

/** The assembled schema, on a data source that is never opened: good for reading, not for asking. */
export async function assembledSchema(): Promise<GraphQLSchema> {
  const unopened = new Database(serverDataSource("postgres://127.0.0.1/never-opened", mapping, 1), systemClock, false);
  return (await assemble(unopened, { secret: "no token is signed with this", spool: "nowhere" })).schema;
}

/** A schema as text: types by name, so that a new one moves no other; their fields as written, which is the order to read them in. */
export function schemaText(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
  return `${types.sort((a, b) => (a.name < b.name ? -1 : 1)).map(printType).join("\n\n")}\n`;
}
