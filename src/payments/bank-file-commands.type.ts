import { Field, ID, InputType, ObjectType } from "type-graphql";
import { MutationPayload } from "../graphql/payload.ts";
import { BankFileFormat } from "./bank-file-format.ts";
import { BankFileType } from "./bank-file.type.ts";

@InputType({ description: "A remittance advice as a delimited text file, for one or more receipts of the bank file." })
export class RemittanceFileInput {
  @Field(() => String, { description: "Name of the file; faults name it." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Text of the file, of up to 1 MB. Left out when `fileId` is given." })
  content?: string | null;

  @Field(() => ID, { nullable: true, description: "The file as uploaded by `POST /files`, of up to 4 MB in UTF-8." })
  fileId?: string | null;

  @Field(() => String, { nullable: true, description: "Column map as JSON text, which says what each column holds; left out, the map of the house with columns such as `payment_reference` and `net`." })
  map?: string | null;
}

@InputType({ description: "A bank's file, and the remittances that came for its receipts." })
export class LoadBankFileInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Name of the file, for people." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Text of the file, of up to 1 MB. Left out when `fileId` is given." })
  content?: string | null;

  @Field(() => ID, { nullable: true, description: "The file as uploaded by `POST /files`, of up to 8 MB." })
  fileId?: string | null;

  @Field(() => BankFileFormat, { description: "The format it is in." })
  format!: BankFileFormat;

  @Field(() => [RemittanceFileInput], { defaultValue: [], description: "What customers say their payments are for. Each payment reference in them belongs to one receipt, and its lines add up to it." })
  remittances!: RemittanceFileInput[];
}

@ObjectType({ description: "The bank file after loading." })
export class LoadBankFilePayload extends MutationPayload {
  @Field(() => BankFileType, { nullable: true, description: "A refused file is there too, with its fault; null when the command was refused before a file was read." })
  readonly bankFile!: BankFileType | null;
}
