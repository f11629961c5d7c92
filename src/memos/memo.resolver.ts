import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { customerById } from "../customers/customer.loader.ts";
import { customerOf, CustomerType } from "../customers/customer.type.ts";
import { documentKey } from "../domain/account-number.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { invoiceById } from "../invoices/invoice.loader.ts";
import { invoiceOf, InvoiceType } from "../invoices/invoice.type.ts";
import { applicationsOfCreditMemo, applicationsOfDebitMemo } from "../openitems/open-item.loader.ts";
import { applicationOf, ApplicationType } from "../openitems/open-item.type.ts";
import { ApplyCreditInput, CreditMemoPayload, DebitMemoPayload, IssueCreditMemoInput, IssueDebitMemoInput, MemosArgs } from "./memo-commands.type.ts";
import { linesOfMemo, memoById } from "./memo.loader.ts";
import type { MemoService } from "./memo.service.ts";
import { type MemoFilter, type MemoKind, readMemos } from "./memo.sql.ts";
import { CreditMemoConnection, creditMemoOf, CreditMemoType, DebitMemoConnection, debitMemoOf, DebitMemoType, memoLineOf, MemoLineType } from "./memo.type.ts";

@Resolver(() => CreditMemoType)
export class CreditMemoResolver {
  constructor(private readonly memos: MemoService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => CreditMemoConnection, { nullable: true, name: "creditMemos", description: "Credit memos, newest first." })
  async list(@Ctx() context: Context, @Args(() => MemosArgs) args: MemosArgs): Promise<ConnectionOf<CreditMemoType>> {
    const companyId = await context.company("receivables:read", args.company);
    return connection(await readMemos(context.db, companyId, filterOf("CREDIT", companyId, args), args), creditMemoOf);
  }

  @FieldResolver(() => CustomerType, { description: "Who was credited." })
  customer(@Root() memo: CreditMemoType, @Ctx() context: Context): Promise<CustomerType> {
    return customerOfMemo(context, memo);
  }

  @FieldResolver(() => InvoiceType, { nullable: true, description: "The invoice it is against; null when it was given on account." })
  invoice(@Root() memo: CreditMemoType, @Ctx() context: Context): Promise<InvoiceType | null> {
    return invoiceOfMemo(context, memo);
  }

  @FieldResolver(() => [MemoLineType], { description: "What was credited; empty when only the total is known." })
  async lines(@Root() { companyId, key }: CreditMemoType, @Ctx() context: Context): Promise<MemoLineType[]> {
    return ((await context.load(linesOfMemo, companyId, key)) ?? []).map(memoLineOf);
  }

  @FieldResolver(() => [ApplicationType], { description: "What it settled, in the order of writing." })
  async applications(@Root() { companyId, key }: CreditMemoType, @Ctx() context: Context): Promise<ApplicationType[]> {
    return ((await context.load(applicationsOfCreditMemo, companyId, key)) ?? []).map(applicationOf);
  }

  @Authorized<Requirement>("credit:write")
  @Mutation(() => CreditMemoPayload, { description: "Issues a credit memo. What its invoice has open is settled first, and the rest becomes a credit on account." })
  issueCreditMemo(@Ctx() context: Context, @Arg("input", () => IssueCreditMemoInput, { description: "The credit memo." }) input: IssueCreditMemoInput): Promise<Partial<CreditMemoPayload>> {
    return answer(async () => {
      const { company, ...memo } = input;
      const companyId = await context.company("credit:write", company);
      const id = await this.memos.issueCredit(context.actor, { ...memo, companyId });
      return { creditMemo: creditMemoOf(await context.require(memoById, companyId, id)) };
    }, (refusal) => asItIsNow(context, refusal));
  }

  @Authorized<Requirement>("payment:apply")
  @Mutation(() => CreditMemoPayload, { description: "Applies what a credit memo has left to open invoices and debit memos." })
  applyCredit(@Ctx() context: Context, @Arg("input", () => ApplyCreditInput, { description: "The credit and what it settles." }) input: ApplyCreditInput): Promise<Partial<CreditMemoPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("payment:apply", readGlobalId(input.creditMemoId)?.companyId);
      const creditMemoId = keyIn("CreditMemo", companyId, input.creditMemoId, "creditMemoId");
      const lines = input.lines.map((line, index) => ({ ...line, ...documentOf(companyId, line.documentId, index) }));
      await this.memos.applyCredit(context.actor, { ...input, companyId, creditMemoId, lines });
      return { creditMemo: creditMemoOf(await context.require(memoById, companyId, creditMemoId)) };
    }, (refusal) => asItIsNow(context, refusal));
  }
}

@Resolver(() => DebitMemoType)
export class DebitMemoResolver {
  constructor(private readonly memos: MemoService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => DebitMemoConnection, { nullable: true, name: "debitMemos", description: "Debit memos, newest first." })
  async list(@Ctx() context: Context, @Args(() => MemosArgs) args: MemosArgs): Promise<ConnectionOf<DebitMemoType>> {
    const companyId = await context.company("receivables:read", args.company);
    return connection(await readMemos(context.db, companyId, filterOf("DEBIT", companyId, args), args), debitMemoOf);
  }

  @FieldResolver(() => CustomerType, { description: "Who was charged." })
  customer(@Root() memo: DebitMemoType, @Ctx() context: Context): Promise<CustomerType> {
    return customerOfMemo(context, memo);
  }

  @FieldResolver(() => InvoiceType, { nullable: true, description: "The invoice it is about; null when it names none." })
  invoice(@Root() memo: DebitMemoType, @Ctx() context: Context): Promise<InvoiceType | null> {
    return invoiceOfMemo(context, memo);
  }

  @FieldResolver(() => [MemoLineType], { description: "What was charged; empty when only the total is known." })
  async lines(@Root() { companyId, key }: DebitMemoType, @Ctx() context: Context): Promise<MemoLineType[]> {
    return ((await context.load(linesOfMemo, companyId, key)) ?? []).map(memoLineOf);
  }

  @FieldResolver(() => [ApplicationType], { description: "What settled it, in the order of writing." })
  async applications(@Root() { companyId, key }: DebitMemoType, @Ctx() context: Context): Promise<ApplicationType[]> {
    return ((await context.load(applicationsOfDebitMemo, companyId, key)) ?? []).map(applicationOf);
  }

  @Authorized<Requirement>("invoice:write")
  @Mutation(() => DebitMemoPayload, { description: "Issues a debit memo: a charge beside invoices." })
  issueDebitMemo(@Ctx() context: Context, @Arg("input", () => IssueDebitMemoInput, { description: "The debit memo." }) input: IssueDebitMemoInput): Promise<Partial<DebitMemoPayload>> {
    return answer(async () => {
      const { company, ...memo } = input;
      const companyId = await context.company("invoice:write", company);
      const id = await this.memos.issueDebit(context.actor, { ...memo, companyId });
      return { debitMemo: debitMemoOf(await context.require(memoById, companyId, id)) };
    });
  }
}

const filterOf = (kind: MemoKind, companyId: string, { customerId, number, openOnly }: MemosArgs): MemoFilter => ({
  kind, customerId: keyIn("Customer", companyId, customerId, "customerId"), documentKey: number ? documentKey(number) : null, openOnly,
});

const customerOfMemo = async (context: Context, { companyId, customerKey }: CreditMemoType | DebitMemoType): Promise<CustomerType> =>
  customerOf(await context.require(customerById, companyId, customerKey));

const invoiceOfMemo = async (context: Context, { companyId, invoiceKey }: CreditMemoType | DebitMemoType): Promise<InvoiceType | null> =>
  invoiceKey === null ? null : invoiceOf(await context.require(invoiceById, companyId, invoiceKey));

/** What kind of document an id is of, and its key. */
function documentOf(companyId: string, id: string, index: number): { readonly type: "Invoice" | "DebitMemo"; readonly documentId: string } {
  const type = readGlobalId(id)?.type === "DebitMemo" ? "DebitMemo" : "Invoice";
  return { type, documentId: keyIn(type, companyId, id, `lines.${index}.documentId`) };
}

/** The invoice or memo that stood in the way of a command. */
async function asItIsNow(context: Context, { subject }: Refusal): Promise<Partial<CreditMemoPayload>> {
  if (!subject) return {};
  const { type, companyId, id } = subject;
  if (type === "Invoice") return { current: invoiceOf(await context.require(invoiceById, companyId, id)) };
  return { current: (type === "CreditMemo" ? creditMemoOf : debitMemoOf)(await context.require(memoById, companyId, id)) };
}
