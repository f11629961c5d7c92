import { type ReactNode, useState } from "react";
import { type Company, useDesk } from "../desk.tsx";
import { longDay } from "../format.ts";
import { go, link, type Place } from "../route.ts";
import { applyTheme, currentTheme, type Theme } from "../session.ts";
import { ConnectionBanner, ConnectionStatus } from "./connection-status.tsx";
import { useKeys } from "./keys.ts";
import { Mark } from "./marks.tsx";
import { Palette } from "./palette.tsx";

interface FrameProps {
  readonly place: Place;
  readonly companies: readonly Company[];
  readonly choose: (code: string) => void;
  readonly signOut: () => void;
  readonly subject: string;
  readonly children: ReactNode;
}

const TITLES = { today: "Today", customers: "Customers", customer: "Customer" } as const;

const otherThan = (theme: Theme): Theme => (theme === "light" ? "dark" : "light");

/** Rail, top bar and sheet around every screen. */
export function Frame({ place, companies, choose, signOut, subject, children }: FrameProps) {
  const { company } = useDesk();
  useKeys({ "g t": () => go("/"), "g c": () => go("/customers") });
  const [theme, setTheme] = useState(currentTheme);
  const other = otherThan(theme);
  const change = (): void => {
    applyTheme(other);
    setTheme(other);
  };
  const skip = (): void => document.getElementById("main")?.focus();
  return (
    <>
      <a className="skip" href="#main" onClick={(event) => (event.preventDefault(), skip())}>Skip to the work</a>
      <div className="app">
        <nav className="rail" aria-label="Main">
          <span className="brand"><Mark /><b>Openitem</b></span>
          <a className="nav" {...link("/")} {...(place.name === "today" && { "aria-current": "page" as const })}><TodayIcon />Today</a>
          <a className="nav" {...link("/customers")} {...(place.name !== "today" && { "aria-current": "page" as const })}><CustomersIcon />Customers</a>
          <div className="me">
            <span className="cut" title={subject}>{subject}</span>
            <button className="btn quiet" type="button" onClick={signOut}>Sign out</button>
          </div>
        </nav>
        <header className="top">
          <p className="where"><b>{TITLES[place.name]}</b> <span className="mute day">{longDay(new Date().toISOString().slice(0, 10))}</span></p>
          <CompanyChoice company={company} companies={companies} choose={choose} />
          <ThemeSwitch theme={theme} change={change} />
          <Palette acts={[
            { name: "Today", hint: "g t", run: () => go("/") },
            { name: "Customers", hint: "g c", run: () => go("/customers") },
            { name: `Use the ${other} theme`, hint: "", run: change },
          ]} />
          <ConnectionStatus />
        </header>
        <main id="main" tabIndex={-1}>
          <ConnectionBanner />
          {children}
        </main>
      </div>
    </>
  );
}

function CompanyChoice({ company, companies, choose }: { readonly company: Company; readonly companies: readonly Company[]; readonly choose: (code: string) => void }) {
  if (companies.length < 2) return <span className="company cut soft">{company.name}</span>;
  return (
    <select className="company" aria-label="Company" value={company.code} onChange={(event) => choose(event.target.value)}>
      {companies.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
    </select>
  );
}

function ThemeSwitch({ theme, change }: { readonly theme: Theme; readonly change: () => void }) {
  const other = otherThan(theme);
  return (
    <button className="btn quiet theme" type="button" onClick={change} aria-label={`Use the ${other} theme`} title={`Use the ${other} theme`}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
        <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
      </svg>
    </button>
  );
}

const TodayIcon = () => (
  <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="M2 4h14M2 9h14M2 14h9" stroke="currentColor" strokeWidth="1.6" /></svg>
);

const CustomersIcon = () => (
  <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="M3 16V3h8v13M11 7h4v9M1 16h16M6 6.5h2M6 9.5h2M6 12.5h2" fill="none" stroke="currentColor" strokeWidth="1.6" /></svg>
);
