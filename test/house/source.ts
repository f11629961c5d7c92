import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, posix } from "node:path";
import { parseSync } from "@swc/core";
import { functionsOf, importsOf, type FunctionSpan, type Import, type Syntax } from "./syntax.ts";

/** A TypeScript file as the house rules look at it. */
export interface SourceFile {
  /** Path from the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  readonly hasDefaultExport: boolean;
  readonly functions: readonly FunctionSpan[];
}

const GENERATED = new Set(["test/kit/gql.ts", "src/board/gql/documents.ts"]);

/** Paths of all files below a folder (or the file itself), from the root of the repository, in order. */
export function filesIn(folder: string, ending: string): string[] {
  if (statSync(folder).isFile()) return [folder];
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => posix.join(folder, name.replaceAll("\\", "/")));
  return names.filter((path) => path.endsWith(ending) && !path.includes("node_modules/")).sort();
}

/** Every TypeScript file below the folders, parsed. Generated files are left out. */
export function sourceFiles(...folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) => [...filesIn(folder, ".ts"), ...filesIn(folder, ".tsx")]).filter((path) => !GENERATED.has(path)).map(parseFile);
}

/** The folder of `src` that a file lies in; `src` itself for one at the top, and null for a file elsewhere. */
export function areaOf(path: string): string | null {
  const [top, area, ...rest] = path.split("/");
  if (top !== "src") return null;
  return rest.length === 0 ? "src" : area!;
}

/** Fails, when there are faults, with advice for whoever has never read the rules. */
export function expectNone(faults: readonly string[], advice: string): void {
  if (faults.length === 0) return;
  const error = new Error(`${advice}\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
  // The place of the fault is in the message; a stack would only lead to this line.
  error.stack = error.message;
  throw error;
}

function parseFile(path: string): SourceFile {
  const text = readFileSync(path, "utf8");
  // The parser counts bytes from the first token; a semicolon in front makes that the start of the file.
  const module = parseSync(`;${text}`, { syntax: "typescript", tsx: path.endsWith(".tsx"), decorators: true, target: "es2022" }) as unknown as Syntax & { readonly body: readonly Syntax[] };
  const bytes = Buffer.from(`;${text}`);
  const lineOf = (position: number): number => linesBefore(bytes, position - module.span.start) + 1;
  return {
    path,
    text,
    imports: importsOf(module.body, (specifier) => (specifier.startsWith(".") ? posix.join(dirname(path), specifier) : null)),
    hasDefaultExport: module.body.some(({ type }) => type === "ExportDefaultDeclaration" || type === "ExportDefaultExpression"),
    functions: functionsOf(module, lineOf),
  };
}

function linesBefore(bytes: Buffer, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
