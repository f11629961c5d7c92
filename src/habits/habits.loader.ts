import { type AskedLoader, byKey } from "../graphql/loader.ts";
import { type AnsweredHabits, type HabitQuestion, readHabits, settleWindow } from "./habit-question.ts";

/** Payment habits of customers. All customers of a request that are asked the same share one moment of knowledge and one statement. */
export const habitsOfCustomer: AskedLoader<HabitQuestion, AnsweredHabits> = async (keys, question, db) => {
  const wanted = keys.map(({ companyId, id }) => ({ companyId, customerId: id, currency: question.currency }));
  const habits = await readHabits(db, wanted, question, await settleWindow(db, question));
  return byKey(habits, ({ companyId, customerId }) => ({ companyId, id: customerId }));
};
