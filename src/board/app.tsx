import { ApolloProvider } from "@apollo/client/react";
import { useEffect, useState } from "react";
import { type Connection, connect } from "./connection.ts";
import { Desk } from "./desk.tsx";
import { keepToken, tokenOfTab } from "./session.ts";
import { SignIn } from "./sign-in.tsx";

/** The board: somebody signs in, and works. */
export function App() {
  const [token, setToken] = useState(tokenOfTab);
  const [notice, setNotice] = useState<string | null>(null);
  const signIn = (given: string): void => {
    keepToken(given);
    setNotice(null);
    setToken(given);
  };
  const signOut = (reason: string | null): void => {
    keepToken(null);
    setNotice(reason);
    setToken(null);
  };
  // A link with a token may be opened in a tab that already shows the board.
  useEffect(() => {
    const given = (): void => {
      const fresh = tokenOfTab();
      if (fresh) signIn(fresh);
    };
    addEventListener("hashchange", given);
    return () => removeEventListener("hashchange", given);
  }, []);
  if (token === null) return <SignIn notice={notice} signIn={signIn} />;
  return <SignedIn key={token} token={token} signOut={signOut} />;
}

function SignedIn({ token, signOut }: { readonly token: string; readonly signOut: (reason: string | null) => void }) {
  const [connection, setConnection] = useState<Connection | null>(null);
  useEffect(() => {
    const opened = connect(token, () => signOut("The server does not take this token, or not any more. Ask for a new one."));
    setConnection(opened);
    return () => opened.close();
  }, [token]);
  if (!connection) return null;
  return (
    <ApolloProvider client={connection.apollo}>
      <Desk connection={connection} signOut={() => signOut(null)} />
    </ApolloProvider>
  );
}
