import { useSyncExternalStore } from "react";
import { useDesk } from "../desk.tsx";
import { clockText, many } from "../format.ts";
import type { LineState } from "../live/line.ts";

export function useLine(): LineState {
  const { line } = useDesk().connection;
  return useSyncExternalStore(line.subscribe, line.state);
}

/** One word on the live line, with a dot that changes its shape too. */
export function ConnectionStatus() {
  const { name, lostAt } = useLine();
  const words = { connecting: "Connecting", live: "Live", behind: "Catching up", offline: `Offline${lostAt ? ` since ${clockText(lostAt)}` : ""}` };
  return (
    <span className="conn" data-line={name}>
      <i aria-hidden="true" />
      {words[name]}
    </span>
  );
}

/** The line above the sheet that says that news do not come, and afterwards that none was lost. */
export function ConnectionBanner() {
  const { retryNow } = useDesk().connection;
  const { name, lostAt, back } = useLine();
  const lost = lostAt !== null && (name === "offline" || name === "behind");
  const told = lost
    ? `The connection was lost at ${clockText(lostAt)}. Figures are as of then; the board comes back by itself and misses nothing.`
    : back
      ? `Back since ${clockText(back.at)}. ${back.missed === 0 ? "Nothing happened meanwhile." : `${many(back.missed, "thing")} happened meanwhile; the figures are exact again.`}`
      : "";
  return (
    <div role="status" aria-live="polite" className={told ? `banner ${lost ? "late" : "in"}` : "banner none"}>
      {told && <span>{told}</span>}
      {lost && <button className="btn" type="button" onClick={retryNow}>Try now</button>}
    </div>
  );
}
