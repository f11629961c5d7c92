import { Fragment, useState } from "react";
import { dayText, figure, minorOf, nodesOf } from "../format.ts";
import { Ring } from "../frame/marks.tsx";
import type { PaymentInFullFragment } from "../gql/documents.ts";
import { APPLICATIONS, capitalized, REASONS, SOURCES, STATUSES } from "../words.ts";
import type { CustomerDetail } from "./use-customer.ts";

const FIRST = 10;

/** What came in, each payment with everything that it settled. */
export function Payments({ payments }: { readonly payments: CustomerDetail["payments"] }) {
  const [all, setAll] = useState(false);
  const rows = nodesOf(payments);
  const shown = all ? rows : rows.slice(0, FIRST);
  return (
    <div className="sec">
      <div className="head"><h2>Payments</h2><span className="mute">{rows.length}{payments?.pageInfo.hasNextPage && " latest"}</span></div>
      {rows.length === 0 ? <p className="pad s mute">Nothing has been received from them yet.</p> : (
        <table className="payments">
          <caption className="sr">Payments, latest first, each with what it settled</caption>
          <thead><tr><th scope="col">Received</th><th scope="col">For</th><th scope="col" className="m">Amount</th></tr></thead>
          <tbody>{shown.map((payment) => <PaymentRows key={payment.id} payment={payment} />)}</tbody>
        </table>
      )}
      {rows.length > shown.length && <p className="pad"><button className="btn" type="button" onClick={() => setAll(true)}>Show all {rows.length}</button></p>}
    </div>
  );
}

function PaymentRows({ payment }: { readonly payment: PaymentInFullFragment }) {
  const left = minorOf(payment.unapplied) > 0n;
  const ring = payment.status === "APPLIED" ? "settled" : payment.status === "PARTLY_APPLIED" ? "part" : "open";
  return (
    <Fragment>
      <tr className="pay">
        <th scope="row"><Ring state={ring} className="in" label={STATUSES[payment.status]} /><time dateTime={payment.receivedOn}>{dayText(payment.receivedOn)}</time></th>
        <td className="soft">{[payment.reference, SOURCES[payment.source]].filter(Boolean).join(" · ")}</td>
        <td className="m b in"><span className="code">{payment.amount.currency}</span>{figure(payment.amount)}</td>
      </tr>
      {payment.applications.map(({ id, kind, amount, invoice, deduction }) => (
        <tr key={id} className="use">
          <td />
          <td>{invoice?.number ?? (deduction ? capitalized(REASONS[deduction.reason]) : "–")} <span className="s mute">{APPLICATIONS[kind]}{kind === "DEDUCTION" && deduction ? `: ${REASONS[deduction.reason]}` : ""}</span></td>
          <td className={`m ${kind === "CASH" ? "" : "late"}`}>{figure(amount)}</td>
        </tr>
      ))}
      {left && <tr className="use"><td /><td>Not applied</td><td className="m">{figure(payment.unapplied)}</td></tr>}
    </Fragment>
  );
}
