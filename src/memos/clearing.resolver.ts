import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Refusal } from "../domain/refusal.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import type { Node } from "../graphql/node.ts";
import { answer } from "../graphql/payload.ts";
import type { ClearingService, MemoToBeCleared } from "./clearing.service.ts";
import { clearingOf, ClearingPayload, MemoClearingType, MoveToBadDebtInput, RefundCreditInput, UndoClearingInput } from "./clearing.type.ts";
import { clearingsOfMemo, memoById } from "./memo.loader.ts";
import { creditMemoOf, CreditMemoType, debitMemoOf, DebitMemoType } from "./memo.type.ts";

const clearingsOf = async ({ companyId, key }: { readonly companyId: string; readonly key: string }, context: Context): Promise<MemoClearingType[]> =>
  ((await context.load(clearingsOfMemo, companyId, key)) ?? []).map(clearingOf);

@Resolver(() => CreditMemoType)
export class CreditMemoClearingResolver {
  constructor(private readonly clearing: ClearingService) {}

  @FieldResolver(() => [MemoClearingType], { description: "What of it was refunded, the first first, and what undid that." })
  clearings(@Root() memo: CreditMemoType, @Ctx() context: Context): Promise<MemoClearingType[]> {
    return clearingsOf(memo, context);
  }

  @Authorized<Requirement>("credit:write")
  @Mutation(() => ClearingPayload, { description: "Refunds what a credit memo has left: it is owed to the customer in money, and no credit any more." })
  refundCredit(@Ctx() context: Context, @Arg("input", () => RefundCreditInput, { description: "The credit memo." }) { creditMemoId, ...wish }: RefundCreditInput): Promise<Partial<ClearingPayload>> {
    return this.#clear(context, creditMemoId, (companyId) => ({ ...wish, companyId, kind: "REFUND", memoId: keyIn("CreditMemo", companyId, creditMemoId, "creditMemoId") }));
  }

  @Authorized<Requirement>("credit:write")
  @Mutation(() => ClearingPayload, { description: "Gives up what a debit memo, such as a chargeback, has open, out of the allowance for credit losses." })
  moveToBadDebt(@Ctx() context: Context, @Arg("input", () => MoveToBadDebtInput, { description: "The debit memo." }) { debitMemoId, ...wish }: MoveToBadDebtInput): Promise<Partial<ClearingPayload>> {
    return this.#clear(context, debitMemoId, (companyId) => ({ ...wish, companyId, kind: "BAD_DEBT", memoId: keyIn("DebitMemo", companyId, debitMemoId, "debitMemoId") }));
  }

  @Authorized<Requirement>("credit:write")
  @Mutation(() => ClearingPayload, { description: "Undoes a refund or a move to bad debt by opposite rows: the memo is open again by as much." })
  undoClearing(@Ctx() context: Context, @Arg("input", () => UndoClearingInput, { description: "The clearing." }) { clearingId, note }: UndoClearingInput): Promise<Partial<ClearingPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("credit:write", readGlobalId(clearingId)?.companyId);
      const { memoId } = await this.clearing.undo(context.actor, { companyId, clearingId: keyIn("MemoClearing", companyId, clearingId, "clearingId"), note });
      return { memo: await memoOf(context, companyId, memoId) };
    });
  }

  #clear(context: Context, id: string, wish: (companyId: string) => MemoToBeCleared): Promise<Partial<ClearingPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("credit:write", readGlobalId(id)?.companyId);
      const cleared = wish(companyId);
      await this.clearing.clear(context.actor, cleared);
      return { memo: await memoOf(context, companyId, cleared.memoId) };
    }, async ({ subject }: Refusal) => ({ current: subject && (await memoOf(context, subject.companyId, subject.id)) }));
  }
}

@Resolver(() => DebitMemoType)
export class DebitMemoClearingResolver {
  @FieldResolver(() => [MemoClearingType], { description: "What of it was moved to bad debt, the first first, and what undid that." })
  clearings(@Root() memo: DebitMemoType, @Ctx() context: Context): Promise<MemoClearingType[]> {
    return clearingsOf(memo, context);
  }
}

async function memoOf(context: Context, companyId: string, id: string): Promise<Node> {
  const memo = await context.require(memoById, companyId, id);
  return memo.kind === "CREDIT" ? creditMemoOf(memo) : debitMemoOf(memo);
}
