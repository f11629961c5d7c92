import type { Database } from "../../src/db/database.ts";
import { DeductionAction, type DeductionState, nextState } from "../../src/domain/deduction-case.ts";

/** What is open of the chargebacks of a deduction that were not undone. */
const OWED = `(select coalesce(sum(memo_item.open_minor), 0) from deduction_settlement done
    join deduction_settlement_part part on part.company_id = $1 and part.settlement_id = done.id and part.kind = 'CHARGEBACK'
    join open_item memo_item on memo_item.company_id = $1 and memo_item.document_id = part.memo_id
   where done.company_id = $1 and done.deduction_id = work.deduction_id
     and not exists (select from deduction_settlement undoing where undoing.company_id = $1 and undoing.undoes_id = done.id))`;

/** What must hold of the work on deductions at every commit, as in `rules-of-books.ts`. */
export const RULES_OF_CASES: Readonly<Record<string, string>> = {
  "a deduction that is settled or denied has nothing open; a denied one is owed again, and of a settled one nothing is": `
    select work.deduction_id, work.state from deduction_case work join open_item item on item.company_id = $1 and item.document_id = work.deduction_id
     where work.company_id = $1
       and ((work.state in ('SETTLED', 'DENIED', 'CONFIRMED', 'VOIDED') and item.open_minor > 0)
            or (work.state = 'DENIED' and ${OWED} = 0) or (work.state in ('SETTLED', 'CONFIRMED') and ${OWED} > 0))`,
  "what was neither split nor merged and has nothing open and nothing owed waits for nobody": `
    select work.deduction_id, work.state from deduction_case work join open_item item on item.company_id = $1 and item.document_id = work.deduction_id
     where work.company_id = $1 and item.open_minor = 0 and work.state in ('CAPTURED', 'OPEN', 'RESEARCH', 'DECIDED', 'PENDING_APPROVAL', 'SETTLEMENT_PENDING') and ${OWED} = 0
       and not exists (select from application moved where moved.company_id = $1 and moved.debit_item_id = item.id and moved.kind = 'SPLIT')`,
  "what waits to be settled is no more than was decided, and all of it was decided alike": `
    select work.deduction_id from deduction_case work join open_item item on item.company_id = $1 and item.document_id = work.deduction_id
     where work.company_id = $1 and work.state in ('DECIDED', 'PENDING_APPROVAL', 'SETTLEMENT_PENDING') and work.valid_minor > 0 and item.open_minor > work.valid_minor`,
  "what a split or a merge takes off deductions is what it opens": `
    select moved.entry_id from application moved where moved.company_id = $1 and moved.kind = 'SPLIT' group by moved.entry_id
    having sum(moved.amount_minor) <> (select sum(item.original_minor) from open_item item where item.company_id = $1
                                         and item.id in (select opening.opened_item_id from application opening where opening.company_id = $1 and opening.entry_id = moved.entry_id))`,
  "a settlement takes off its deduction what its parts say, and undoing gives it back": `
    select done.id from deduction_settlement done join open_item item on item.company_id = $1 and item.document_id = done.deduction_id
     where done.company_id = $1
       and (select coalesce(sum(applied.amount_minor), 0) from application applied where applied.company_id = $1 and applied.entry_id = done.entry_id and applied.debit_item_id = item.id)
           <> (select coalesce(sum(part.amount_minor), 0) * case when done.undoes_id is null then 1 else -1 end from deduction_settlement_part part
                where part.company_id = $1 and part.settlement_id = coalesce(done.undoes_id, done.id))`,
  "a chargeback that was undone has nothing open, and nothing of it was settled": `
    select part.memo_id from deduction_settlement undoing join deduction_settlement_part part on part.company_id = $1 and part.settlement_id = undoing.undoes_id and part.kind in ('CHARGEBACK', 'CREDIT_MEMO')
      join open_item item on item.company_id = $1 and item.document_id = part.memo_id
     where undoing.company_id = $1 and item.open_minor > 0`,
};

/** Every step on record follows from the one before, is in the published table, and the last leads to where the case stands. */
export async function brokenWalks(db: Database, companyId: string): Promise<string[]> {
  const steps = await db.run<{ id: string; action: string; from: DeductionState; to: DeductionState; state: DeductionState }>(
    "rule.walks",
    `select done.deduction_id as id, done.action, done.from_state as "from", done.to_state as "to", work.state from deduction_activity done
       join deduction_case work on work.company_id = $1 and work.deduction_id = done.deduction_id where done.company_id = $1 order by done.deduction_id, done.id`,
    [companyId],
  );
  const known = new Set<string>(Object.values(DeductionAction));
  return steps.flatMap((it, index) => {
    const [before, after] = [steps[index - 1], steps[index + 1]];
    const broken = [
      before?.id === it.id && before.to !== it.from ? `begins at ${it.from} after ${before.to}` : null,
      after?.id !== it.id && it.to !== it.state ? `leads to ${it.to}, and the case is ${it.state}` : null,
      known.has(it.action) && nextState(it.from, it.action as DeductionAction) !== it.to ? `leads to ${it.to}, which is not in the table` : null,
    ].filter((fault) => fault !== null);
    return broken.map((fault) => `${it.action} of ${it.id} from ${it.from} ${fault}`);
  });
}
