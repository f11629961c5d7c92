import { useQuery } from "@apollo/client/react";
import { useDeferredValue, useState } from "react";
import { useDesk } from "../desk.tsx";
import { figure, nodesOf } from "../format.ts";
import { useTitle } from "../frame/hooks.ts";
import { useKeys } from "../frame/keys.ts";
import { Empty, Failed, Loading } from "../frame/states.tsx";
import { CustomersDocument } from "../gql/documents.ts";
import { link, pathOfCustomer } from "../route.ts";

/** Every customer, found by name or account number. */
export function Customers() {
  useTitle("Customers");
  const { company } = useDesk();
  const [text, setText] = useState("");
  const search = useDeferredValue(text.trim());
  const { data, previousData, error, refetch } = useQuery(CustomersDocument, { variables: { company: company.code, search: search || null, first: 100 } });
  const read = data ?? previousData;
  const rows = nodesOf(read?.customers);
  useKeys({ "/": () => document.getElementById("find")?.focus() });
  return (
    <>
      <h1 className="sentence find">
        <label htmlFor="find">Find a customer</label>
        <input id="find" type="search" value={text} onChange={(event) => setText(event.target.value)} placeholder="Name or account number" autoComplete="off" />
        <kbd aria-hidden="true">/</kbd>
      </h1>
      <div className="panes one">
        <section className="pane" aria-label="Customers">
          {error && !read ? <Failed error={error} what="The customers could not be read." retry={() => void refetch()} /> : !read ? <Loading rows={14} /> : rows.length === 0 ? (
            <Empty title={search ? `Nobody is called “${search}”.` : "There are no customers yet."}>{search ? "Try an account number, or part of a name." : "They come with an imported book, or one by one through the graph."}</Empty>
          ) : (
            <table>
              <caption className="sr">Customers by name</caption>
              <thead><tr><th scope="col">Customer</th><th scope="col">Account</th><th scope="col" className="m">Balance</th></tr></thead>
              <tbody>
                {rows.map(({ id, name, accountNumber, balances }) => (
                  <tr key={id}>
                    <th scope="row"><a className="name" {...link(pathOfCustomer(id))}>{name}</a></th>
                    <td className="soft">{accountNumber}</td>
                    <td className="m">{balances.length === 0 ? "–" : balances.map(({ total }) => <span key={total.currency} className="stacked"><span className="code">{total.currency}</span>{figure(total)}</span>)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {read?.customers?.pageInfo.hasNextPage && <p className="pad s mute">The first 100 by name. Search for the others.</p>}
        </section>
      </div>
    </>
  );
}
