const TOKEN = "openitem.token";
const COMPANY = "openitem.company";
const THEME = "openitem.theme";

/**
 * The token of this tab. One that came in the address's fragment, which browsers never send to a server, is kept and taken
 * out of the address, so that it is neither bookmarked nor read over a shoulder.
 */
export function tokenOfTab(): string | null {
  const given = /^#token=([\w.-]+)$/.exec(location.hash)?.[1];
  if (given) {
    keepToken(given);
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(TOKEN);
}

/** Keeps a token for as long as the tab lives; null forgets it. */
export function keepToken(token: string | null): void {
  if (token === null) sessionStorage.removeItem(TOKEN);
  else sessionStorage.setItem(TOKEN, token);
}

export const companyOfTab = (): string | null => sessionStorage.getItem(COMPANY);
export const keepCompany = (code: string): void => sessionStorage.setItem(COMPANY, code);

export type Theme = "light" | "dark";

/** The theme in use: the one that was chosen here, or else the system's. */
export function currentTheme(): Theme {
  const chosen = localStorage.getItem(THEME);
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Applies a chosen theme to the page; without a choice the page follows the system. */
export function applyTheme(choice: Theme | null = null): void {
  if (choice) localStorage.setItem(THEME, choice);
  const chosen = localStorage.getItem(THEME);
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset["theme"] = chosen;
}
