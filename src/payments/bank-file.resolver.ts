import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Refusal } from "../domain/refusal.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { LoadBankFileInput, LoadBankFilePayload } from "./bank-file-commands.type.ts";
import { BankFileRefused } from "./bank-file-refused.ts";
import { bankFileById, linesOfFile } from "./bank-file.loader.ts";
import type { BankFileService } from "./bank-file.service.ts";
import { readBankFiles } from "./bank-file.sql.ts";
import { BankFileConnection, bankFileOf, BankFilesArgs, BankFileType, BankLineConnection, bankLineOf, type BankLineType } from "./bank-file.type.ts";

@Resolver(() => BankFileType)
export class BankFileResolver {
  constructor(private readonly bankFiles: BankFileService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => BankFileConnection, { nullable: true, name: "bankFiles", description: "Bank files that were loaded, refused ones too, latest first." })
  async list(@Ctx() context: Context, @Args(() => BankFilesArgs) args: BankFilesArgs): Promise<ConnectionOf<BankFileType>> {
    const companyId = await context.company("receivables:read", args.company);
    return connection(await readBankFiles(context.db, companyId, args), bankFileOf);
  }

  @Authorized<Requirement>("payment:record")
  @Mutation(() => LoadBankFilePayload, {
    description: "Loads a bank's file: checks it as a whole, then makes each receipt a payment and applies it. Loaded again, it is the same file and nothing is posted twice. A large file is still posting when this answers.",
  })
  loadBankFile(@Ctx() context: Context, @Arg("input", () => LoadBankFileInput, { description: "The file and its remittances." }) input: LoadBankFileInput): Promise<Partial<LoadBankFilePayload>> {
    const bankFile = async (companyId: string, id: string) => ({ bankFile: bankFileOf(await context.require(bankFileById, companyId, id)) });
    return answer(async () => {
      const companyId = await context.company("payment:record", input.company);
      const remittances = input.remittances.map((it) => ({ ...it, fileId: keyIn("File", companyId, it.fileId, "remittances") }));
      const id = await this.bankFiles.load(context.actor, { ...input, companyId, fileId: keyIn("File", companyId, input.fileId, "fileId"), remittances });
      return bankFile(companyId, id);
    }, (refusal: Refusal) => (refusal instanceof BankFileRefused ? bankFile(refusal.companyId, refusal.bankFileId) : Promise.resolve({})));
  }

  @FieldResolver(() => BankLineConnection, { nullable: true, description: "The movements in it, in the order of the file." })
  async lines(@Root() { companyId, key }: BankFileType, @Ctx() context: Context, @Args(() => ConnectionArgs) args: ConnectionArgs): Promise<ConnectionOf<BankLineType>> {
    return connection(await context.page(linesOfFile, { companyId, id: key }, args), bankLineOf);
  }
}
