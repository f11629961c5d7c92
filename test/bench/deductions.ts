import pg from "pg";
import { COMPANY } from "./kit/book.ts";
import { type BenchDatabase, makeDatabase } from "./kit/database.ts";
import { DEDUCTIONS, seedDeductions } from "./kit/deductions.ts";
import { type Program, startOurs, tokenOf } from "./kit/program.ts";
import { interleave, ratioOf, type Result, resultOf } from "./kit/rounds.ts";

const WARM = 8;

/** One question, as a client asks it and as SQL alone does. */
interface Question {
  readonly name: string;
  readonly query: string;
  readonly sql: string;
  readonly values: readonly unknown[];
  /** How often a round asks it. */
  readonly times: number;
  /** How many rows each side must answer with. */
  readonly rows: number;
}

const PAGE = 50;
const AT_RISK = `item.open_minor > 0 and work.state in ('CAPTURED', 'OPEN', 'RESEARCH', 'AWAITING_CUSTOMER', 'AWAITING_INTERNAL', 'DISPUTED_AGAIN') and coalesce(work.dispute_by, 'infinity'::date) >= current_date`;

/** A page of the analyst's list: what is nobody's yet and can still be lost, what closes first before the rest. */
const LIST: Question = {
  name: "deduction-list",
  query: `{ deductions(first: ${PAGE}, atRisk: true, states: [CAPTURED], order: MONEY_AT_RISK) { edges { node { id reason takenOn open { amount currency } } } pageInfo { hasNextPage endCursor } } }`,
  sql: `select deduction.id, deduction.reason, deduction.taken_on, item.open_minor, deduction.currency
          from deduction_case work
          join deduction on deduction.company_id = work.company_id and deduction.id = work.deduction_id
          join open_item item on item.company_id = work.company_id and item.document_id = work.deduction_id and item.kind = 'DEDUCTION'
         where work.company_id = $1 and work.state = 'CAPTURED' and ${AT_RISK}
         order by coalesce(work.dispute_by, 'infinity'::date), item.open_minor desc, work.deduction_id limit ${PAGE}`,
  values: [COMPANY.id],
  times: 60,
  rows: PAGE,
};

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const [FROM, TO] = [day(-89), day(0)];

/** The measures of a quarter, by reason: what was taken, decided, settled, is open, and how long it took. */
const MEASURES: Question = {
  name: "deduction-measures",
  query: `{ deductionMeasures(from: "${FROM}", to: "${TO}", by: [REASON]) { reason taken takenCount open validityRate ddo cycleMedianDays cycleP90Days } }`,
  sql: `with taken as (
          select work.reason, sum(deduction.amount_minor) as minor, count(*) as items from deduction join deduction_case work on work.company_id = $1 and work.deduction_id = deduction.id
           where deduction.company_id = $1 and deduction.taken_on between $2::date and $3::date group by 1
        ), open as (
          select work.reason, sum(item.original_minor - coalesce(gone.minor, 0)) as minor
            from open_item item join deduction_case work on work.company_id = $1 and work.deduction_id = item.document_id
            left join (select debit_item_id, sum(amount_minor) as minor from application where company_id = $1 and effective_on <= $3::date group by 1) as gone on gone.debit_item_id = item.id
           where item.company_id = $1 and item.kind = 'DEDUCTION' and item.effective_on <= $3::date group by 1
        ), decided as (
          select work.reason, sum(work.valid_minor) as valid, sum(deduction.amount_minor) as minor
            from (select distinct deduction_id from deduction_activity where company_id = $1 and to_state = 'DECIDED' and recorded_at >= $2::date and recorded_at < $3::date + 1) as step
            join deduction on deduction.company_id = $1 and deduction.id = step.deduction_id join deduction_case work on work.company_id = $1 and work.deduction_id = step.deduction_id group by 1
        ), worked as (
          select count(distinct deduction_id) as items from deduction_activity where company_id = $1 and member_id is not null and recorded_at >= $2::date and recorded_at < $3::date + 1
        ), sales as (select sum(total_minor) as minor from invoice where company_id = $1 and invoiced_on between $2::date and $3::date
        ), cycle as (
          select work.reason, percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from ended.at - deduction.recorded_at) / 86400) as days,
                 percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from ended.decided - deduction.recorded_at) / 86400) as research,
                 percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from ended.at - ended.decided) / 86400) as approval
            from (select deduction_id, max(recorded_at) filter (where to_state = 'SETTLED') as at, max(recorded_at) filter (where to_state = 'DECIDED') as decided
                    from deduction_activity where company_id = $1 and recorded_at >= $2::date and recorded_at < $3::date + 1 group by 1) as ended
            join deduction on deduction.company_id = $1 and deduction.id = ended.deduction_id join deduction_case work on work.company_id = $1 and work.deduction_id = ended.deduction_id
           where ended.at is not null group by 1
        )
        select * from taken left join open using (reason) left join decided using (reason) left join cycle using (reason) cross join sales cross join worked`,
  values: [COMPANY.id, FROM, TO],
  times: 3,
  rows: 5,
};

export const deductionList = (): Promise<Result> => compare(LIST);
export const deductionMeasures = (): Promise<Result> => compare(MEASURES);

/** One question asked through GraphQL over HTTP, and as a bare prepared statement, one at a time. */
async function compare(question: Question): Promise<Result> {
  const database: BenchDatabase = await makeDatabase();
  const client = new pg.Client(database.url);
  let program: Program | null = null;
  try {
    await seedDeductions(database);
    program = await startOurs(database.url);
    await client.connect();
    const token = await tokenOf(COMPANY.subject);
    const ask = { ours: () => overHttp(program!, token, question), bare: async () => (await client.query({ name: question.name, text: question.sql, values: [...question.values] })).rows.length };
    const round = async (side: keyof typeof ask, times: number): Promise<number> => {
      const begun = performance.now();
      for (let turn = 0; turn < times; turn++) {
        const rows = await ask[side]();
        if (rows !== question.rows) throw new Error(`${question.name} of ${side} answered ${rows} rows and not ${question.rows}.`);
      }
      return (performance.now() - begun) / times;
    };
    for (const side of ["ours", "bare"] as const) await round(side, WARM);
    const series = await interleave({ ours: () => round("ours", question.times), bare: () => round("bare", question.times) });
    return resultOf(question.name, { compared: "ours / bare SQL", unit: "ms", target: 2, atMost: true, ratio: ratioOf(series.ours, series.bare), notes: [
      `${DEDUCTIONS.open} open deductions of 1000 customers, ${DEDUCTIONS.closed} that are closed; one question at a time, over HTTP with a token and rights.`,
    ] }, series);
  } finally {
    await client.end();
    await program?.stop();
    await database.drop();
  }
}

/** How many rows came back. */
async function overHttp({ url }: Program, token: string, { query }: Question): Promise<number> {
  const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${token}` }, body: JSON.stringify({ query }) });
  const { data, errors } = (await response.json()) as { data?: { deductions?: { edges: unknown[] }; deductionMeasures?: unknown[] }; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data!.deductions?.edges.length ?? data!.deductionMeasures!.length;
}
