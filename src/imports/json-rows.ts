import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type ColumnMap, columnsRead } from "../domain/column-map.ts";
import { Refusal } from "../domain/refusal.ts";
import { type FileRow, readable, utf8Only } from "./book-file.ts";

/** The longest line, in characters. */
const LONGEST_LINE = 1_000_000;

/**
 * The rows of a file of JSON lines, as they stream in: first the names of the properties that the map reads, as the header of a table would have
 * them, then their values in that order. Null is an empty cell. Refuses, with its line, what is no JSON object, lacks a property that is read, has
 * one that the map does not name, or holds an object, a list or a number that JavaScript cannot hold exactly where a value is read.
 */
export async function* readJsonRows(content: Readable, map: ColumnMap): AsyncGenerator<FileRow, void> {
  const columns = columnsRead(map);
  const named = new Set([...columns, ...map.ignored]);
  yield { line: 0, cells: columns };
  const decoded = content.pipe(utf8Only());
  content.once("error", (error) => decoded.destroy(error));
  let line = 0;
  try {
    for await (const text of linesOf(decoded)) {
      line++;
      if (text.trim() !== "") yield { line, cells: cellsOf(text, columns, named, line) };
    }
  } finally {
    content.destroy();
  }
}

/** The lines of a stream. Newer versions of Node throw an error of the stream here, older ones only tell the stream's listeners. */
async function* linesOf(content: Readable): AsyncGenerator<string, void> {
  let failed: unknown = null;
  content.once("error", (error) => (failed = error));
  try {
    for await (const line of createInterface({ input: content, crlfDelay: Infinity })) yield line;
  } catch (error) {
    throw readable(error);
  }
  if (failed) throw readable(failed);
}

function cellsOf(text: string, columns: readonly string[], named: ReadonlySet<string>, line: number): string[] {
  const refuse = (message: string): never => {
    throw new Refusal("FILE_INVALID", message, { line });
  };
  if (text.length > LONGEST_LINE) return refuse(`The line is longer than ${LONGEST_LINE} characters.`);
  const row = objectOf(text) ?? refuse("It is not one JSON object.");
  const unknown = Object.keys(row).find((key) => !named.has(key));
  if (unknown !== undefined) return refuse(`It has "${unknown}", which the map does not name.`);
  return columns.map((column) => {
    if (!Object.hasOwn(row, column)) return refuse(`It lacks "${column}".`);
    const value = row[column];
    if (value === null || value === undefined) return "";
    if (typeof value === "object") return refuse(`"${column}" is not a single value.`);
    if (typeof value === "number" && (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)) return refuse(`"${column}" is too large a number to be read exactly; write it as a text.`);
    return String(value);
  });
}

function objectOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
