import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { ItemKind } from "../domain/open-item.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { MutationPayload } from "../graphql/payload.ts";
import type { DriftRow } from "./rebuild.sql.ts";

/** Enough to see what went wrong; where more differ, their number says so. */
const MOST_SHOWN = 200;

@ObjectType("DriftedItem", { description: "An open item that does not carry what its applications leave open.", simpleResolvers: true })
export class DriftedItem {
  @Field(() => ID, { description: "Id of the open item." })
  readonly itemId!: string;

  @Field(() => ItemKind, { description: "What the item stands for." })
  readonly kind!: ItemKind;

  @Field(() => MoneyType, { description: "What the item was when it arose." })
  readonly original!: MoneyValue;

  @Field(() => MoneyType, { description: "What the item carries as open." })
  readonly carried!: MoneyValue;

  @Field(() => MoneyType, { description: "What its applications leave open: the truth." })
  readonly applied!: MoneyValue;
}

@ObjectType("OpenItemDrift", { description: "Whether the amounts that open items carry are what their applications leave open.", simpleResolvers: true })
export class OpenItemDrift {
  @Field(() => Int, { description: "How many items were compared." })
  readonly checked!: number;

  @Field(() => Int, { description: "How many items differ. Anything but zero is a fault of the books." })
  readonly differing!: number;

  @Field(() => [DriftedItem], { description: `Items that differ, ${MOST_SHOWN} of them at most.` })
  readonly items!: readonly DriftedItem[];
}

@InputType({ description: "Whose open items are to be rebuilt." })
export class RebuildOpenItemsInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;
}

@ObjectType({ description: "What was mended." })
export class RebuildOpenItemsPayload extends MutationPayload {
  @Field(() => OpenItemDrift, { nullable: true, description: "What differed before and is mended now; null when refused." })
  readonly mended!: OpenItemDrift | null;
}

export const driftOf = ({ checked, drift }: { readonly checked: bigint; readonly drift: readonly DriftRow[] }): OpenItemDrift => ({
  checked: Number(checked),
  differing: drift.length,
  items: drift.slice(0, MOST_SHOWN).map(({ companyId, itemId, kind, currency, originalMinor, carriedMinor, appliedMinor }) => ({
    itemId: globalId("OpenItem", companyId, itemId),
    kind,
    original: new MoneyValue(originalMinor, currency),
    carried: new MoneyValue(carriedMinor, currency),
    applied: new MoneyValue(appliedMinor, currency),
  })),
});
