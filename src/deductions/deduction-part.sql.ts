import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";

const insert = statement<object, [string, readonly string[], readonly string[]]>(
  "deductionParts.insert",
  `with direct as (
     select * from unnest($2::uuid[], $3::uuid[]) as pair (part_id, whole_id)
   )
   insert into deduction_part (company_id, part_id, whole_id, direct)
   select $1, part_id, whole_id, bool_or(direct) from (
     select part_id, whole_id, true as direct from direct
      union all
     select direct.part_id, behind.whole_id, false from direct join deduction_part behind on behind.company_id = $1 and behind.part_id = direct.whole_id
   ) as every group by part_id, whole_id`,
);

/** Says that each of these deductions stands for all of the others, and for what those stand for. */
export const insertParts = async (tx: Tx, companyId: string, partIds: readonly string[], wholeIds: readonly string[]): Promise<void> =>
  void (await insert(tx, companyId, partIds.flatMap((id) => wholeIds.map(() => id)), partIds.flatMap(() => wholeIds)));

/**
 * The deductions that were asked for by their keys ($1, $2), each beside itself and beside all that it stands for: columns
 * `company_id`, `asked` and `id`. What is kept with a whole is kept with its parts.
 */
export const WITH_WHOLES = `(
  select company_id, id as asked, id from unnest($1::uuid[], $2::uuid[]) as own (company_id, id)
   union all
  select part.company_id, part.part_id, part.whole_id
    from unnest($1::uuid[], $2::uuid[]) as own (company_id, id) join deduction_part part on part.company_id = own.company_id and part.part_id = own.id)`;
