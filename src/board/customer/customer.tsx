import { useState } from "react";
import { AgingBar } from "../aging-bar.tsx";
import { useTitle } from "../frame/hooks.ts";
import { useKeys } from "../frame/keys.ts";
import { Empty, Failed, Loading } from "../frame/states.tsx";
import { link } from "../route.ts";
import { ROLES } from "../words.ts";
import { Deductions } from "./deductions.tsx";
import { HowTheyPay } from "./how-they-pay.tsx";
import { OpenItems } from "./open-items.tsx";
import { Payments } from "./payments.tsx";
import { type CustomerDetail, useCustomer } from "./use-customer.ts";

/** One customer: what is owed, how old it is, what was paid with what, and how they pay. */
export function CustomerPlace({ id }: { readonly id: string }) {
  const { customer, error, retry } = useCustomer(id);
  const [shown, setShown] = useState<"account" | "habits">("account");
  useTitle(customer?.name ?? "Customer");
  useKeys({ Escape: () => history.back() });
  if (error && !customer) return <Failed error={error} what="This customer could not be read." retry={retry} />;
  if (customer === undefined) return <Loading rows={14} />;
  if (customer === null) return <Empty title="There is no such customer.">It may belong to a company you do not work in. <a {...link("/customers")}>Find another one</a></Empty>;
  return (
    <>
      <div className="switch" role="group" aria-label="Show">
        <button type="button" aria-pressed={shown === "account"} onClick={() => setShown("account")}>Account</button>
        <button type="button" aria-pressed={shown === "habits"} onClick={() => setShown("habits")}>How they pay</button>
      </div>
      <div className="panes customer" data-shown={shown}>
        <section className="pane" data-pane="account" aria-label="Account">
          <Identity customer={customer} />
          {customer.openByAge.map((open) => <AgingBar key={open.currency} open={open} />)}
          {customer.openByAge.length === 0 && <Empty title="Nothing is open.">Every invoice is settled, and no credit is left.</Empty>}
          <div className="split">
            <div><OpenItems customer={customer} /><Deductions deductions={customer.deductions} /></div>
            <div><Payments payments={customer.payments} /></div>
          </div>
        </section>
        <section className="pane" data-pane="habits" aria-label="How they pay">
          <HowTheyPay customer={customer} />
          <People contacts={customer.contacts} />
        </section>
      </div>
    </>
  );
}

function Identity({ customer }: { readonly customer: CustomerDetail }) {
  return (
    <div className="id">
      <h1>{customer.name}</h1>
      <p className="mute">{customer.accountNumber}{customer.termsCode && ` · terms ${customer.termsCode}`}</p>
    </div>
  );
}

function People({ contacts }: { readonly contacts: CustomerDetail["contacts"] }) {
  return (
    <div className="sec">
      <div className="head"><h2>People</h2></div>
      {contacts.length === 0 ? <p className="pad s mute">Nobody is known by name yet.</p> : (
        <ul className="people">
          {contacts.map(({ id, name, role, email, phone }) => (
            <li key={id} className="li two"><span>{name}</span><span className="soft">{ROLES[role]}</span><span className="x s soft">{[phone, email].filter(Boolean).join(" · ")}</span></li>
          ))}
        </ul>
      )}
    </div>
  );
}
