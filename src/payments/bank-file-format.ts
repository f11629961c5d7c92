import { readBai2 } from "../domain/bai2.ts";
import type { BankFileReader } from "../domain/bank-file.ts";

/** The formats of bank files. A further one is a value here, a reader below and its description in `bank-file.type.ts`. */
export const BankFileFormat = { BAI2: "BAI2" } as const;
export type BankFileFormat = (typeof BankFileFormat)[keyof typeof BankFileFormat];

/** How each format is read. */
export const BANK_FILE_READERS: Readonly<Record<BankFileFormat, BankFileReader>> = { BAI2: readBai2 };

/** How far a bank file has come. */
export const BankFileStatus = { POSTING: "POSTING", POSTED: "POSTED", REFUSED: "REFUSED" } as const;
export type BankFileStatus = (typeof BankFileStatus)[keyof typeof BankFileStatus];
