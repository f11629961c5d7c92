/** The mark: an open ring, an item not yet closed. */
export const Mark = () => (
  <svg className="mark" width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
    <path d="M14.9 4.2A7.8 7.8 0 1 0 18.8 11" fill="none" stroke="currentColor" strokeWidth="3.4" />
  </svg>
);

export type RingState = "open" | "part" | "settled" | "broken";

/** The sign of a state: open, in part, settled, broken. The word for it stands beside it, or is given for those who listen. */
export const Ring = ({ state, className = "", label }: { readonly state: RingState; readonly className?: string; readonly label?: string }) => (
  <span className={`ring ${state} ${className}`} {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })} />
);
