import type { CodegenConfig } from "@graphql-codegen/cli";

const plugins = ["typescript-operations", "typed-document-node"];

const config = {
  scalars: { ID: "string", MinorUnits: "string", Date: "string", DateTime: "string" },
  strictScalars: true,
  useTypeImports: true,
  enumsAsTypes: true,
  skipTypename: true,
};

/** Makes typed documents of the `.graphql` files beside the tests, and of those of the board. */
const generated: CodegenConfig = {
  schema: "schema.graphql",
  generates: {
    "test/kit/gql.ts": { documents: "test/**/*.graphql", plugins, config },
    "src/board/gql/documents.ts": { documents: "src/board/**/*.graphql", plugins, config },
  },
};

export default generated;
