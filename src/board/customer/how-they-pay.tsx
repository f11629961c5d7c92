import { useRef } from "react";
import { type BusinessDate, daysBetween } from "../../domain/dates.ts";
import { daysLate, many, monthText, nodesOf } from "../format.ts";
import { useWidth } from "../frame/hooks.ts";
import { type Habit, habitOf } from "./habits.ts";
import type { CustomerDetail } from "./use-customer.ts";

const lateText = (days: number): string => (days === 0 ? "on the day" : days > 0 ? `${many(days, "day")} late` : `${many(-days, "day")} early`);

/** When they pay, against when they should: the figures in words, and one dot for each invoice paid. */
export function HowTheyPay({ customer }: { readonly customer: CustomerDetail }) {
  const habit = habitOf(customer.payments);
  const asOf = customer.openByAge[0]?.asOf ?? new Date().toISOString().slice(0, 10);
  const open = nodesOf(customer.openItems).flatMap(({ kind, dueOn }) => (kind === "INVOICE" && dueOn ? [daysLate(dueOn, asOf)] : []));
  return (
    <div className="sec">
      <div className="head"><h2>How they pay</h2><span className="mute">{habit.dots.length > 0 && `${many(habit.dots.length, "invoice")} paid`}</span></div>
      {habit.median === null || habit.middle === null || habit.onTime === null ? (
        <p className="pad s mute">No invoice of theirs has been paid yet, so nothing can be said.</p>
      ) : (
        <div className="pad">
          <dl className="facts">
            <div><dt>Median</dt><dd>{lateText(habit.median)}</dd></div>
            <div><dt>Middle half</dt><dd>{habit.middle[0]} to {many(habit.middle[1], "day")}</dd></div>
            <div><dt>On time</dt><dd>{Math.round(habit.onTime * 100)} %</dd></div>
          </dl>
          <StripChart habit={habit} open={open} asOf={asOf} median={habit.median} middle={habit.middle} />
          <p className="s mute legend"><span>● paid, area is amount</span><span>○ still open today</span><span>- - median</span></p>
        </div>
      )}
    </div>
  );
}

interface ChartProps {
  readonly habit: Habit;
  readonly open: readonly number[];
  readonly asOf: BusinessDate;
  readonly median: number;
  readonly middle: readonly [number, number];
}

const HEIGHT = 180;
const LEFT = 34;
const BOTTOM = 20;
const BEYOND = 90;

function StripChart({ habit, open, asOf, median, middle }: ChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder);
  const first = habit.dots.reduce((least, { on }) => (on < least ? on : least), asOf);
  const span = Math.max(30, daysBetween(first, asOf));
  const all = [...habit.dots.map(({ late }) => late), ...open];
  const [low, high] = [Math.max(-BEYOND, Math.min(0, ...all)) - 3, Math.min(BEYOND, Math.max(15, ...all)) + 3];
  const x = (on: BusinessDate): number => LEFT + 10 + (1 - daysBetween(on, asOf) / span) * (width - LEFT - 24);
  const y = (days: number): number => 8 + ((high - Math.min(BEYOND, Math.max(-BEYOND, days))) / (high - low)) * (HEIGHT - BOTTOM - 8);
  const largest = Math.max(1, ...habit.dots.map(({ size }) => size));
  const step = high - low > 100 ? 30 : 15;
  const ticks = Array.from({ length: 13 }, (_, i) => (i - 6) * step).filter((days) => days > low && days < high);
  const label = `Days from due date to payment: median ${lateText(median)}, the middle half from ${middle[0]} to ${middle[1]}, ${habit.dots.length} paid and ${open.length} still open.`;
  return (
    <div ref={holder} className="strip" role="img" aria-label={label}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <rect className="middle" x={LEFT} y={y(middle[1]) - 1} width={width - LEFT} height={Math.max(2, y(middle[0]) - y(middle[1]) + 2)} />
          {ticks.map((days) => (
            <g key={days}><line className={days === 0 ? "due" : "grid"} x1={LEFT} x2={width} y1={y(days)} y2={y(days)} /><text x={LEFT - 6} y={y(days) + 4} textAnchor="end">{days === 0 ? "due" : days > 0 ? `+${days}` : `−${-days}`}</text></g>
          ))}
          <line className="median" x1={LEFT} x2={width} y1={y(median)} y2={y(median)} />
          {habit.dots.map((dot, index) => <circle key={index} className={dot.late > 0 ? "paid late" : "paid in"} cx={x(dot.on)} cy={y(dot.late)} r={2.5 + 4 * Math.sqrt(dot.size / largest)} />)}
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
