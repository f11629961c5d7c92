import { Agent, request } from "node:http";
import type { LoadJob, LoadResult } from "./load.ts";

/** Sends one body and answers with the bytes that came back. */
function send(agent: Agent, { url, token }: LoadJob, body: string): Promise<{ readonly status: number; readonly bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body), ...(token !== null && { authorization: `Bearer ${token}` }) };
    const asked = request(url, { agent, method: "POST", headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode!, bytes: Buffer.concat(chunks) }));
      response.on("error", reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** What is wrong with an answer, or null. */
function faultOf(job: LoadJob, status: number, bytes: Buffer, first: Buffer): string | null {
  const right = status === 200 && (job.same ? bytes.equals(first) : bytes.includes('"userErrors":[]')) && !bytes.includes('"errors":[');
  return right ? null : `${status} ${bytes.toString().slice(0, 500)}`;
}

async function run(job: LoadJob): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: job.bodies.length });
  const waits: number[] = [];
  let first: Buffer | null = null;
  let fault: string | null = null;
  const start = performance.now();
  const end = job.milliseconds === null ? null : start + job.milliseconds;
  const connection = async (bodies: readonly string[]): Promise<void> => {
    for (let at = 0; end === null ? at < bodies.length : performance.now() < end; at++) {
      const sent = performance.now();
      const { status, bytes } = await send(agent, job, bodies[at % bodies.length]!);
      waits.push(performance.now() - sent);
      fault ??= faultOf(job, status, bytes, (first ??= bytes));
    }
  };
  await Promise.all(job.bodies.map(connection));
  const seconds = (performance.now() - start) / 1000;
  agent.destroy();
  waits.sort((a, b) => a - b);
  const at = (share: number): number => waits[Math.floor((waits.length - 1) * share)] ?? 0;
  return { requests: waits.length, seconds, p50: at(0.5), p99: at(0.99), first: first === null ? "" : (first as Buffer).toString(), fault };
}

process.on("message", (job: LoadJob) => {
  run(job).then(
    (result) => process.send!(result),
    (error: unknown) => process.send!({ requests: 0, seconds: 1, p50: 0, p99: 0, first: "", fault: String(error) } satisfies LoadResult),
  );
});
