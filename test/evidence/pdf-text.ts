import { inflateSync } from "node:zlib";

/** The texts of a PDF of ours, in the order they are set: its streams inflated, and the hexadecimal strings of each line put together. */
export function pdfText(pdf: Buffer): string {
  const lines: string[] = [];
  for (const [, start] of [...pdf.toString("latin1").matchAll(/stream\r?\n/g)].map((match) => [match[0], match.index + match[0].length] as const)) {
    const content = inflated(pdf.subarray(start));
    for (const [, shown] of content.matchAll(/\[([^\]]*)\] TJ/g)) lines.push([...shown!.matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => Buffer.from(hex!, "hex").toString("latin1")).join(""));
  }
  return lines.join("\n");
}

function inflated(from: Buffer): string {
  try {
    return inflateSync(from).toString("latin1");
  } catch {
    return "";
  }
}
