import { useQuery } from "@apollo/client/react";
import { useEffect, useRef, useState } from "react";
import { useDesk } from "../desk.tsx";
import { amountOf, dayText, figure, many, minorOf, momentText, money, nodesOf } from "../format.ts";
import { useKeys } from "../frame/keys.ts";
import { Ring } from "../frame/marks.tsx";
import { Empty, Failed, Loading } from "../frame/states.tsx";
import { FeedDocument } from "../gql/documents.ts";
import { deductionHappened, type Happening, merged, paymentHappened } from "../live/news.ts";
import { link, pathOfCustomer } from "../route.ts";
import { REASONS, SOURCES, STATUSES } from "../words.ts";

const SHOWN = 60;

/** Money and deductions as they come in, latest first. It grows at its top only while nobody reads it. */
export function Feed() {
  const { company, news } = useDesk();
  const { data, previousData, error, refetch } = useQuery(FeedDocument, { variables: { company: company.code } });
  const read = data ?? previousData;
  const all = merged(nodesOf(read?.payments).map(paymentHappened), nodesOf(read?.deductions).map(deductionHappened), news).slice(0, SHOWN);
  const [frozen, setFrozen] = useState<ReadonlySet<string> | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const keys = (): ReadonlySet<string> => new Set(all.map(({ key }) => key));
  const shown = frozen ? all.filter(({ key }) => frozen.has(key)) : all;
  const waiting = all.filter(({ key }) => !shown.some((one) => one.key === key)).length;
  const hold = (): void => setFrozen((held) => held ?? keys());
  const letGo = (): void => {
    const busy = list.current?.matches(":hover, :focus-within") || (list.current?.closest(".pane")?.scrollTop ?? 0) > 0;
    if (!busy) setFrozen(null);
  };
  const show = (): void => setFrozen((held) => held && keys());
  useKeys({ n: show });
  return (
    <div ref={list} onPointerEnter={hold} onPointerLeave={letGo} onFocus={hold} onBlur={() => setTimeout(letGo)}>
      <div className="head rule">
        <h2>Live</h2><span className="s mute">payments and deductions</span>
        {waiting > 0 && <span className="end"><button className="link" type="button" onClick={show}>{waiting} new <kbd>n</kbd></button></span>}
      </div>
      {error && !read ? <Failed error={error} what="What came in could not be read." retry={() => void refetch()} /> : !read && all.length === 0 ? <Loading two /> : all.length === 0 ? (
        <Empty title="Nothing has come in yet.">Payments and deductions appear here the moment they are recorded.</Empty>
      ) : (
        <ol className="feed" aria-label="Payments and deductions, latest first">{shown.map((one) => <FeedItem key={one.key} happening={one} />)}</ol>
      )}
      <Announcer news={news} />
    </div>
  );
}

function FeedItem({ happening }: { readonly happening: Happening }) {
  const { company } = useDesk();
  const { amount, ring, word, customer, name, told } = happening.kind === "payment" ? paymentWords(happening.payment) : deductionWords(happening.deduction);
  return (
    <li className="li enter">
      <time className="t" dateTime={happening.at}>{momentText(happening.at)}</time>
      <span className="who cut"><Ring state={ring} className={happening.kind === "payment" ? "in" : "late"} label={word} />{customer ? <a {...link(pathOfCustomer(customer.id))}>{customer.name}</a> : name}</span>
      <span className={`m ${happening.kind === "payment" ? "in" : "late"}`}>{amount.currency !== company.functionalCurrency && <span className="code">{amount.currency}</span>}{figure(amount)}</span>
      <span className="x s soft">{told}</span>
    </li>
  );
}

function paymentWords(payment: Extract<Happening, { kind: "payment" }>["payment"]) {
  const left = minorOf(payment.unapplied) > 0n && payment.status !== "UNAPPLIED" ? `, ${figure(payment.unapplied)} left` : "";
  const told = [STATUSES[payment.status] + left, payment.reference, SOURCES[payment.source], `received ${dayText(payment.receivedOn)}`].filter(Boolean).join(" · ");
  const ring = payment.status === "APPLIED" ? "settled" : payment.status === "PARTLY_APPLIED" ? "part" : "open";
  return { amount: payment.amount, ring, word: "Payment", customer: payment.customer, name: payment.payerName ?? "Unknown payer", told } as const;
}

function deductionWords(deduction: Extract<Happening, { kind: "deduction" }>["deduction"]) {
  const code = deduction.customerCode ? `, code ${deduction.customerCode}` : "";
  const told = `deduction: ${REASONS[deduction.reason]}${code}${deduction.invoice?.number ? ` · on ${deduction.invoice.number}` : ""}`;
  const amount = amountOf(-minorOf(deduction.amount), deduction.amount.currency);
  return { amount, ring: "open", word: "Deduction", customer: deduction.customer, name: "", told } as const;
}

const QUIET = 5_000;

/** Tells those who listen what came in: one line in five seconds at most, however much it was. */
function Announcer({ news }: { readonly news: readonly Happening[] }) {
  const [said, say] = useState("");
  const told = useRef(new Set<string>());
  const next = useRef(0);
  useEffect(() => {
    const fresh = news.filter(({ key }) => !told.current.has(key));
    if (fresh.length === 0) return;
    const timer = setTimeout(() => {
      for (const { key } of fresh) told.current.add(key);
      next.current = Date.now() + QUIET;
      say(fresh.length === 1 ? lineOf(fresh[0]!) : `${many(fresh.length, "payment or deduction", "payments and deductions")} came in. The latest: ${lineOf(fresh[0]!)}`);
    }, Math.max(0, next.current - Date.now()));
    return () => clearTimeout(timer);
  }, [news]);
  return <p className="sr" role="status" aria-live="polite">{said}</p>;
}

const lineOf = (one: Happening): string =>
  one.kind === "payment"
    ? `Payment of ${money(one.payment.amount)} from ${one.payment.customer?.name ?? one.payment.payerName ?? "an unknown payer"}.`
    : `Deduction of ${money(one.deduction.amount)} by ${one.deduction.customer.name}, ${REASONS[one.deduction.reason]}.`;
