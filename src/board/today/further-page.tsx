import { useQuery } from "@apollo/client/react";
import { useEffect } from "react";
import { nodesOf } from "../format.ts";
import { WorklistPageDocument } from "../gql/documents.ts";
import { keyOf, type Row } from "./held-order.ts";

/** What a page behind the first one brought. */
export interface FurtherRows {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
}

interface FurtherPageProps {
  readonly company: string;
  readonly size: number;
  /** Where the page before ends. */
  readonly after: string;
  /** Its place among the pages behind the first. */
  readonly no: number;
  /** How many pages are wanted, this one counted. */
  readonly left: number;
  readonly tell: (no: number, page: FurtherRows) => void;
}

/**
 * A page of the worklist behind the first. It shows nothing itself and tells the list its rows, again whenever they are read
 * again, so that every page stays as live as the first. The page after it begins where it ends.
 */
export function FurtherPage({ company, size, after, no, left, tell }: FurtherPageProps) {
  const { data, previousData } = useQuery(WorklistPageDocument, { variables: { company, first: size, after } });
  const page = (data ?? previousData)?.pastDueCustomers;
  useEffect(() => {
    if (page) tell(no, { rows: nodesOf(page), hasNextPage: page.pageInfo.hasNextPage });
  }, [page, no, tell]);
  return left > 1 && page?.pageInfo.endCursor ? <FurtherPage company={company} size={size} after={page.pageInfo.endCursor} no={no + 1} left={left - 1} tell={tell} /> : null;
}

/** Rows without those that a list moving between two reads put on two pages. */
export function eachOnce(rows: readonly Row[]): readonly Row[] {
  const known = new Set<string>();
  return rows.filter((row) => !known.has(keyOf(row)) && known.add(keyOf(row)));
}
