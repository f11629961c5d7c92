import { useEffect, useRef } from "react";

/** What keys do: one key, or two after each other, such as `g t`. */
export type Keys = Readonly<Record<string, () => void>>;

const BETWEEN = 1_000;
const FIELDS = "input, textarea, select, [contenteditable]";

/** Lets keys act while a screen is shown. Inside fields, and with a modifier, they do not. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let first = { key: "", at: 0 };
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest?.(FIELDS)) return;
      const both = event.timeStamp - first.at < BETWEEN ? `${first.key} ${event.key}` : event.key;
      const act = latest.current[both] ?? latest.current[event.key];
      first = { key: event.key, at: event.timeStamp };
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
