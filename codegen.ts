import type { CodegenConfig } from "@graphql-codegen/cli";

/** Makes typed documents of the `.graphql` files beside the tests. */
const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: "test/**/*.graphql",
  generates: {
    "test/kit/gql.ts": {
      plugins: ["typescript-operations", "typed-document-node"],
      config: {
        scalars: { ID: "string", MinorUnits: "string", Date: "string", DateTime: "string" },
        strictScalars: true,
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: true,
      },
    },
  },
};

export default config;
