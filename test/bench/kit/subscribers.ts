import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Sockets to open on a server, and where events are caused. */
export interface SubscribersJob {
  /** Address of the WebSocket. */
  readonly url: string;
  readonly token: string | null;
  readonly count: number;
  /** The subscription; null for a bare socket, which only listens. */
  readonly subscription: string | null;
  /** Where a request causes an event. */
  readonly trigger: string;
}

/** How one event reached every socket. */
export interface Heard {
  /** From the request that causes the event to the last socket. */
  readonly milliseconds: number;
  /** From the first socket to the last. */
  readonly sweep: number;
  /** What each socket heard: the same for all, which is checked. */
  readonly text: string;
}

/** Subscribers in a process of their own. */
export interface Subscribers {
  /** Sends a request that causes an event, and waits until all have heard. */
  readonly cause: (body: string) => Promise<Heard>;
  readonly close: () => void;
}

/** Opens all sockets and waits until each stands. */
export async function subscribeAll(job: SubscribersJob): Promise<Subscribers> {
  const child = fork(join(import.meta.dirname, "subscribers-process.ts"), { execArgv: ["--import", "tsx"] });
  const tell = async (message: object): Promise<Heard | null> => {
    child.send(message);
    const [{ heard, fault }] = (await once(child, "message")) as [{ heard: Heard | null; fault?: string }];
    if (fault !== undefined) throw new Error(fault);
    return heard;
  };
  await tell(job);
  return { cause: async (body) => (await tell({ body }))!, close: () => void child.kill() };
}
