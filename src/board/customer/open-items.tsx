import { itemsOf } from "../aging.ts";
import { amountOf, dayText, daysLate, figure, many, minorOf, nodesOf, sumOf } from "../format.ts";
import { useChanges } from "../frame/hooks.ts";
import { Ring } from "../frame/marks.tsx";
import type { OpenFragment } from "../gql/documents.ts";
import type { CustomerDetail } from "./use-customer.ts";

type Item = NonNullable<NonNullable<NonNullable<NonNullable<CustomerDetail["openItems"]>["edges"]>[number]>["node"]>;

const NAMES = { INVOICE: "Invoice", DEDUCTION: "Deduction", PAYMENT: "Unapplied cash", DEBIT_MEMO: "Debit memo", CREDIT_MEMO: "Credit memo" } as const;

const signed = (item: Item): Item["open"] => (item.kind === "PAYMENT" || item.kind === "CREDIT_MEMO" ? amountOf(-minorOf(item.open), item.open.currency) : item.open);

/** What is not settled, a table for each currency, each with its total. */
export function OpenItems({ customer }: { readonly customer: CustomerDetail }) {
  const items = nodesOf(customer.openItems);
  return customer.openByAge.map((open) => <OpenItemsIn key={open.currency} open={open} items={items.filter((item) => item.open.currency === open.currency)} />);
}

function OpenItemsIn({ open, items }: { readonly open: OpenFragment; readonly items: readonly Item[] }) {
  const further = itemsOf(open) - items.length;
  const rest = amountOf(minorOf(open.balance) - minorOf(sumOf(items.map(signed), open.currency)), open.currency);
  return (
    <div className="sec">
      <div className="head"><h2>Open items</h2><span className="mute">{itemsOf(open)}</span></div>
      <table className="items">
        <caption className="sr">Open items in {open.currency}, earliest due first</caption>
        <thead>
          <tr>
            <th scope="col">Item</th><th scope="col" className="c-issued">Issued</th><th scope="col" className="c-due">Due</th><th scope="col" className="m">Late</th>
            <th scope="col" className="m c-original">Original</th><th scope="col" className="m">Open, {open.currency}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => <ItemRow key={item.id} item={item} asOf={open.asOf} />)}
          {further > 0 && <tr><th scope="row" className="soft">{many(further, "further item")}</th><td className="c-issued" /><td className="c-due" /><td /><td className="c-original" /><td className="m">{figure(rest)}</td></tr>}
        </tbody>
        <tfoot>
          <tr><th scope="row">Total</th><td className="c-issued" /><td className="c-due" /><td /><td className="c-original" /><td className="m"><span className="double">{figure(open.balance)}</span></td></tr>
        </tfoot>
      </table>
    </div>
  );
}

function ItemRow({ item, asOf }: { readonly item: Item; readonly asOf: string }) {
  const changes = useChanges(item.open.amount);
  const late = item.kind === "INVOICE" && item.dueOn ? daysLate(item.dueOn, asOf) : 0;
  const inPart = item.open.minorUnits !== item.original.minorUnits;
  const due = item.dueOn && item.kind === "INVOICE" ? <time dateTime={item.dueOn}>{dayText(item.dueOn)}</time> : null;
  return (
    <tr className={changes.count > 0 ? `flash-${changes.count % 2}` : ""}>
      <th scope="row"><Ring state={inPart ? "part" : "open"} label={inPart ? "Open in part" : "Open"} />{item.number ?? NAMES[item.kind]}{due && <span className="under-item"> due {due}</span>}</th>
      <td className="c-issued soft"><time dateTime={item.effectiveOn}>{dayText(item.effectiveOn)}</time></td>
      <td className="c-due">{due ?? "–"}</td>
      <td className="m">{late > 0 ? <span className="late">{late} d</span> : "–"}</td>
      <td className="m c-original soft">{figure(item.original)}</td>
      <td className="m">{figure(signed(item))}</td>
    </tr>
  );
}
