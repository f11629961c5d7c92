import { v7 } from "uuid";

/** A new row id: a UUID whose order is the order of making, so that indexes grow at one end. */
export const newId = (): string => v7();
