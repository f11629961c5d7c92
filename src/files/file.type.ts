import { Field, ID, Int, ObjectType } from "type-graphql";
import { globalId } from "../graphql/global-id.ts";
import type { StoredFileRow } from "./file.sql.ts";

@ObjectType("StoredFile", { description: "A file that is kept. `GET /files/<id>` hands it out to whoever may read receivables, to be saved.", simpleResolvers: true })
export class StoredFileType {
  @Field(() => ID, { description: "What `GET /files/<id>` takes." })
  readonly id!: string;

  @Field(() => String, { description: "Its name, as it came." })
  readonly name!: string;

  @Field(() => String, { description: "What its sender said it is, such as `application/pdf`; nobody looked inside." })
  readonly contentType!: string;

  @Field(() => Int, { description: "Its size in bytes." })
  readonly bytes!: number;

  @Field(() => String, { description: "SHA-256 of its content, in hexadecimal digits." })
  readonly digest!: string;
}

export const storedFileOf = ({ companyId, id, name, contentType, bytes, digest }: StoredFileRow): StoredFileType => ({ id: globalId("File", companyId, id), name, contentType, bytes: Number(bytes), digest });
