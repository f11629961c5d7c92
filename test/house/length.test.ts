import { expectNone, sourceFiles } from "./source.ts";
import type { FunctionSpan } from "./syntax.ts";

const LONGEST_FILE = 300;
const LONGEST_FUNCTION = 70;

const files = sourceFiles("src", "test", "migrations", "codegen.ts");

test(`no file is over ${LONGEST_FILE} lines`, () => {
  const faults = files.map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length })).filter(({ lines }) => lines > LONGEST_FILE);
  expectNone(faults.map(({ path, lines }) => `${path} has ${lines} lines.`), "Most files have at most 120 lines. Find the second idea in the file and give it a file of its own:");
});

test(`no function is over ${LONGEST_FUNCTION} lines`, () => {
  const faults = files.flatMap(({ path, functions }) =>
    functions.filter((it) => it.lines > LONGEST_FUNCTION && !isText(path, it)).map(({ name, firstLine, lines }) => `${path}:${firstLine} ${name} has ${lines} lines.`),
  );
  expectNone(faults, "Name the steps of the function and make each a function:");
});

/** What is read like a page and not followed like steps: a group of tests, and the SQL of a migration, which is one statement's text. */
const isText = (path: string, { name, argumentOf }: FunctionSpan): boolean => argumentOf === "describe" || (path.startsWith("migrations/") && name === "up");
