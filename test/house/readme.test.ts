import { existsSync, readFileSync } from "node:fs";
import { expectNone, filesIn } from "./source.ts";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

/** Scripts that npm runs without `run`. */
const SHORT = new Set(["start", "test", "stop", "restart"]);

const guides = ["README.md", "CONTRIBUTING.md", ...filesIn("src", ".md"), ...filesIn("migrations", ".md"), ...filesIn("test", ".md")].filter((path) => existsSync(path));

test.each(guides)("the commands of %s exist", (path) => {
  const blocks = [...readFileSync(path, "utf8").matchAll(/^```(?:sh|bash|shell|console)\n([\s\S]*?)^```/gm)].map(([, block]) => block!);
  const named = blocks.flatMap((block) => [...block.matchAll(/\bnpm (?:run (?:-s |--silent )?([\w:-]+)|(start|test|stop|restart)\b)/g)].map(([, run, short]) => run ?? short!));
  expectNone(named.filter((name) => !(name in scripts)).map((name) => `npm ${SHORT.has(name) ? "" : "run "}${name}`), `${path} tells people to run what package.json does not have:`);
});

test("the scripts of package.json run files that exist", () => {
  const faults = Object.entries(scripts).flatMap(([name, command]) => [...command.matchAll(/\b(?:src|test)\/[\w./-]+\.ts\b/g)].filter(([path]) => !existsSync(path)).map(([path]) => `npm run ${name} runs ${path}.`));
  expectNone(faults, "Write the file, or remove the script:");
});
