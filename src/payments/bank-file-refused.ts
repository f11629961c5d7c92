import { Refusal } from "../domain/refusal.ts";

/** The refusal of a bank file, which itself is kept with its fault so that people find it in the list. */
export class BankFileRefused extends Refusal {
  constructor(
    { code, message, field, line }: Refusal,
    readonly companyId: string,
    readonly bankFileId: string,
  ) {
    super(code, keepable(message), { ...(field && { field }), ...(line !== null && { line }) });
  }
}

const LONGEST_MESSAGE = 1_000;

/** A message quotes what it found, which may be anything. */
const keepable = (message: string): string => message.replace(/[\0\p{Surrogate}]/gu, "\uFFFD").slice(0, LONGEST_MESSAGE);
