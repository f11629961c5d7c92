import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { type ReactNode, useEffect, useState } from "react";

/** Rows of the true height, shown when a read takes longer than the eye forgives. */
export function Loading({ rows = 8, two = false }: { readonly rows?: number; readonly two?: boolean }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="skeleton" role="status" aria-label="Reading">
      {late && Array.from({ length: rows }, (_, row) => <div key={row} className={two ? "two" : ""} aria-hidden="true"><i /><i /></div>)}
    </div>
  );
}

/** Why there is nothing, and what comes next. */
export const Empty = ({ title, children }: { readonly title: string; readonly children?: ReactNode }) => (
  <div className="note">
    <p className="b">{title}</p>
    {children && <p className="soft">{children}</p>}
  </div>
);

/** What failed, that nothing is lost, one thing to do, and what to quote when asking for help. */
export function Failed({ error, what, retry }: { readonly error: unknown; readonly what: string; readonly retry: () => void }) {
  const first = CombinedGraphQLErrors.is(error) ? error.errors[0] : undefined;
  return (
    <div className="note" role="alert">
      <p className="b stop">{what}</p>
      <p className="soft">{first ? first.message : "The server could not be reached."} Nothing is lost by it.</p>
      <button className="btn" type="button" onClick={retry}>Read again</button>
    </div>
  );
}
