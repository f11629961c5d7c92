import { useRef } from "react";
import { type BusinessDate, daysBetween } from "../../domain/dates.ts";
import { daysLate, dayText, many, monthText, nodesOf } from "../format.ts";
import { useWidth } from "../frame/hooks.ts";
import { dotsOf, figureText, GAPS, type PaidDot } from "./habits.ts";
import type { CustomerDetail } from "./use-customer.ts";

type Habits = CustomerDetail["habits"];

/** How they pay: the figures of the graph over its window, how late they were, and one dot for each of the latest payments. */
export function HowTheyPay({ customer }: { readonly customer: CustomerDetail }) {
  const { habits } = customer;
  const dots = dotsOf(customer.payments).filter(({ on }) => on >= habits.windowFrom);
  const open = nodesOf(customer.openItems).flatMap(({ kind, dueOn }) => (kind === "INVOICE" && dueOn ? [daysLate(dueOn, habits.asOf)] : [])).filter((late) => late >= -SOON);
  return (
    <div className="sec">
      <div className="head"><h2>How they pay</h2><span className="mute">since {dayText(habits.windowFrom)}</span></div>
      {habits.paidCount > 0 && (
        <div className="pad">
          <dl className="facts">
            <Fact name="Median" figure={habits.medianDaysBeyondTerms} text={figureText.against} />
            <Fact name="When late" figure={habits.averageDaysLateWhenLate} text={figureText.days} />
            <Fact name="On time" figure={habits.onTimeRate} text={figureText.percent} />
            <Fact name="Days to pay" figure={habits.averageDaysToPay} text={figureText.days} />
            <Fact name="Discounts" figure={habits.discountTakenRate} text={figureText.percent} />
            <Fact name="Deducted" figure={habits.deductionRate} text={figureText.percent} />
          </dl>
          <Lateness habits={habits} />
        </div>
      )}
      {dots.length === 0 ? habits.paidCount === 0 && <p className="pad s mute">No invoice of theirs was paid in the last twelve months, so nothing can be said.</p> : (
        <div className="pad">
          <StripChart dots={dots} open={open} asOf={habits.asOf} median={habits.medianDaysBeyondTerms.value === null ? null : Number(habits.medianDaysBeyondTerms.value)} />
          <p className="s mute legend"><span>● paid, area is amount</span><span>○ still open today</span>{habits.medianDaysBeyondTerms.value !== null && <span>- - median</span>}</p>
        </div>
      )}
    </div>
  );
}

interface FactProps {
  readonly name: string;
  readonly figure: Habits["onTimeRate"];
  readonly text: (figure: Habits["onTimeRate"]) => string | null;
}

const Fact = ({ name, figure, text }: FactProps) => (
  <div><dt>{name}</dt><dd className={figure.value === null ? "mute" : ""}>{text(figure) ?? GAPS[figure.reason!]}</dd></div>
);

/** How many were paid in each range of days late. The bars only repeat the counts. */
function Lateness({ habits: { lateness, paidCount, currency } }: { readonly habits: Habits }) {
  const most = Math.max(1, ...lateness.map(({ count }) => count));
  return (
    <table className="lateness">
      <caption className="s">{many(paidCount, "invoice")} paid in {currency}, by days late</caption>
      <tbody>
        {lateness.map(({ label, fromDays, count }, age) => (
          <tr key={label}>
            <th scope="row">{fromDays === null ? "On time" : label.replace("-", "–").replace("over", "Over")}</th>
            <td className="m">{count === 0 ? "–" : count.toLocaleString()}</td>
            <td aria-hidden="true"><i className={`age-${Math.min(4, age)}`} style={{ width: `${(count / most) * 100}%` }} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ChartProps {
  readonly dots: readonly PaidDot[];
  readonly open: readonly number[];
  readonly asOf: BusinessDate;
  /** Null when too few were paid for one. */
  readonly median: number | null;
}

const HEIGHT = 180;
const LEFT = 34;
const BOTTOM = 20;
const BEYOND = 90;
/** Open items that are due in so many days are shown as well. */
const SOON = 30;

function StripChart({ dots, open, asOf, median }: ChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder);
  const first = dots.reduce((least, { on }) => (on < least ? on : least), asOf);
  const span = Math.max(30, daysBetween(first, asOf));
  const all = [...dots.map(({ late }) => late), ...open];
  const [low, high] = [Math.max(-BEYOND, Math.min(0, ...all)) - 3, Math.min(BEYOND, Math.max(15, ...all)) + 3];
  const x = (on: BusinessDate): number => LEFT + 10 + (1 - daysBetween(on, asOf) / span) * (width - LEFT - 24);
  const y = (days: number): number => 8 + ((high - Math.min(BEYOND, Math.max(-BEYOND, days))) / (high - low)) * (HEIGHT - BOTTOM - 8);
  const largest = Math.max(1, ...dots.map(({ size }) => size));
  const step = high - low > 100 ? 30 : 15;
  const ticks = Array.from({ length: 13 }, (_, i) => (i - 6) * step).filter((days) => days > low && days < high);
  const label = `Days from due date to payment: ${many(dots.length, "payment")} from ${Math.min(...dots.map(({ late }) => late))} to ${Math.max(...dots.map(({ late }) => late))} days late, and ${open.length} still open.`;
  return (
    <div ref={holder} className="strip" role="img" aria-label={label}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {ticks.map((days) => (
            <g key={days}><line className={days === 0 ? "due" : "grid"} x1={LEFT} x2={width} y1={y(days)} y2={y(days)} /><text x={LEFT - 6} y={y(days) + 4} textAnchor="end">{days === 0 ? "due" : days > 0 ? `+${days}` : `−${-days}`}</text></g>
          ))}
          {median !== null && <line className="median" x1={LEFT} x2={width} y1={y(median)} y2={y(median)} />}
          {dots.map((dot, index) => <circle key={index} className={dot.late > 0 ? "paid late" : "paid in"} cx={x(dot.on)} cy={y(dot.late)} r={2.5 + 4 * Math.sqrt(dot.size / largest)} />)}
          {open.map((days, index) => (days > BEYOND ? <path key={index} className="beyond" d={`M${x(asOf)} ${y(BEYOND) - 6}l5 8h-10z`} /> : <circle key={index} className="open" cx={x(asOf)} cy={y(days)} r={3.5} />))}
          {monthsBetween(first, asOf, width).map((month) => <text key={month} x={x(month)} y={HEIGHT - 4} textAnchor="middle">{monthText(month)}</text>)}
        </svg>
      )}
    </div>
  );
}

/** Firsts of months between two days, as many as there is room to name. */
function monthsBetween(from: BusinessDate, to: BusinessDate, width: number): BusinessDate[] {
  const months: BusinessDate[] = [];
  const at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`);
  for (at.setUTCMonth(at.getUTCMonth() + 1); at.toISOString().slice(0, 10) <= to; at.setUTCMonth(at.getUTCMonth() + 1)) months.push(at.toISOString().slice(0, 10));
  const every = Math.ceil(months.length / Math.max(1, Math.floor((width - LEFT) / 44)));
  return months.filter((_, index) => index % every === 0);
}
