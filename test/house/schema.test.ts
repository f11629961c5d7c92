import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType, isSpecifiedScalarType } from "graphql";
import { getMetadataStorage } from "type-graphql";
import { assembledSchema, schemaText } from "../../src/commands/schema-text.ts";
import { PERMISSIONS } from "../../src/domain/actor.ts";
import { expectNone, filesIn } from "./source.ts";

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await assembledSchema();
  // Then every resolver of the tree is loaded, so that one which nobody wired is known too, and the decorators are read once more.
  for (const path of filesIn("src", ".resolver.ts")) await import(pathToFileURL(resolve(path)).href);
  await assembledSchema();
});

const roots = () => {
  const { queries, mutations, subscriptions } = getMetadataStorage();
  return [
    ...queries.map((field) => ({ field, type: schema.getQueryType() })),
    ...mutations.map((field) => ({ field, type: schema.getMutationType() })),
    ...subscriptions.map((field) => ({ field, type: schema.getSubscriptionType() })),
  ];
};

test("schema.graphql is what the code says", () => {
  const committed = readFileSync("schema.graphql", "utf8");
  expectNone(committed === schemaText(schema) ? [] : ["schema.graphql differs."], "The schema changed. Run `npm run schema`, read the difference as a client would, and commit the file:");
});

test("every resolver is wired", () => {
  const faults = roots().filter(({ field, type }) => !type?.getFields()[field.schemaName]).map(({ field }) => `${field.target.name}.${field.methodName}`);
  const added = getMetadataStorage().fieldResolvers.filter(({ kind }) => kind === "external").flatMap((field) => {
    const owner = field.resolverClassMetadata ?? getMetadataStorage().resolverClasses.find(({ target }) => target === field.target);
    const objectType = getMetadataStorage().objectTypes.find(({ target }) => target === owner?.getObjectType?.());
    const type = objectType && schema.getType(objectType.name);
    return isObjectType(type) && type.getFields()[field.schemaName] ? [] : [`${field.target.name}.${field.methodName}`];
  });
  expectNone([...faults, ...added], "A resolver class that is not in the list of src/app.ts adds nothing, without an error. Wire these there:");
});

test("every root field states the permission it needs", () => {
  const known = new Set<string>([...PERMISSIONS, "signed-in", "operator"]);
  const faults = roots().flatMap(({ field }) => {
    const stated = (field.roles ?? []) as string[];
    if (stated.length === 0) return [`${field.target.name}.${field.methodName} states none.`];
    return stated.filter((name) => !known.has(name)).map((name) => `${field.target.name}.${field.methodName} needs "${name}", which is no permission.`);
  });
  expectNone(faults, 'Put @Authorized<Requirement>("…") on every query, mutation and subscription, with a permission of src/domain/actor.ts:');
});

test("nothing but root fields is guarded, and there is no middleware", () => {
  const rootKeys = new Set(roots().map(({ field }) => `${field.target.name}.${field.methodName}`));
  const { authorizedFields, authorizedResolver, middlewares, resolverMiddlewares } = getMetadataStorage();
  const faults = [
    ...authorizedFields.map(({ target, fieldName }) => `${target.name}.${fieldName}`).filter((key) => !rootKeys.has(key)).map((key) => `${key} has @Authorized.`),
    ...authorizedResolver.map(({ target }) => `The class ${target.name} has @Authorized.`),
    ...middlewares.map(({ target, fieldName }) => `${target.name}.${fieldName} has a middleware.`),
    ...resolverMiddlewares.map(({ target }) => `The class ${target.name} has a middleware.`),
  ];
  expectNone(faults, "A guard on a field runs for every row. Which rows one may see is a predicate in SQL and in loaders; what one may do is stated on the root field:");
});

test("everything in the schema is described", () => {
  const faults = described().flatMap(({ place, description }) => {
    if (!description?.trim()) return [`${place} has no description.`];
    return /^the id of/i.test(description.trim()) ? [`${place}: "${description}" only repeats its name.`] : [];
  });
  expectNone(faults, "Say what it means, in which unit, and what null means, for somebody who sees nothing but the schema. Never \"The id of the X\":");
});

/** Everything that has a name in the schema, with what is said about it. */
function described(): { readonly place: string; readonly description: string | null | undefined }[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type));
  const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  return types.flatMap((type) => {
    const own = roots.has(type) ? [] : [{ place: type.name, description: type.description }];
    if (isEnumType(type)) return [...own, ...type.getValues().map(({ name, description }) => ({ place: `${type.name}.${name}`, description }))];
    if (isInputObjectType(type)) return [...own, ...Object.values(type.getFields()).map(({ name, description }) => ({ place: `${type.name}.${name}`, description }))];
    if (!isObjectType(type) && !isInterfaceType(type)) return own;
    const fields = Object.values(type.getFields()).flatMap(({ name, description, args }) => [
      { place: `${type.name}.${name}`, description },
      ...args.map((arg) => ({ place: `${type.name}.${name}(${arg.name})`, description: arg.description })),
    ]);
    return [...own, ...fields];
  });
}
