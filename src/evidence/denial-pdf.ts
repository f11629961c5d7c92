import PDFDocument from "pdfkit";
import { type DenialLetter, type DenialPaper, PAPER_WORDS } from "../domain/denial.ts";

type Page = InstanceType<typeof PDFDocument>;

const MARGIN = 62;
const INK = "#1d2733";
const FAINT = "#66727f";
const RULE = "#c9d1d9";
const BRAND = "#1f4e6b";

/** Sets a letter on A4 pages. The standard fonts know the letters of western Europe; another letter stands as a question mark. */
export function denialPdf(letter: DenialLetter, reference: string, writtenAt: Date): Promise<Buffer> {
  const page = new PDFDocument({ size: "A4", margins: { top: MARGIN, bottom: MARGIN + 14, left: MARGIN, right: MARGIN }, bufferPages: true, info: { Title: letter.subject, Author: letter.company, CreationDate: writtenAt, ModDate: writtenAt } });
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => page.on("data", (part: Buffer) => parts.push(part)).on("end", () => resolve(Buffer.concat(parts))).on("error", reject));
  head(page, letter);
  facts(page, letter);
  prose(page, [letter.greeting, ...letter.opening]);
  numbered(page, letter.arguments);
  page.moveDown(0.4);
  prose(page, letter.closing);
  sign(page, letter.signature);
  if (letter.figures.length > 0) figures(page, letter);
  if (letter.papers.length > 0) papers(page, letter.papers);
  footers(page, reference);
  page.end();
  return done;
}

const widthOf = (page: Page): number => page.page.width - 2 * MARGIN;
const bottomOf = (page: Page): number => page.page.height - page.page.margins.bottom;
const body = (page: Page): Page => page.font("Helvetica").fontSize(10).fillColor(INK);

/** Begins a new page where so much would not fit on this one. */
function need(page: Page, height: number): void {
  if (page.y + height > bottomOf(page)) page.addPage();
}

function rule(page: Page, color = RULE): void {
  page.moveTo(MARGIN, page.y).lineTo(MARGIN + widthOf(page), page.y).lineWidth(0.7).strokeColor(color).stroke();
}

function head(page: Page, { company, day, addressee, subject }: DenialLetter): void {
  page.font("Helvetica-Bold").fontSize(19).fillColor(BRAND).text(company, MARGIN, MARGIN);
  page.font("Helvetica").fontSize(9).fillColor(FAINT).text("Accounts Receivable");
  page.y += 10;
  rule(page, BRAND);
  page.y += 22;
  const top = page.y;
  body(page).text(day, MARGIN, top, { width: widthOf(page), align: "right" });
  body(page).text(addressee.join("\n"), MARGIN, top, { width: widthOf(page) * 0.65, lineGap: 2 });
  page.y += 24;
  page.font("Helvetica-Bold").fontSize(12.5).fillColor(INK).text(subject, MARGIN, page.y, { width: widthOf(page) });
  page.y += 10;
}

function facts(page: Page, { facts: pairs }: DenialLetter): void {
  const [columns, height] = [3, 32];
  const width = widthOf(page) / columns;
  const rows = Math.ceil(pairs.length / columns);
  const top = page.y;
  page.roundedRect(MARGIN, top, widthOf(page), rows * height + 8, 4).fillColor("#f3f6f8").fill();
  for (const [no, [name, value]] of pairs.entries()) {
    const [x, y] = [MARGIN + 12 + (no % columns) * width, top + 9 + Math.floor(no / columns) * height];
    page.font("Helvetica").fontSize(7.5).fillColor(FAINT).text(name, x, y, { width: width - 18, lineBreak: false });
    page.font("Helvetica-Bold").fontSize(9.5).fillColor(INK).text(value, x, y + 10, { width: width - 18, height: 12, ellipsis: true });
  }
  page.x = MARGIN;
  page.y = top + rows * height + 26;
}

function prose(page: Page, paragraphs: readonly string[]): void {
  for (const text of paragraphs) body(page).text(text, MARGIN, page.y, { width: widthOf(page), lineGap: 2.5 }).moveDown(0.7);
}

function numbered(page: Page, texts: readonly string[]): void {
  for (const [no, text] of texts.entries()) {
    need(page, body(page).heightOfString(text, { width: widthOf(page) - 24, lineGap: 2.5 }));
    const top = page.y;
    page.font("Helvetica-Bold").fontSize(10).fillColor(BRAND).text(`${no + 1}.`, MARGIN + 4, top, { lineBreak: false });
    body(page).text(text, MARGIN + 24, top, { width: widthOf(page) - 24, lineGap: 2.5 }).moveDown(0.45);
  }
  page.x = MARGIN;
}

function title(page: Page, text: string): void {
  need(page, 70);
  page.y += 12;
  page.font("Helvetica-Bold").fontSize(10.5).fillColor(BRAND).text(text, MARGIN, page.y);
  page.y += 4;
}

/** A table whose rows keep together. The first columns are texts; the rest are figures and stand to the right. */
function table(page: Page, rows: readonly (readonly string[])[], shares: readonly number[], textColumns: number, font: (column: number) => readonly [string, number]): void {
  const widths = shares.map((share) => share * widthOf(page));
  const align = (column: number) => (column < textColumns ? "left" : "right");
  for (const [no, row] of rows.entries()) {
    const fontOf = (column: number): Page => {
      const [name, size] = no === 0 ? (["Helvetica-Bold", 8] as const) : font(column);
      return page.font(name).fontSize(size).fillColor(no === 0 ? FAINT : INK);
    };
    const height = Math.max(...row.map((text, column) => fontOf(column).heightOfString(text, { width: widths[column]! - 8 }))) + 8;
    need(page, height);
    const top = page.y;
    let x = MARGIN;
    for (const [column, text] of row.entries()) {
      fontOf(column).text(text, x + 2, top + 4, { width: widths[column]! - 8, align: align(column) });
      x += widths[column]!;
    }
    page.y = top + height;
    rule(page);
  }
  page.x = MARGIN;
}

function figures(page: Page, { figures: rows, currency }: DenialLetter): void {
  title(page, `Figures, amounts in ${currency}`);
  table(page, rows, [0.22, 0.1, 0.11, 0.1, 0.11, 0.11, 0.12, 0.13], 2, () => ["Helvetica", 8.5]);
}

function papers(page: Page, its: readonly DenialPaper[]): void {
  title(page, "Documents");
  const rows = its.map(({ kind, reference, digest }) => [PAPER_WORDS[kind], reference ?? "-", digest ?? "by reference"]);
  table(page, [["Document", "Number", "SHA-256 checksum"], ...rows], [0.21, 0.24, 0.55], 3, (column) => (column === 2 ? ["Courier", 6.4] : ["Helvetica", 8.5]));
}

function sign(page: Page, [greeting, ...names]: readonly string[]): void {
  need(page, 70);
  body(page).text(greeting!, MARGIN, page.y + 4);
  page.y += 22;
  page.font("Helvetica-Bold").text(names.join("\n"), MARGIN, page.y, { lineGap: 2 });
  page.y += 10;
}

function footers(page: Page, reference: string): void {
  const { start, count } = page.bufferedPageRange();
  for (let no = start; no < start + count; no++) {
    page.switchToPage(no);
    const below = page.page.margins.bottom;
    // Text below the margin would else begin a page of its own.
    page.page.margins.bottom = 0;
    const y = page.page.height - MARGIN + 14;
    page.font("Helvetica").fontSize(7.5).fillColor(FAINT).text(`Reference ${reference}`, MARGIN, y, { width: widthOf(page), lineBreak: false });
    page.text(`Page ${no - start + 1} of ${count}`, MARGIN, y, { width: widthOf(page), align: "right", lineBreak: false });
    page.page.margins.bottom = below;
  }
}
