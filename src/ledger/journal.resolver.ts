import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { customerById } from "../customers/customer.loader.ts";
import { customerOf, CustomerType } from "../customers/customer.type.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { readEntries } from "./journal-entry.sql.ts";
import type { JournalExportService } from "./journal-export.service.ts";
import { accountNumbersOfCompany, readExports } from "./journal-export.sql.ts";
import { exportById, linesOfEntry, totalsOfExport } from "./journal.loader.ts";
import {
  AccountNumberType, ExportJournalInput, ExportJournalPayload, exportTotalOf, JournalEntriesArgs, JournalEntryConnection, journalEntryOf, JournalEntryType, JournalExportConnection,
  journalExportOf, JournalExportTotalType, JournalExportType, journalLineOf, JournalLineType, MapAccountInput, MapAccountPayload,
} from "./journal.type.ts";

@Resolver(() => JournalEntryType)
export class JournalEntryResolver {
  @Authorized<Requirement>("ledger:read")
  @Query(() => JournalEntryConnection, { nullable: true, name: "journalEntries", description: "The journal, by business day and in the order of making." })
  async list(@Ctx() context: Context, @Args(() => JournalEntriesArgs) args: JournalEntriesArgs): Promise<ConnectionOf<JournalEntryType>> {
    const companyId = await context.company("ledger:read", args.company);
    const { from = null, to = null, account = null, exported = null } = args;
    const filter = { from, to, account, exported, exportId: keyIn("JournalExport", companyId, args.exportId, "exportId") };
    return connection(await readEntries(context.db, companyId, filter, args), journalEntryOf);
  }

  @FieldResolver(() => [JournalLineType], { description: "Its lines; debits and credits are equal." })
  async lines(@Root() { companyId, key }: JournalEntryType, @Ctx() context: Context): Promise<JournalLineType[]> {
    return ((await context.load(linesOfEntry, companyId, key)) ?? []).map(journalLineOf);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: "Whose it is; null for cash of an unknown payer." })
  async customer(@Root() { companyId, customerKey }: JournalEntryType, @Ctx() context: Context): Promise<CustomerType | null> {
    return customerKey === null ? null : customerOf(await context.require(customerById, companyId, customerKey));
  }

  @FieldResolver(() => JournalExportType, { nullable: true, description: "The export that holds it; null while it is not exported." })
  async export(@Root() { companyId, exportKey }: JournalEntryType, @Ctx() context: Context): Promise<JournalExportType | null> {
    return exportKey === null ? null : journalExportOf(await context.require(exportById, companyId, exportKey));
  }
}

@Resolver(() => JournalExportType)
export class JournalExportResolver {
  constructor(private readonly exports: JournalExportService) {}

  @Authorized<Requirement>("ledger:read")
  @Query(() => JournalExportConnection, { nullable: true, name: "journalExports", description: "What was handed to the general ledger, latest first." })
  async list(
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<ConnectionOf<JournalExportType>> {
    return connection(await readExports(context.db, await context.company("ledger:read", company), page), journalExportOf);
  }

  @Authorized<Requirement>("ledger:read")
  @Query(() => [AccountNumberType], { name: "accountNumbers", description: "The accounts that the company has given numbers of its own." })
  async accountNumbers(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<readonly AccountNumberType[]> {
    return accountNumbersOfCompany(context.db, await context.company("ledger:read", company));
  }

  @FieldResolver(() => [JournalExportTotalType], { description: "Debits and credits of all its entries, by currency." })
  async totals(@Root() { companyId, key }: JournalExportType, @Ctx() context: Context): Promise<JournalExportTotalType[]> {
    return ((await context.load(totalsOfExport, companyId, key)) ?? []).map(exportTotalOf);
  }

  @Authorized<Requirement>("ledger:export")
  @Mutation(() => ExportJournalPayload, { description: "Hands every entry up to a day that was not exported before to the general ledger. Late entries come with the next export." })
  exportJournal(@Ctx() context: Context, @Arg("input", () => ExportJournalInput, { description: "Up to which day." }) input: ExportJournalInput): Promise<Partial<ExportJournalPayload>> {
    return answer(async () => {
      const companyId = await context.company("ledger:export", input.company);
      const id = await this.exports.export(context.actor, { companyId, toOn: input.to, idempotencyKey: input.idempotencyKey });
      return { export: id === null ? null : journalExportOf(await context.require(exportById, companyId, id)) };
    });
  }

  @Authorized<Requirement>("ledger:export")
  @Mutation(() => MapAccountPayload, { description: "Gives an account the number that the company's general ledger knows it by." })
  mapAccount(@Ctx() context: Context, @Arg("input", () => MapAccountInput, { description: "Account and number." }) input: MapAccountInput): Promise<Partial<MapAccountPayload>> {
    return answer(async () => {
      const companyId = await context.company("ledger:export", input.company);
      await this.exports.map(context.actor, companyId, input.account, input.number);
      return { accountNumbers: await accountNumbersOfCompany(context.db, companyId) };
    });
  }
}
