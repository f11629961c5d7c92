import { type MouseEvent, useSyncExternalStore } from "react";

/** A place of the board. */
export type Place = { readonly name: "today" } | { readonly name: "customers" } | { readonly name: "customer"; readonly id: string };

const MOVED = "openitem:moved";

/** The place that a path names; anything unknown is today. */
export function placeOf(path: string): Place {
  const [, first, id] = path.split("/");
  if (first === "customers") return id ? { name: "customer", id: decodeURIComponent(id) } : { name: "customers" };
  return { name: "today" };
}

export const pathOfCustomer = (id: string): string => `/customers/${encodeURIComponent(id)}`;

/** Goes to a path without loading the page anew. */
export function go(path: string): void {
  if (path === location.pathname) return;
  history.pushState(null, "", path);
  dispatchEvent(new Event(MOVED));
}

/** What a link needs to go without loading the page; opening it in a tab of its own still works. */
export const link = (path: string) => ({
  href: path,
  onClick: (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(path);
  },
});

const listen = (changed: () => void): (() => void) => {
  for (const event of ["popstate", MOVED]) addEventListener(event, changed);
  return () => {
    for (const event of ["popstate", MOVED]) removeEventListener(event, changed);
  };
};

/** The path that is shown. */
export const usePath = (): string => useSyncExternalStore(listen, () => location.pathname);
