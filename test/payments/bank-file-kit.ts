import type { TestApp } from "../kit/app.ts";
import type { Books } from "../kit/books.ts";
import { BankFilesDocument, BankLinesDocument, LoadBankFileDocument, type LoadBankFileInput } from "../kit/gql.ts";
import { one } from "../domain/bai2-builder.ts";

/** A receipt of a test: what came, the bank's two references, and its text. */
export interface Came {
  readonly minor: bigint;
  readonly bank?: string;
  readonly customer?: string;
  readonly text?: string;
  readonly code?: string;
}

/** A sound BAI2 file of 2026-03-30 with these movements; receipts begin on line 4. */
export const bankText = (...all: readonly Came[]): string =>
  `${one(...all.map(({ minor, bank = "", customer = "", text = "", code = "142" }) => [code, minor, `,${bank},${customer},${text}`] as const)).join("\n")}\n`;

/** A remittance file of the house's own map. */
export const remittance = (...rows: readonly string[]): { name: string; content: string } => ({
  name: "advice.csv",
  content: ["payment_reference,account,reference,gross,discount,deduction,code,net,claim,text", ...rows].join("\r\n"),
});

/** The bank desk of a company, as its clerk uses it. */
export class BankDesk {
  constructor(
    readonly app: TestApp,
    readonly books: Books,
  ) {}

  async load(input: Partial<LoadBankFileInput>) {
    const file: LoadBankFileInput = { name: "day.bai", format: "BAI2", remittances: [], ...input };
    return (await this.app.query(this.books.company.as.clerk, LoadBankFileDocument, { input: file })).loadBankFile;
  }

  /** Loads a file that must be sound, and answers with its lines. */
  async post(content: string, ...remittances: readonly { name: string; content: string; map?: string }[]) {
    const { bankFile, userErrors } = await this.load({ content, remittances: [...remittances] });
    if (userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(userErrors)}`);
    return this.lines(bankFile!.id);
  }

  async lines(id: string) {
    const { node } = await this.app.query(this.books.company.as.collector, BankLinesDocument, { id, first: 200 });
    if (!node || !("lines" in node)) throw new Error("There is no such bank file.");
    return node.lines!.edges!.map((edge) => edge!.node!);
  }

  async files() {
    return (await this.app.query(this.books.company.as.collector, BankFilesDocument, {})).bankFiles!.edges!.map((edge) => edge!.node!);
  }
}
