import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "migrations";
/** Numbers of migrations go up in steps, so that they read as a list. */
const STEP = 1_000;

/** Writes the skeleton of a migration: `npm run migrate:new -- credit-limits`. It is run once it is in `mapping` of `src/mapping.ts`. */
function main(name: string | undefined): void {
  if (!name || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    console.error("Name the migration after what it adds, in small letters with hyphens: npm run migrate:new -- credit-limits");
    process.exitCode = 1;
    return;
  }
  const number = nextNumber();
  const className = `${name.split("-").map((word) => word[0]!.toUpperCase() + word.slice(1)).join("")}${number}`;
  const path = join(FOLDER, `${number}-${name}.ts`);
  writeFileSync(path, skeleton(className), { flag: "wx" });
  console.log(`Wrote ${path}. Fill it in as ${FOLDER}/README.md says, then add ${className} to \`mapping\` in src/mapping.ts.`);
}

function nextNumber(): number {
  const numbers = readdirSync(FOLDER).map((file) => Number(/^(\d{13})-/.exec(file)?.[1] ?? 0));
  return Math.max(...numbers) + STEP;
}

const skeleton = (className: string): string => `import type { MigrationInterface, QueryRunner } from "typeorm";

/** What this adds, and why, in a sentence. */
export class ${className} implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(\`
    \`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query("");
  }
}
`;

main(process.argv[2]);
