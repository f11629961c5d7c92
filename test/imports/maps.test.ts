import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { factColumns, readColumnMap } from "../../src/domain/column-map.ts";

const MAPS = join(import.meta.dirname, "../../src/imports/maps");

test.each(readdirSync(MAPS).map((file) => basename(file, ".json")))("the map %s that comes with Openitem is sound and bears its own name", (name) => {
  const map = readColumnMap(JSON.parse(readFileSync(join(MAPS, `${name}.json`), "utf8")));
  expect(map.name).toBe(name);
  expect(factColumns(map).length).toBeGreaterThanOrEqual(5);
});
