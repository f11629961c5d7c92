/** The direction of money that a BAI2 detail code means, or NONE for 890, which carries text and no money; null when the code may not be a detail. */
export function bai2Direction(typeCode: string): "CREDIT" | "DEBIT" | "NONE" | null {
  const code = Number(typeCode);
  if (code === 890) return "NONE";
  if ((code >= 100 && code <= 399) || (code >= 920 && code <= 959)) return "CREDIT";
  if ((code >= 400 && code <= 699) || (code >= 960 && code <= 999)) return "DEBIT";
  return null;
}

/** Whether a balance or summary may be below zero: balances, banks' own codes, and the two summaries that are a net of credits and debits. */
export function mayBeNegative(typeCode: string): boolean {
  const code = Number(typeCode);
  return code < 100 || code >= 700 || code === 271 || code === 361;
}

/**
 * The credits that are not money from a customer, and why. Every other credit from 100 to 399 is taken for a receipt, among them 108 any credit,
 * 115 lockbox, 142 and 165 ACH, 175 checks, 195 wire, 191 and 206 transfers inside the bank (a customer may bank there too).
 * A wrong receipt waits as unidentified cash for a clerk; a wrong skip is listed with its reason. Neither loses money in silence.
 */
const NOT_FROM_CUSTOMERS: readonly { readonly codes: string; readonly because: string }[] = [
  {
    codes:
      "100 101 102 105 106 107 109 110 120 130 131 140 146 150 160 162 163 167 170 178 180 182 185 186 188 190 200 205 207 210 215 230 231 239 245 250 251 " +
      "256 260 270 271 280 285 294 302 303 304 305 307 309 310 315 316 318 319 320 321 324 325 326 327 328 329 330 332 336 338 340 341 343 350 352 355 356 " +
      "360 361 370 385 389 390",
    because: "is a total of other lines, and posting it would count their money twice",
  },
  { codes: "116 136 143 156", because: "is one item of a deposit that the bank reports as a whole under another code, and posting both would count it twice" },
  { codes: "135 145 201 274 275 276 277 278 281 286 347", because: "moves our own money between our accounts (sweep, zero balance, concentration or funding)" },
  { codes: "171 263 364", because: "is money lent to us" },
  { codes: "242 244 346 354 359", because: "is interest paid to us" },
  {
    codes: "202 214 226 232 233 234 235 236 238 240 241 243 246 247 248 249 306 308 342 345 348 349 351 376 377 378",
    because: "comes from securities, investments, foreign exchange or the Treasury",
  },
  { codes: "123 168 252 255 257 258 261 266 268 395", because: "is a payment of our own that was returned, rejected or reversed" },
  {
    codes: "118 172 189 196 224 254 344 357 358 363 368 372 374 381 383 386 388 397 398",
    because: "is a correction, commission or refund by the bank",
  },
];

const BECAUSE: ReadonlyMap<string, string> = new Map(NOT_FROM_CUSTOMERS.flatMap(({ codes, because }) => codes.split(" ").map((code) => [code, because])));

/** Debits by which money from customers goes back: the payment it belonged to has to be reversed by a clerk. */
const RETURNED = new Set(["555", "557"]);

/** Why a detail code is not money from a customer, as a sentence; null when it is. */
export function bai2SkipReason(typeCode: string): string | null {
  if (bai2Direction(typeCode) === "DEBIT") {
    return RETURNED.has(typeCode)
      ? `Code ${typeCode} takes back a deposited item: reverse the payment it belonged to.`
      : `Code ${typeCode} is money out of the account.`;
  }
  if (Number(typeCode) >= 900) return `Code ${typeCode} is the bank's own, and its meaning is not known here.`;
  const because = BECAUSE.get(typeCode);
  return because === undefined ? null : `Code ${typeCode} ${because}.`;
}
