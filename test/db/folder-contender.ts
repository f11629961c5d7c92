import { lockFolder } from "../../src/db/folder-lock.ts";

const folder = process.argv[2]!;

process.stdin.once("data", () => {
  try {
    lockFolder(folder);
    console.log("won");
  } catch (error) {
    console.log((error as Error).message);
  }
});
console.log("ready");
