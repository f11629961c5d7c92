import { DeductionState } from "../../src/domain/deduction-case.ts";
import { deescalationBlocker, endsEscalation, Escalation, escalationBlocker } from "../../src/domain/escalation.ts";

const LEVELS = [null, "TEAM_LEAD", "SALES", "SENIOR_MANAGEMENT", "LEGAL"] as const;

test.each(LEVELS.flatMap((from, a) => LEVELS.map((to, b) => [from, to, a < b, a > b] as const)))("from %s to %s: up %s, down %s", (from, to, up, down) => {
  if (to !== null) expect(escalationBlocker("OPEN", from, to) === null).toBe(up);
  expect(deescalationBlocker(from, to) === null).toBe(down);
});

test("where nothing is left to do, nothing is escalated, and what was ends; a denied one may go to lawyers", () => {
  const ended = Object.values(DeductionState).filter(endsEscalation);
  expect(ended.sort()).toEqual(["AUTO_RESOLVED", "CONFIRMED", "SETTLED", "VOIDED"]);
  for (const state of Object.values(DeductionState)) expect(escalationBlocker(state, null, Escalation.LEGAL) !== null).toBe(ended.includes(state));
  expect(escalationBlocker("DENIED", "SALES", "LEGAL")).toBeNull();
});
