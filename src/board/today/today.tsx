import { useQuery } from "@apollo/client/react";
import { type ReactNode, useState } from "react";
import { Preview } from "../customer/preview.tsx";
import { useDesk } from "../desk.tsx";
import { many, money, nodesOf } from "../format.ts";
import { useMedia, useTitle } from "../frame/hooks.ts";
import { Empty, Failed, Loading } from "../frame/states.tsx";
import { TodayDocument, type TodayQuery } from "../gql/documents.ts";
import { Feed } from "./feed.tsx";
import { Worklist } from "./worklist.tsx";

const SIZES = [50, 100, 200] as const;

/** The day's work: who is past due, and what comes in. */
export function Today() {
  useTitle("Today");
  const { company } = useDesk();
  const [size, setSize] = useState<number>(SIZES[0]);
  const { data, previousData, error, refetch } = useQuery(TodayDocument, { variables: { company: company.code, first: size } });
  const [shown, setShown] = useState<"worklist" | "live">("worklist");
  const [selected, select] = useState<string | null>(null);
  const wide = useMedia("(min-width: 1900px)");
  const today = data ?? previousData;
  const rows = nodesOf(today?.pastDueCustomers);
  const more = SIZES.find((it) => it > size);
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
              more={today.pastDueCustomers?.pageInfo.hasNextPage ? (more ? () => setSize(more) : "The list ends here; the totals count everybody.") : null} />
          )}
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
