import { type FormEvent, useState } from "react";
import { Mark } from "./frame/marks.tsx";

const SHAPE = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Where a token is pasted. It stays in this tab and is forgotten with it. */
export function SignIn({ notice, signIn }: { readonly notice: string | null; readonly signIn: (token: string) => void }) {
  const [fault, setFault] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("token") ?? "");
    const token = text.trim().replace(/^(export )?TOKEN=/, "").replace(/^Bearer /i, "");
    if (SHAPE.test(token)) signIn(token);
    else setFault("That is not a token. It has three parts with dots between them; the text that the server prints at its start shows one.");
  };
  const told = fault ?? notice;
  return (
    <main className="sign-in">
      <Mark />
      <h1>Sign in to Openitem</h1>
      <form onSubmit={submit}>
        <label htmlFor="token">Token</label>
        <input id="token" name="token" type="password" autoComplete="off" spellCheck={false} autoFocus aria-describedby="token-help" aria-invalid={fault !== null} />
        <p id="token-help" className="s mute">
          The start-up text of a demo prints one; on books of your own, your administrator gives you one. It is kept in this tab only.
        </p>
        {told && (
          <p role="alert" className="stop">
            {told}
          </p>
        )}
        <button className="btn go" type="submit">
          Sign in
        </button>
      </form>
    </main>
  );
}
