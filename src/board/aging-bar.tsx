import { type Part, partsOf } from "./aging.ts";
import { figure, many } from "./format.ts";
import type { OpenFragment } from "./gql/documents.ts";

const sentence = (open: OpenFragment, parts: readonly Part[]): string => {
  const told = parts.filter(({ share }) => share > 0).map(({ label, amount }) => `${label} ${figure(amount)}`);
  return `By age in ${open.currency}: ${told.length > 0 ? told.join(", ") : "nothing open"}.`;
};

/** The bar alone, with its figures as its label. */
export function MiniBar({ open, tall = false }: { readonly open: OpenFragment; readonly tall?: boolean }) {
  const parts = partsOf(open);
  return (
    <span className={`bar${tall ? " tall" : ""}`} role="img" aria-label={sentence(open, parts)}>
      {parts.filter(({ share }) => share > 0).map(({ key, share }) => <i key={key} className={key} style={{ flexGrow: share }} />)}
    </span>
  );
}

const itemWord = (part: Part): string => many(part.items, part.key === "deductions" ? "case" : part.key === "credits" ? "payment" : "item");

/** The bar of a customer in one currency, with every part's amount and count below it, ending in the balance. */
export function AgingBar({ open }: { readonly open: OpenFragment }) {
  const parts = partsOf(open);
  const ordered = [...parts.slice(1), parts[0]!];
  return (
    <figure className="aging" aria-label={`Open in ${open.currency}, by age`}>
      <MiniBar open={open} tall />
      <dl>
        {ordered.map((part) => (
          <div key={part.key} className={part.items === 0 ? "none" : ""}>
            <dt><span className={`sw ${part.key}`} aria-hidden="true" />{part.label}</dt>
            <dd className="v">{part.items === 0 ? "–" : figure(part.amount)}</dd>
            <dd className="s mute">{part.items === 0 ? "" : itemWord(part)}</dd>
          </div>
        ))}
        <div>
          <dt className="b">Balance</dt>
          <dd className="v"><span className="double" data-testid={`balance-${open.currency}`}>{figure(open.balance)}</span></dd>
          <dd className="s mute">{open.currency}</dd>
        </div>
      </dl>
    </figure>
  );
}

