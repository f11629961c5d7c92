import { type RefObject, useEffect, useRef, useState } from "react";

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const changed = (): void => setHolds(media.matches);
    media.addEventListener("change", changed);
    changed();
    return () => media.removeEventListener("change", changed);
  }, [query]);
  return holds;
}

/** The width of an element in pixels, 0 before it is known. */
export function useWidth(element: RefObject<Element | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

/** How often a value has changed since it was first shown, and when last: what washes a changed row once. */
export function useChanges(value: string): { readonly count: number; readonly at: Date | null } {
  const shown = useRef(value);
  const [changes, setChanges] = useState<{ count: number; at: Date | null }>({ count: 0, at: null });
  useEffect(() => {
    if (shown.current === value) return;
    shown.current = value;
    setChanges(({ count }) => ({ count: count + 1, at: new Date() }));
  }, [value]);
  return changes;
}

/** Names the screen in the tab's title. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Openitem`;
  }, [title]);
}
