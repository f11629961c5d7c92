import { execFileSync } from "node:child_process";
import { join } from "node:path";

/**
 * Prepares the migrated template that every test file starts from, once per run, and hands its place over in the
 * environment. Runs in a process of its own: the house is ES modules, which Jest cannot load here, and the memory that an
 * embedded database took is given back before the first test.
 */
export default function prepareTemplate(): void {
  const script = join(process.cwd(), "test", "kit", "prepare-template.ts");
  const place = execFileSync(process.execPath, ["--import", "tsx", script], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  process.env["OPENITEM_TEST_TEMPLATE"] = place.trim();
}
