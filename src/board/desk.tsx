import { useQuery } from "@apollo/client/react";
import { createContext, useContext, useEffect, useState } from "react";
import type { Connection } from "./connection.ts";
import { CustomerPlace } from "./customer/customer.tsx";
import { Customers } from "./customer/customers.tsx";
import { Frame } from "./frame/frame.tsx";
import { Failed } from "./frame/states.tsx";
import { ViewerDocument } from "./gql/documents.ts";
import { type Happening, useNews } from "./live/news.ts";
import { placeOf, usePath } from "./route.ts";
import { companyOfTab, keepCompany } from "./session.ts";
import { Today } from "./today/today.tsx";

/** A company that the person works in. */
export interface Company {
  readonly code: string;
  readonly name: string;
  readonly functionalCurrency: string;
}

/** What every screen needs. */
export interface DeskState {
  readonly connection: Connection;
  readonly company: Company;
  /** What came in over the live line since the board was opened, latest first. */
  readonly news: readonly Happening[];
}

const DeskContext = createContext<DeskState | null>(null);

export function useDesk(): DeskState {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("A screen stands outside the desk.");
  return desk;
}

/** The work of one signed-in person: one company at a time, and the live line of it. */
export function Desk({ connection, signOut }: { readonly connection: Connection; readonly signOut: () => void }) {
  const { data, error, refetch } = useQuery(ViewerDocument);
  const [chosen, setChosen] = useState(companyOfTab);
  const companies = data?.viewer.memberships.map((membership) => membership.company) ?? [];
  const company = companies.find(({ code }) => code === chosen) ?? companies[0];
  const choose = (code: string): void => {
    keepCompany(code);
    setChosen(code);
  };
  if (error && !data) return <main className="sign-in"><Failed error={error} what="Your companies could not be read." retry={() => void refetch()} /></main>;
  if (!data) return null;
  if (!company) return <NoCompany subject={data.viewer.subject} signOut={signOut} />;
  return <AtWork key={company.code} connection={connection} company={company} companies={companies} choose={choose} signOut={signOut} subject={data.viewer.subject} />;
}

function NoCompany({ subject, signOut }: { readonly subject: string; readonly signOut: () => void }) {
  return (
    <main className="sign-in">
      <h1>No company yet</h1>
      <p>{subject} works in no company. An administrator of one can give you a role there.</p>
      <button className="btn" type="button" onClick={signOut}>Sign in as somebody else</button>
    </main>
  );
}

interface AtWorkProps {
  readonly connection: Connection;
  readonly company: Company;
  readonly companies: readonly Company[];
  readonly choose: (code: string) => void;
  readonly signOut: () => void;
  readonly subject: string;
}

function AtWork({ connection, company, companies, choose, signOut, subject }: AtWorkProps) {
  const news = useNews(connection, company.code);
  const place = placeOf(usePath());
  const id = place.name === "customer" ? place.id : null;
  // A new place begins at its top, and its title is what a screen reader hears first.
  useEffect(() => {
    scrollTo(0, 0);
  }, [place.name, id]);
  return (
    <DeskContext value={{ connection, company, news }}>
      <Frame place={place} companies={companies} choose={choose} signOut={signOut} subject={subject}>
        {place.name === "today" && <Today />}
        {place.name === "customers" && <Customers />}
        {id !== null && <CustomerPlace key={id} id={id} />}
      </Frame>
    </DeskContext>
  );
}
