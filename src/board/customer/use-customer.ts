import { useQuery } from "@apollo/client/react";
import { CustomerPageDocument, type CustomerPageQuery } from "../gql/documents.ts";

/** Everything the board shows of a customer. */
export type CustomerDetail = Extract<NonNullable<CustomerPageQuery["node"]>, { accountNumber: string }>;

/** Reads a customer; `customer` is null when there is none, and undefined while it is being read. */
export function useCustomer(id: string): { readonly customer: CustomerDetail | null | undefined; readonly error: unknown; readonly retry: () => void } {
  const { data, error, refetch } = useQuery(CustomerPageDocument, { variables: { id } });
  const customer = data ? (data.node && "accountNumber" in data.node ? (data.node as CustomerDetail) : null) : undefined;
  return { customer, error, retry: () => void refetch() };
}
