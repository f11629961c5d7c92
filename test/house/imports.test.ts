import { readFileSync } from "node:fs";
import { areaOf, expectNone, type SourceFile, sourceFiles } from "./source.ts";

/** Each folder imports itself and what stands before it. The order is the business: a customer is invoiced, takes deductions, pays. */
const LINE =
  "domain · db · live · graphql · companies · files · customers · ledger · openitems · invoices · memos · promotions · deductions · claims · evidence · deadlines · rules · freight · payments · imports · habits · collections · insights · demo".split(" · ");

/** What stands around the features, and may import all of them: the top-level files of `src`, and the commands. */
const AROUND = new Set(["src", "commands"]);

/** The browser's side stands beside the line: it talks to the rest through the graph only. */
const BESIDE = new Set(["board"]);

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: Record<string, string> };
const files = sourceFiles("src");
const faultsIn = (among: readonly SourceFile[], faultsOf: (file: SourceFile) => readonly string[]): string[] =>
  among.flatMap((file) => faultsOf(file).map((fault) => `${file.path} ${fault}`));

test("every folder of src has a place in the import line", () => {
  const areas = new Set(files.map(({ path }) => areaOf(path)!));
  const unknown = [...areas].filter((area) => !LINE.includes(area) && !AROUND.has(area) && !BESIDE.has(area));
  expectNone(unknown, "A new folder needs a place in the import line. Say in src/README.md why it stands there, then add it to LINE in this test:");
});

test("imports go leftwards only", () => {
  const faults = faultsIn(files, ({ path, imports }) => {
    const from = areaOf(path)!;
    if (AROUND.has(from) || BESIDE.has(from)) return [];
    return imports.flatMap(({ file }) => {
      const to = file === null ? null : areaOf(file);
      const allowed = file === null || to === from || (to !== null && LINE.indexOf(to) !== -1 && LINE.indexOf(to) < LINE.indexOf(from));
      return allowed ? [] : [`imports ${file}, which is ${to && LINE.includes(to) ? "to its right" : "outside the import line"}.`];
    });
  });
  expectNone(faults, `A folder imports itself and folders to its left: ${LINE.join(" · ")}. News for a folder to the right travel as an event; a field on an earlier type comes from a resolver in the later folder:`);
});

test("the board imports the domain and itself, and nobody imports the board", () => {
  const faults = faultsIn(files, ({ path, imports }) =>
    imports.flatMap(({ file }) => {
      const [from, to] = [areaOf(path)!, file === null ? null : areaOf(file)];
      if (from === "board") return file === null || to === "board" || to === "domain" ? [] : [`imports ${file}.`];
      return to === "board" ? [`imports ${file}.`] : [];
    }),
  );
  expectNone(faults, "The board runs in the browser and knows the server by its graph: write a document beside it and run `npm run codegen`:");
});

test("domain imports nothing but itself", () => {
  const faults = faultsIn(files.filter(({ path }) => areaOf(path) === "domain"), ({ imports }) =>
    imports.filter(({ file }) => file === null || areaOf(file) !== "domain").map(({ specifier }) => `imports "${specifier}".`),
  );
  expectNone(faults, "src/domain is pure: functions of values, without packages, files, clocks or the database. Hand it what it needs as arguments:");
});

test("an import names the file it opens, or a package that is declared", () => {
  const declared = (specifier: string): boolean => specifier.startsWith("node:") || Object.keys(dependencies).some((name) => specifier === name || specifier.startsWith(`${name}/`));
  const typesOnly = new Set(["@apollo/server-gateway-interface"]);
  const tools = new Set(["src/commands/schema.ts @graphql-inspector/core"]);
  const faults = faultsIn(files, ({ path, imports }) =>
    imports.flatMap(({ specifier, typeOnly }) => {
      if (specifier.startsWith(".")) return /\.(tsx?|json|css)$/.test(specifier) ? [] : [`imports "${specifier}", which does not end in .ts.`];
      return declared(specifier) || (typeOnly && typesOnly.has(specifier)) || tools.has(`${path} ${specifier}`) ? [] : [`imports "${specifier}", which is no dependency in package.json.`];
    }),
  );
  expectNone(faults, "No path aliases and no undeclared packages: write the relative path with its ending, or add the package to `dependencies`:");
});

test("there are no default exports and no barrels", () => {
  const faults = faultsIn(files, ({ path, hasDefaultExport, imports }) => [
    ...(hasDefaultExport ? ["has a default export."] : []),
    ...(/(^|\/)index\.ts$/.test(path) ? ["is called index.ts."] : []),
    ...imports.filter(({ passedOn }) => passedOn).map(({ specifier }) => `passes on what "${specifier}" exports.`),
  ]);
  expectNone(faults, "Export by name, and import from the file that declares it, so that a name leads to its file:");
});
