import { useQuery } from "@apollo/client/react";
import { type ReactNode, useCallback, useState } from "react";
import { Preview } from "../customer/preview.tsx";
import { useDesk } from "../desk.tsx";
import { many, money, nodesOf } from "../format.ts";
import { useMedia, useTitle } from "../frame/hooks.ts";
import { Empty, Failed, Loading } from "../frame/states.tsx";
import { TodayDocument, type TodayQuery } from "../gql/documents.ts";
import { Feed } from "./feed.tsx";
import { eachOnce, FurtherPage, type FurtherRows } from "./further-page.tsx";
import { Worklist } from "./worklist.tsx";

const PAGE = 100;

/** The day's work: who is past due, and what comes in. */
export function Today() {
  useTitle("Today");
  const { company } = useDesk();
  const [pages, setPages] = useState(1);
  const [further, setFurther] = useState<readonly FurtherRows[]>([]);
  const { data, previousData, error, refetch } = useQuery(TodayDocument, { variables: { company: company.code, first: PAGE } });
  const [shown, setShown] = useState<"worklist" | "live">("worklist");
  const [selected, select] = useState<string | null>(null);
  const wide = useMedia("(min-width: 1900px)");
  const today = data ?? previousData;
  const read = further.slice(0, pages - 1);
  const rows = eachOnce([...nodesOf(today?.pastDueCustomers), ...read.flatMap((page) => page.rows)]);
  const first = today?.pastDueCustomers?.pageInfo;
  const last = read.at(-1) ?? first;
  const tell = useCallback((no: number, page: FurtherRows) => setFurther((all) => [...all.slice(0, no), page, ...all.slice(no + 1)]), []);
  return (
    <>
      <Sentence today={today} />
      <div className="switch" role="group" aria-label="Show">
        <SwitchButton on={shown === "worklist"} press={() => setShown("worklist")}>Past due</SwitchButton>
        <SwitchButton on={shown === "live"} press={() => setShown("live")}>Live</SwitchButton>
      </div>
      <div className="panes today" data-shown={shown}>
        <section className="pane" data-pane="worklist" aria-label="Customers past due">
          {error && !today ? <Failed error={error} what="The customers past due could not be read." retry={() => void refetch()} /> : !today ? <Loading rows={14} two /> : rows.length === 0 ? (
            <Empty title="Nobody is past due.">Customers appear here on the day after an invoice of theirs was due.</Empty>
          ) : (
            <Worklist rows={rows} totals={today.pastDueTotals} selected={wide ? selected ?? rows[0]!.customer.id : null} select={select}
              more={pages - 1 > read.length ? "reading" : last?.hasNextPage ? () => setPages(pages + 1) : null} />
          )}
          {pages > 1 && first?.endCursor && <FurtherPage company={company.code} size={PAGE} after={first.endCursor} no={0} left={pages - 1} tell={tell} />}
        </section>
        {wide && rows.length > 0 && (
          <section className="pane" data-pane="preview" aria-label="Selected customer">
            <Preview key={selected ?? rows[0]!.customer.id} id={selected ?? rows[0]!.customer.id} />
          </section>
        )}
        <section className="pane" data-pane="live" aria-label="Live">
          <Feed />
        </section>
      </div>
    </>
  );
}

const SwitchButton = ({ on, press, children }: { readonly on: boolean; readonly press: () => void; readonly children: ReactNode }) => (
  <button type="button" aria-pressed={on} onClick={press}>{children}</button>
);

/** The day in a line that can be read aloud. */
function Sentence({ today }: { readonly today: TodayQuery | undefined }) {
  const totals = today?.pastDueTotals ?? [];
  return (
    <h1 className="sentence">
      {!today ? <span>Reading the day…</span> : totals.length === 0 ? <span>Nobody is past due.</span> : (
        <>
          <span>
            Past due: {totals.map(({ customers, pastDue }, index) => (
              <span key={pastDue.currency}>{index > 0 && " and "}<b>{money(pastDue)}</b> from <b>{many(customers, "customer")}</b></span>
            ))}
          </span>
        </>
      )}
    </h1>
  );
}
