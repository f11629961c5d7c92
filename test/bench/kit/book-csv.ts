/** Rows of a book for the map `highradius-book`, the same for the same numbers. */
const HEADER =
  "business_code,cust_number,cust_number_raw,name_customer,clear_date,doc_id,posting_date,document_create_date,due_in_date,invoice_currency,total_open_amount,baseline_create_date,cust_payment_terms,invoice_id,isOpen";

const TERMS = [["NAA8", 20], ["NAH4", 15], ["CA10", 10], ["NAC6", 45]] as const;
const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2024, 0, 2);
const DAYS = 500;
/** One row in so many is open. */
const OPEN_EVERY = 10;

const dayAt = (offset: number): string => new Date(FIRST_DAY + offset * DAY).toISOString().slice(0, 10);

/** A sequence of numbers from 0 up to 1 that looks random and is the same for the same start. */
function numbers(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A CSV of so many rows: some thousand and a half customers of very different size, as in the book it is modelled on, and
 * nine rows in ten paid.
 */
export function bookCsv(rows: number): string {
  const next = numbers(rows);
  const lines = [HEADER];
  for (let row = 1; row <= rows; row++) {
    const customer = 1 + Math.floor(next() ** 3 * 1_500);
    const account = 200_000_000 + customer * 37;
    const [terms, netDays] = TERMS[customer % TERMS.length]!;
    const day = Math.floor(next() * DAYS);
    const open = row % OPEN_EVERY === 0;
    const paid = day + netDays + Math.floor(next() * 20) - 8;
    const amount = (10 + next() ** 4 * 200_000).toFixed(2);
    const currency = customer % 12 === 0 ? "CAD" : "USD";
    const number = 1_930_000_000 + row;
    lines.push([
      currency === "CAD" ? "CA02" : "U001", account, account, `Name ${customer} ${row % 7 === 0 ? "corporation" : "corp"}`, open ? "" : dayAt(Math.max(day, paid)),
      number, dayAt(day), dayAt(day), dayAt(day + netDays), currency, amount, dayAt(day), terms, number, open ? 1 : 0,
    ].join(","));
  }
  return `${lines.join("\n")}\n`;
}
