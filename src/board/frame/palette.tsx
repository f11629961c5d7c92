import { useQuery } from "@apollo/client/react";
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from "react";
import { useDesk } from "../desk.tsx";
import { nodesOf } from "../format.ts";
import { CustomersDocument } from "../gql/documents.ts";
import { go, pathOfCustomer } from "../route.ts";

/** Something that can be done from anywhere. */
export interface Act {
  readonly name: string;
  /** The key that does it, or the customer's number. */
  readonly hint: string;
  readonly run: () => void;
}

const FOUND = 8;

/** One field for places, customers and actions. It is opened by Ctrl K or Cmd K, or by its button. */
export function Palette({ acts }: { readonly acts: readonly Act[] }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const pressed = (event: globalThis.KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  useEffect(() => {
    // The browser keeps the focus inside, gives it back at the end, and lets Escape close it.
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <>
      <button className="btn quiet finder" type="button" onClick={() => setOpen(true)} aria-keyshortcuts="Control+K Meta+K">Find <kbd aria-hidden="true">Ctrl K</kbd></button>
      <dialog ref={dialog} className="palette" aria-label="Find or do" onClose={() => setOpen(false)} onClick={(event) => event.target === dialog.current && setOpen(false)}>
        {open && <Finder acts={acts} close={() => setOpen(false)} />}
      </dialog>
    </>
  );
}

function Finder({ acts, close }: { readonly acts: readonly Act[]; readonly close: () => void }) {
  const { company } = useDesk();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const words = text.trim();
  const search = useDeferredValue(words);
  const { data, previousData, loading } = useQuery(CustomersDocument, { variables: { company: company.code, search, first: FOUND }, skip: search === "" });
  const customers = search === "" ? [] : nodesOf((data ?? previousData)?.customers).map(({ id, name, accountNumber }): Act => ({ name, hint: accountNumber, run: () => go(pathOfCustomer(id)) }));
  const found = [...acts.filter(({ name }) => name.toLowerCase().includes(words.toLowerCase())), ...customers];
  const chosen = Math.min(at, found.length - 1);
  const run = (act: Act | undefined): void => {
    if (!act) return;
    close();
    act.run();
  };
  const pressed = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by !== 0 && found.length > 0) setAt((chosen + by + found.length) % found.length);
    else if (event.key === "Enter") {
      // Customers that were found for fewer letters are still shown, and are not what was meant.
      const stale = loading || search !== words;
      if (!(stale && customers.includes(found[chosen]!))) run(found[chosen]);
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <input type="text" role="combobox" aria-label="Find or do" aria-expanded={found.length > 0} aria-controls="found" aria-autocomplete="list" {...(found.length > 0 && { "aria-activedescendant": `found-${chosen}` })}
        autoFocus autoComplete="off" spellCheck={false} placeholder="A customer, a place, an action" value={text} onChange={(event) => (setText(event.target.value), setAt(0))} onKeyDown={pressed} />
      <ul id="found" role="listbox" aria-label="Found">
        {found.map((act, index) => (
          <li key={`${act.name} ${act.hint}`} id={`found-${index}`} role="option" aria-selected={index === chosen} onPointerMove={() => setAt(index)} onClick={() => run(act)}>
            <span className="cut">{act.name}</span><span className="s mute">{act.hint}</span>
          </li>
        ))}
      </ul>
      <p className="s mute pad" role="status">{found.length === 0 ? "Nothing called that. Try a number or part of a name." : ""}</p>
    </>
  );
}
