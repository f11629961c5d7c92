import { dayText, figure, minorOf, nodesOf } from "../format.ts";
import { Ring } from "../frame/marks.tsx";
import { capitalized, REASONS } from "../words.ts";
import type { CustomerDetail } from "./use-customer.ts";

/** What the customer did not pay, and why. */
export function Deductions({ deductions }: { readonly deductions: CustomerDetail["deductions"] }) {
  const rows = nodesOf(deductions);
  return (
    <div className="sec">
      <div className="head"><h2>Deductions</h2><span className="mute">{rows.length}{deductions?.pageInfo.hasNextPage && " latest"}</span></div>
      {rows.length === 0 ? <p className="pad s mute">They have taken nothing off.</p> : (
        <table className="taken">
          <caption className="sr">Deductions, latest first</caption>
          <thead><tr><th scope="col">Reason</th><th scope="col">Invoice</th><th scope="col" className="c-issued">Taken</th><th scope="col" className="m c-original">Amount</th><th scope="col" className="m">Open</th></tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row"><Ring state={ringOf(minorOf(row.open), minorOf(row.amount))} />{capitalized(REASONS[row.reason])}{row.customerCode && <span className="s mute"> code {row.customerCode}</span>}</th>
                <td className="soft">{row.invoice?.number ?? row.claimNumber ?? "–"}</td>
                <td className="c-issued soft"><time dateTime={row.takenOn}>{dayText(row.takenOn)}</time></td>
                <td className="m c-original soft">{figure(row.amount)}</td>
                <td className="m"><span className="code">{row.open.currency}</span>{minorOf(row.open) === 0n ? "–" : figure(row.open)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

export const ringOf = (open: bigint, original: bigint): "open" | "part" | "settled" => (open === 0n ? "settled" : open === original ? "open" : "part");
