import { useRef, useState } from "react";
import { MiniBar } from "../aging-bar.tsx";
import { useDesk } from "../desk.tsx";
import { clockText, dayText, daysLate, figure, many } from "../format.ts";
import { useChanges } from "../frame/hooks.ts";
import { useKeys } from "../frame/keys.ts";
import type { TodayQuery } from "../gql/documents.ts";
import { link, pathOfCustomer } from "../route.ts";
import { keyOf, type Row, useHeldOrder } from "./held-order.ts";

interface WorklistProps {
  readonly rows: readonly Row[];
  readonly totals: TodayQuery["pastDueTotals"];
  /** Id of the customer shown beside the list; null where there is no room for one. */
  readonly selected: string | null;
  readonly select: (id: string) => void;
  /** Shows more of the list, which may be on its way; null when all of it is shown. */
  readonly more: (() => void) | "reading" | null;
}

/** Customers past due. Figures change in place; the order changes only when asked for. */
export function Worklist({ rows, totals, selected, select, more }: WorklistProps) {
  const { shown, moved, reorder } = useHeldOrder(rows);
  const body = useRef<HTMLTableSectionElement>(null);
  const { functionalCurrency } = useDesk().company;
  const step = (by: number): void => {
    const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>("a.name") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    links[at === -1 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  };
  useKeys({ j: () => step(1), k: () => step(-1), r: reorder });
  return (
    <>
      <div className="head">
        <h2>Past due</h2>
        <span className="end" role="status">
          {moved > 0 ? <button className="link" type="button" onClick={reorder}>New order for {moved} <kbd>r</kbd></button> : <span className="s mute">Order is current</span>}
        </span>
      </div>
      <table className="worklist">
        <caption className="sr">Customers with invoices past due, the largest amount first</caption>
        <thead>
          <tr>
            <th scope="col">Customer</th>
            <th scope="col" className="c-age">Age</th>
            <th scope="col" className="m c-not">Not due</th>
            <th scope="col" className="m c-old">Oldest</th>
            <th scope="col" className="m">Past due, {functionalCurrency}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {shown.map(({ row, gone }) => <CustomerRow key={keyOf(row)} row={row} gone={gone} selected={row.customer.id === selected} select={select} />)}
        </tbody>
        <tfoot>
          {totals.map(({ customers, pastDue }) => (
            <tr key={pastDue.currency}>
              <th scope="row">{many(customers, "customer")}</th>
              <td className="c-age" /><td className="c-not" /><td className="c-old" />
              <td className="m">{pastDue.currency !== functionalCurrency && <span className="code">{pastDue.currency}</span>}<span className="double">{figure(pastDue)}</span></td>
            </tr>
          ))}
        </tfoot>
      </table>
      {more && <p className="pad"><button className="btn" type="button" aria-disabled={more === "reading"} onClick={() => more !== "reading" && more()}>{more === "reading" ? "Reading more…" : "Show more"}</button> <span className="s mute">{shown.length.toLocaleString()} shown</span></p>}
    </>
  );
}

interface CustomerRowProps {
  readonly row: Row;
  readonly gone: boolean;
  readonly selected: boolean;
  readonly select: (id: string) => void;
}

function CustomerRow({ row: { customer, open }, gone, selected, select }: CustomerRowProps) {
  const changes = useChanges(`${open.pastDue.amount} ${open.balance.amount} ${gone}`);
  const foreign = useDesk().company.functionalCurrency !== open.currency;
  const late = open.oldestDueOn && !gone ? daysLate(open.oldestDueOn, open.asOf) : null;
  const [pointed, setPointed] = useState(false);
  return (
    <tr className={`${selected ? "sel " : ""}${changes.count > 0 ? `flash-${changes.count % 2}` : ""}`} onPointerDown={() => setPointed(true)} onClick={() => select(customer.id)}
      onFocus={() => (pointed || select(customer.id), setPointed(false))}>
      <th scope="row">
        <a className="name" {...link(pathOfCustomer(customer.id))}>{customer.name}</a>
        <span className="s mute sub">
          {customer.accountNumber}
          {foreign && ` · in ${open.currency}`}
          {late !== null && <span className="oldest" aria-hidden="true"> · {late} d</span>}
          {gone && <span className="in"> · nothing past due any more</span>}
          {changes.at && <span className="changed"> · changed {clockText(changes.at)}</span>}
        </span>
        <span className="under" aria-hidden="true"><MiniBar open={open} /></span>
      </th>
      <td className="c-age"><MiniBar open={open} /></td>
      <td className="m c-not soft">{open.ranges[0]!.items === 0 ? "–" : figure(open.ranges[0]!.amount)}</td>
      <td className="m c-old">
        {late === null ? "–" : <span className={late > 60 ? "late" : "soft"} title={`Due ${dayText(open.oldestDueOn!)}`}>{late} d</span>}
      </td>
      <td className="m b" data-testid={`past-due-${customer.accountNumber}`}>
        {foreign && <span className="code">{open.currency}</span>}{gone ? "–" : figure(open.pastDue)}
      </td>
    </tr>
  );
}
