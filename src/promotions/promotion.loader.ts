import type { PageLoader } from "../graphql/context.ts";
import { byKey, keyColumns, type Loader } from "../graphql/loader.ts";
import { type PromotionRow, promotionsByKeys, readPromotionsOfCustomers } from "./promotion.sql.ts";

export const promotionById: Loader<PromotionRow> = async (keys, db) => byKey(await promotionsByKeys(db, ...keyColumns(keys)), (row) => row);

/** Pages of customers' promotions. */
export const promotionsOfCustomer: PageLoader<PromotionRow> = (customers, args, db) => readPromotionsOfCustomers(db, customers, args);
