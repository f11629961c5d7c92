import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { MomentScalar } from "../graphql/scalars.ts";
import type { ImportRun } from "./import-run.sql.ts";
import { type ImportCounts, ImportStatus } from "./import-status.ts";

registerEnumType(ImportStatus, {
  name: "ImportStatus",
  description: "How far an import has come.",
  valuesConfig: {
    STAGING: { description: "The file is being read and checked; nothing of it is on the books." },
    POSTING: { description: "The file was found good, and its rows go onto the books part by part." },
    POSTED: { description: "All that was to be posted is on the books." },
    REFUSED: { description: "Nothing was posted; the message and the rejects say why." },
  },
});

@ObjectType("ImportCounts", {
  description: "What was found in a file and done about it. Once posted, rows = duplicates + rejects + skipped + alreadyKnown + posted.",
  simpleResolvers: true,
})
export class ImportCountsType implements Omit<ImportCounts, "known"> {
  @Field(() => Int, { description: "Rows read so far, without the header and empty lines." })
  readonly rows!: number;

  @Field(() => Int, { description: "Rows that state an earlier row of the file again, with the same facts; they count once." })
  readonly duplicates!: number;

  @Field(() => Int, { description: "Rows that are at fault; each may have several faults." })
  readonly rejects!: number;

  @Field(() => Int, { description: "Rows that the map passes over because they are no open items of the company; the reasons are in `skips`." })
  readonly skipped!: number;

  @Field(() => Int, { description: "Oddities in rows that are taken all the same." })
  readonly warnings!: number;

  @Field(() => Int, { description: "Rows that the books hold already with nothing to add." })
  readonly alreadyKnown!: number;

  @Field(() => Int, { description: "Rows that changed the books so far, by an invoice, a payment or both." })
  readonly posted!: number;

  @Field(() => Int, { description: "Invoices put on the books so far." })
  readonly invoices!: number;

  @Field(() => Int, { description: "Payments put on the books so far: one for each customer, clear date and currency." })
  readonly payments!: number;
}

@ObjectType("Import", { description: "An open-item book taken in from one file under one column map.", implements: Node, simpleResolvers: true })
export class ImportType extends Node {
  @Field(() => String, { description: "Name of the file." })
  readonly name!: string;

  @Field(() => String, { description: "Name of the column map it is read under." })
  readonly mapName!: string;

  @Field(() => Boolean, { description: "Whether the good rows are posted although others are at fault." })
  readonly acceptGood!: boolean;

  @Field(() => ImportStatus, { description: "How far it has come." })
  readonly status!: ImportStatus;

  @Field(() => ImportCountsType, { description: "What was found and done so far." })
  readonly counts!: ImportCountsType;

  @Field(() => String, { nullable: true, description: "Why it was refused, or why it stands still; null when all is well." })
  readonly errorMessage!: string | null;

  @Field(() => MomentScalar, { description: "When it was asked for." })
  readonly recordedAt!: string;

  @Field(() => MomentScalar, { nullable: true, description: "When it was posted in full or refused; null while there is more to do." })
  readonly finishedAt!: string | null;

  /** Not fields: the key that field resolvers load by. */
  readonly companyId!: string;
  readonly key!: string;
}

export const importOf = (run: ImportRun): ImportType => {
  const { companyId, id, name, mapName, acceptGood, status, errorMessage, recordedAt, finishedAt } = run;
  const { rows, duplicates, rejects, skipped, warnings, known, posted, invoices, payments } = run;
  const counts = { rows, duplicates, rejects, skipped, warnings, alreadyKnown: known, posted, invoices, payments };
  return { id: globalId("Import", companyId, id), companyId, key: id, name, mapName, acceptGood, status, counts, errorMessage, recordedAt, finishedAt };
};

export const ImportConnection = connectionOf("Import", () => ImportType);

@ObjectType("ImportReject", { description: "A fault of one row of a file, or a warning.", simpleResolvers: true })
export class ImportRejectType {
  @Field(() => Int, { description: "Line of the file on which the row begins; the header is line 1." })
  readonly line!: number;

  @Field(() => String, { description: "Column at fault by its name in the header; `(row)` when the whole row is." })
  readonly column!: string;

  @Field(() => String, { description: "What stands there, cut after 500 characters. It may look like a formula: escape it before a spreadsheet opens it." })
  readonly value!: string;

  @Field(() => String, { description: "Why it cannot be taken, or what is odd about it, in English." })
  readonly reason!: string;

  @Field(() => Boolean, { description: "True for an oddity that does not keep the row from the books." })
  readonly warning!: boolean;
}

@ObjectType("ImportSkip", { description: "Rows that were passed over for one reason.", simpleResolvers: true })
export class ImportSkipType {
  @Field(() => String, { description: "Why, as the map says." })
  readonly reason!: string;

  @Field(() => Int, { description: "How many rows." })
  readonly rows!: number;
}

export const ImportRejectConnection = connectionOf("ImportReject", () => ImportRejectType);

@InputType({ description: "An open-item book to be imported." })
export class ImportBookInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => ID, { description: "The file, as `POST /files` answered with it." })
  fileId!: string;

  @Field(() => String, { description: "Column map as JSON text: it declares delimiter, order of dates, decimal mark, sign and currency, and names the columns." })
  map!: string;

  @Field(() => Boolean, { defaultValue: false, description: "Post the good rows although others are at fault. Otherwise one row at fault refuses the whole file." })
  acceptGood!: boolean;
}

@ObjectType({ description: "The import, which goes on in the background." })
export class ImportBookPayload extends MutationPayload {
  @Field(() => ImportType, { nullable: true, description: "Null when refused." })
  readonly import!: ImportType | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True when this content was taken in under this map before: then nothing is posted again, and what was left unfinished goes on. Null when refused.",
  })
  readonly existing!: boolean | null;
}

@ArgsType()
export class ImportLiveArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last push you kept: what you missed since comes first. Left out, only what happens from now on." })
  after?: string | null;
}

@ObjectType({ description: "News of an import: it was posted in full or refused.", simpleResolvers: true })
export class ImportPush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => ImportType, { nullable: true, description: "The import; null in a push that only brings a newer cursor." })
  readonly import!: ImportType | null;
}
