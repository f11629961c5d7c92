import { clockOf, type ClockStep, wholeDays } from "../../src/domain/case-clock.ts";
import type { DeductionState } from "../../src/domain/deduction-case.ts";

const DAY = 86_400_000;
/** Steps as "day: state". */
const steps = (...written: readonly (readonly [number, DeductionState])[]): ClockStep[] => written.map(([day, to]) => ({ to, at: day * DAY }));

test.each([
  ["nobody took it up", [], false, 10, 10, 10],
  ["worked on all the time", [[2, "OPEN"], [4, "RESEARCH"]], false, 10, 10, 10],
  ["the customer has the ball from day 3 to day 7", [[1, "OPEN"], [3, "AWAITING_CUSTOMER"], [7, "RESEARCH"]], false, 10, 10, 6],
  ["the customer has it still", [[1, "OPEN"], [3, "AWAITING_CUSTOMER"]], false, 10, 10, 3],
  ["waiting for our own people is our time", [[1, "OPEN"], [3, "AWAITING_INTERNAL"]], false, 10, 10, 10],
  ["settled on day 6", [[1, "OPEN"], [3, "AWAITING_CUSTOMER"], [4, "DECIDED"], [6, "SETTLED"]], false, 10, 6, 5],
  ["settled, reopened on day 8", [[1, "OPEN"], [6, "SETTLED"], [8, "OPEN"]], false, 10, 8, 8],
  ["denied on day 2, disputed again on day 9", [[1, "OPEN"], [2, "DENIED"], [9, "DISPUTED_AGAIN"]], false, 10, 3, 3],
  ["approval is our time", [[1, "DECIDED"], [2, "PENDING_APPROVAL"], [5, "SETTLEMENT_PENDING"], [9, "SETTLED"], [9.5, "CONFIRMED"]], false, 10, 9, 9],
  ["split on day 4, where it stood", [[1, "OPEN"], [4, "OPEN"]], true, 10, 4, 4],
  ["a day that is not over does not count", [[0.6, "AWAITING_CUSTOMER"], [1.9, "RESEARCH"]], false, 2.2, 2, 0],
] as const)("%s", (_name, written, closed, now, open, withUs) => {
  const clock = clockOf({ begunAt: 0, steps: steps(...written), closed }, now * DAY);
  expect([wholeDays(clock.open), wholeDays(clock.withUs)]).toEqual([open, withUs]);
});
