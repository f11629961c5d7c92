import { AgingBar } from "../aging-bar.tsx";
import { Empty, Failed, Loading } from "../frame/states.tsx";
import { link, pathOfCustomer } from "../route.ts";
import { HowTheyPay } from "./how-they-pay.tsx";
import { OpenItems } from "./open-items.tsx";
import { useCustomer } from "./use-customer.ts";

/** The selected customer beside the worklist: the same pieces as on the customer's own screen. */
export function Preview({ id }: { readonly id: string }) {
  const { customer, error, retry } = useCustomer(id);
  if (error && !customer) return <Failed error={error} what="This customer could not be read." retry={retry} />;
  if (customer === undefined) return <Loading rows={10} />;
  if (customer === null) return <Empty title="There is no such customer." />;
  return (
    <>
      <div className="id">
        <h2>{customer.name}</h2>
        <p className="mute">{customer.accountNumber}{customer.termsCode && ` · terms ${customer.termsCode}`}</p>
        <a className="btn" {...link(pathOfCustomer(customer.id))}>Open</a>
      </div>
      {customer.openByAge.map((open) => <AgingBar key={open.currency} open={open} />)}
      <HowTheyPay customer={customer} />
      <OpenItems customer={customer} />
    </>
  );
}
