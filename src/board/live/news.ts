import type { TypedDocumentNode } from "@apollo/client";
import { useEffect, useState } from "react";
import type { Connection } from "../connection.ts";
import {
  DeductionOpenedDocument, type FeedDeductionFragment, type FeedPaymentFragment, ImportFinishedDocument, InvoiceChangedDocument, PaymentAppliedDocument, PaymentReceivedDocument,
} from "../gql/documents.ts";

/** Money that came in, or that was taken off. */
export type Happening =
  | { readonly kind: "payment"; readonly key: string; readonly at: string; readonly payment: FeedPaymentFragment }
  | { readonly kind: "deduction"; readonly key: string; readonly at: string; readonly deduction: FeedDeductionFragment };

export const paymentHappened = (payment: FeedPaymentFragment): Happening => ({ kind: "payment", key: payment.id, at: payment.recordedAt, payment });
export const deductionHappened = (deduction: FeedDeductionFragment): Happening => ({ kind: "deduction", key: deduction.id, at: deduction.recordedAt, deduction });

/** Happenings of several lists as one, latest first, each once; where two tell of the same, the first list is believed. */
export function merged(...lists: readonly (readonly Happening[])[]): Happening[] {
  const byKey = new Map<string, Happening>();
  for (const one of lists.flat()) if (!byKey.has(one.key)) byKey.set(one.key, one);
  return [...byKey.values()].sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
}

const KEPT = 200;

/**
 * Subscribes to everything that changes a company's figures. Money and deductions are kept as news; whatever it is, the
 * figures on screen are read again, so that totals, counts and lists always change together.
 */
export function useNews(connection: Connection, company: string): readonly Happening[] {
  const [news, setNews] = useState<readonly Happening[]>([]);
  useEffect(() => {
    const { apollo, refresh } = connection;
    const tell = (happening: Happening): void => setNews((known) => merged([happening], known).slice(0, KEPT));
    const on = <Result>(query: TypedDocumentNode<Result, { company?: string | null }>, hear: (data: Result) => boolean) =>
      apollo.subscribe({ query, variables: { company }, fetchPolicy: "no-cache" }).subscribe({
        next: ({ data }) => {
          if (data && hear(data)) refresh();
        },
        // The link comes back by itself; what ends here is a refusal, which the next read tells in words.
        error: refresh,
      });
    const subscriptions = [
      on(PaymentReceivedDocument, ({ paymentReceived: { payment } }) => (payment && tell(paymentHappened(payment)), payment !== null)),
      on(DeductionOpenedDocument, ({ deductionOpened: { deduction } }) => (deduction && tell(deductionHappened(deduction)), deduction !== null)),
      on(PaymentAppliedDocument, ({ paymentApplied }) => paymentApplied.application !== null),
      on(InvoiceChangedDocument, ({ invoiceChanged }) => invoiceChanged.invoice !== null),
      on(ImportFinishedDocument, ({ importFinished }) => importFinished.import !== null),
    ];
    return () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }, [connection, company]);
  return news;
}
