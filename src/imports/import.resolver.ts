import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { may } from "../domain/actor.ts";
import { EventKind } from "../domain/events.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { openStream } from "../graphql/live.ts";
import { answer } from "../graphql/payload.ts";
import { cursorOf } from "../live/cursor.ts";
import type { StreamStep } from "../live/stream.ts";
import { importById, notesOfImport, skipsOfImport } from "./import.loader.ts";
import type { ImportService } from "./import.service.ts";
import { readImports } from "./import-run.sql.ts";
import { ImportBookInput, ImportBookPayload, ImportConnection, ImportLiveArgs, importOf, ImportPush, ImportRejectConnection, ImportRejectType, ImportSkipType, ImportType } from "./import.type.ts";

@Resolver(() => ImportType)
export class ImportResolver {
  constructor(private readonly imports: ImportService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => ImportType, { nullable: true, name: "import", description: "One import. Null when there is no such import in a company you work in." })
  async one(@Ctx() context: Context, @Arg("id", () => ID, { description: "Id of the import." }) id: string): Promise<ImportType | null> {
    const found = readGlobalId(id);
    if (found?.type !== "Import" || !may(context.actor, "receivables:read", found.companyId)) return null;
    const run = await context.load(importById, found.companyId, found.key);
    return run && importOf(run);
  }

  @Authorized<Requirement>("receivables:read")
  @Query(() => ImportConnection, { nullable: true, name: "imports", description: "The imports of a company, latest first." })
  async list(
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<ConnectionOf<ImportType>> {
    return connection(await readImports(context.db, await context.company("receivables:read", company), page), importOf);
  }

  @FieldResolver(() => ImportRejectConnection, { nullable: true, description: "Every fault of every row at fault, and the warnings, by line." })
  async rejects(@Root() { companyId, key }: ImportType, @Ctx() context: Context, @Args(() => ConnectionArgs) page: ConnectionArgs): Promise<ConnectionOf<ImportRejectType>> {
    return connection(await context.page(notesOfImport, { companyId, id: key }, page), (note) => note);
  }

  @FieldResolver(() => [ImportSkipType], { description: "What was passed over, most rows first; empty when nothing was." })
  async skips(@Root() { companyId, key }: ImportType, @Ctx() context: Context): Promise<ImportSkipType[]> {
    return ((await context.load(skipsOfImport, companyId, key)) ?? []).map(({ reason, rows }) => ({ reason, rows }));
  }

  @Authorized<Requirement>("import:run")
  @Mutation(() => ImportBookPayload, {
    description: "Imports an open-item book: invoices, and a payment for all that a customer cleared on one day. The whole file is checked first; it goes on in the background. What the book says was billed already, so a hold on a customer rejects no row.",
  })
  importBook(@Ctx() context: Context, @Arg("input", () => ImportBookInput, { description: "File and column map." }) input: ImportBookInput): Promise<Partial<ImportBookPayload>> {
    return answer(async () => {
      const companyId = await context.company("import:run", input.company);
      const { map, acceptGood } = input;
      const { id, existing } = await this.imports.importBook(context.actor, { companyId, fileId: keyIn("File", companyId, input.fileId, "fileId"), map, acceptGood });
      return { import: importOf(await context.require(importById, companyId, id)), existing };
    });
  }

  @Authorized<Requirement>("receivables:read")
  @Subscription(() => ImportPush, {
    description: "Imports as they are posted in full or refused. The single facts of an import are not pushed.",
    subscribe: ({ args, context }) => openStream(context as Context, "receivables:read", [EventKind.IMPORT_FINISHED], args as ImportLiveArgs),
  })
  async importFinished(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => ImportLiveArgs) _args: ImportLiveArgs): Promise<ImportPush> {
    const run = event && (await context.require(importById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), import: run && importOf(run) };
  }
}
